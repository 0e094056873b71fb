"""From offsets in the text of a scalar to places in the file."""

import json

import pytest

from planlint.readers.json import read_json
from planlint.readers.prose import Prose
from planlint.readers.toml import read_toml
from planlint.readers.tree import Mapping, Scalar
from planlint.readers.yaml import read_yaml
from planlint.source import Source


def prose(text: str) -> Prose:
    root = read_yaml(Source("plan.yaml", text)).root
    assert isinstance(root, Mapping)
    scalar = next(iter(root.values.values()))
    assert isinstance(scalar, Scalar)
    return Prose.of_scalar(scalar)


def assert_words_stand_where_written(text: Prose, *words: str) -> None:
    for word in words:
        at = text.text.index(word)
        assert text.origin(at, at + len(word)).text == word


@pytest.mark.parametrize(
    "written",
    [
        "k: alpha beta gamma\n",
        "k: alpha\n  beta\n\n  gamma\n",
        "k: 'alpha it''s beta\n\n   gamma'\n",
        'k: "alpha \\t beta\\u263a \\\n   gamma"\n',
        'k: "alpha\\\n  beta\n  gamma"\n',
        "k: |\n  alpha\n    beta\n\n  gamma\n",
        "k: |2-\n    alpha\n   beta\n  gamma\n",
        "k: >\n\n  alpha\n  beta\n\n\n    gamma\n  x\n",
        "k: >-  # why\n  alpha beta\n  gamma\n\n# end\n",
        "k: |+\n  alpha\n  beta\n  gamma\n\n\n",
        "k: &a !!str |\n  alpha\n  beta gamma\n",
        "k: |\r\n  alpha\r\n  beta\r\n  gamma\r\n",
    ],
)
def test_words_of_every_yaml_style_stand_where_they_were_written(written: str) -> None:
    text = prose(written)
    assert_words_stand_where_written(text, "alpha", "beta", "gamma")


def test_each_occurrence_of_a_repeated_word_has_its_own_place() -> None:
    written = "k: >\n  run it\n  and run it\n  run it\n"
    text = prose(written)
    places = [text.offset(at) for at in range(len(text.text)) if text.text.startswith("run", at)]
    assert places == [at for at in range(len(written)) if written.startswith("run", at)]


def test_the_text_is_the_value_of_the_scalar() -> None:
    assert prose("k: >-\n  a\n  b\n\n  c\n").text == "a b\nc"
    assert prose('k: "a\\\n   b\\n c"\n').text == "ab\n c"


def test_json_escapes_are_passed_over() -> None:
    written = json.dumps(['a\n"b" \u263a \U0001f600 alpha\\beta'])
    root = read_json(Source("p", written)).root
    scalar = root.items[0]
    assert isinstance(scalar, Scalar)
    text = Prose.of_scalar(scalar)
    assert text.text == scalar.value
    assert_words_stand_where_written(text, "alpha", "beta", "b")


def test_toml_multi_line_strings_have_places() -> None:
    root = read_toml(Source("a.toml", 'k = """\nalpha\nbeta `x.py`"""\n')).root
    assert isinstance(root, Mapping)
    scalar = root.values["k"]
    assert isinstance(scalar, Scalar)
    text = Prose.of_scalar(scalar)
    assert [text.text[mark.start : mark.end] for mark in text.codes()] == ["x.py"]
    assert_words_stand_where_written(text, "alpha", "beta", "x.py")


@pytest.mark.parametrize(
    ("written", "text", "codes"),
    [
        ("create `src/a.py` now", "create src/a.py now", ["src/a.py"]),
        ("`a` and ``b ` c``", "a and b ` c", ["a", "b ` c"]),
        ("`` `x` ``", "`x`", ["`x`"]),
        ("one ` tick", "one ` tick", []),
        ("` a`", " a", [" a"]),
        ("odd `a` and `b", "odd a and `b", ["a"]),
        ("para `a\n\nb` end", "para `a\n\nb` end", []),
        ("line `a\nb` end", "line a\nb end", ["a\nb"]),
        (
            "run:\n```sh\nmake\n\nmake test\n```\nthen `x`",
            "run:\nmake\n\nmake test\nthen x",
            ["make\n\nmake test", "x"],
        ),
        ("```\nnever closed", "```\nnever closed", []),
        ("**bold** src/*/a.py", "**bold** src/*/a.py", []),
        ("```\n```\nx", "\nx", []),
    ],
)
def test_backticks_become_code_marks(written: str, text: str, codes: list[str]) -> None:
    for source in (
        "k: " + json.dumps(written),
        "k: |-\n" + "".join(f"  {line}\n" for line in written.split("\n")),
    ):
        result = prose(source)
        assert result.text == text
        assert [result.text[mark.start : mark.end] for mark in result.codes()] == codes
        for mark in result.codes():
            if "\n" not in text[mark.start : mark.end]:
                assert result.origin(mark.start, mark.end).text == text[mark.start : mark.end]


def test_a_million_backticks_are_read() -> None:
    text = prose("k: |\n  " + "` `` " * 200_000 + "\n")
    assert len(text.codes()) > 0
