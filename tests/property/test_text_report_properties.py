"""Whatever a plan holds, the text report shows it in lines of bounded width and without moving the cursor."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.diagnostics import Diagnostic, Related, Severity
from planlint.engine.report import Report
from planlint.reporters.context import RenderContext
from planlint.reporters.terminal import width_of
from planlint.reporters.text import render
from planlint.source import Source

texts = st.text(st.one_of(st.characters(), st.sampled_from("\t\n\r\x1b\u202e中e\u0301 a")), max_size=400)


@st.composite
def findings(draw: st.DrawFn) -> Diagnostic:
    sources = [Source(draw(texts), draw(texts)) for _ in range(2)]

    def place() -> Related:
        source = draw(st.sampled_from(sources))
        start = draw(st.integers(0, len(source.text)))
        end = draw(st.integers(start, len(source.text)))
        return Related(source.origin(start, end), draw(texts))

    first = place()
    related = tuple(place() for _ in range(draw(st.integers(0, 8))))
    why, help = draw(st.none() | texts), draw(st.none() | texts)
    return Diagnostic("PL1", "x", Severity.ERROR, draw(texts), first.origin, why=why, help=help, related=related)


@settings(max_examples=150, deadline=None)
@given(findings(), st.integers(40, 120))
def test_any_finding_is_shown_without_raw_control_characters(finding: Diagnostic, width: int) -> None:
    shown = render(Report((finding,)), RenderContext(width=width))
    for character in shown.replace("\n", ""):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp"), repr(character)
        assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b"


@settings(max_examples=150, deadline=None)
@given(findings(), st.integers(40, 120))
def test_source_lines_never_exceed_the_width(finding: Diagnostic, width: int) -> None:
    for line in render(Report((finding,)), RenderContext(width=width)).split("\n"):
        number, bar, _ = line.partition(" | ")
        if bar and number.strip().isdigit():
            assert width_of(line) <= width, line
