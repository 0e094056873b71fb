"""The path algebra against brute force: a naive matcher, written independently, over small alphabets."""

from __future__ import annotations

import itertools
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from planlint.paths import IgnoreRules, PathIndex, Pattern, PatternError, covers, matches, normalise, overlap, same_file
from planlint.paths.spelling import is_tidy, spell

NAMES = ["a", "b", "aa", "ab", "ba", "a.py", "b.py"]
UNIVERSE = [path for depth in (1, 2, 3) for path in itertools.product(NAMES, repeat=depth)]
SEGMENT = st.one_of(
    st.sampled_from(["a", "b", "ab", "a.py", "**", "*", "**"]),
    st.lists(st.sampled_from(["a", "b", "*", "?", "[ab]", "[!a]", ".py", "{a,b}", "{,b}", "."]), min_size=1, max_size=4)
    .map("".join)
    .filter(lambda text: text not in (".", "..")),
)
PATTERN = st.builds(
    lambda segments, tail: "/".join(segments) + tail,
    st.lists(SEGMENT, min_size=1, max_size=4),
    st.sampled_from(["", "", "", "/", "/**"]),
).filter(
    # Brute force pays for every alternative, and does not know that `..` (which braces can spell) goes up.
    lambda text: text.count("{") <= 2 and not any(".." in one.split("/") for one in braces(text))
)
ANY_TEXT = st.text(st.sampled_from("ab/\\.*?[]{},!-~C: 1\u00e9e\u0301A(@$"), max_size=24) | st.text(max_size=24)


def braces(text):
    """Innermost groups first, by plain replacement."""
    close = text.find("}")
    if close < 0:
        return [text]
    start = text.rfind("{", 0, close)
    return [
        one for part in text[start + 1 : close].split(",") for one in braces(text[:start] + part + text[close + 1 :])
    ]


def name_fits(tokens, name):
    if not tokens:
        return not name
    if tokens[0] == "*":
        return any(name_fits(tokens[1:], name[cut:]) for cut in range(len(name) + 1))
    if tokens.startswith("[ab]"):
        return name[:1] in ("a", "b") and name_fits(tokens[4:], name[1:])
    if tokens.startswith("[!a]"):
        return name[:1] not in ("", "a") and name_fits(tokens[4:], name[1:])
    return bool(name) and tokens[0] in ("?", name[0]) and name_fits(tokens[1:], name[1:])


def segment_fits(segment, name):
    if segment == "[ab]":  # a whole segment in brackets is a route's name
        return name == segment
    return name_fits(segment, name)


def path_fits(segments, path):
    if not segments:
        return not path
    if segments[0] == "**":
        return any(path_fits(segments[1:], path[cut:]) for cut in range(len(path) + 1))
    return bool(path) and segment_fits(segments[0], path[0]) and path_fits(segments[1:], path[1:])


def is_wild(segment):
    return segment != "[ab]" and any(character in segment for character in "*?[")


def alternatives(text):
    """Per alternative: segments, whether it ends as a directory."""
    for one in braces(text):
        segments = [segment for segment in one.split("/") if segment not in ("", ".")]
        if segments:
            yield segments, one.endswith(("/", "/."))
        elif "." in one or text.endswith(("/", "/**")):
            yield ["**"], True


def literal_depth(segments):
    return next((n for n, segment in enumerate(segments) if is_wild(segment)), len(segments))


def alternative_fits(segments, directory, path, *, files_hold=True):
    if directory or segments[-1] == "**":
        return any(path_fits(segments, path[:cut]) for cut in range(len(path)))
    file_like = segments[-1].endswith(".py") and segments[-1] != ".py"
    if is_wild(segments[-1]) or (file_like and (any(map(is_wild, segments)) or not files_hold)):
        return path_fits(segments, path)
    return any(path_fits(segments, path[:cut]) for cut in range(1, len(path) + 1))


def naive_matches(text, path):
    return any(alternative_fits(*one, path) for one in alternatives(text))


def spelt_as_directory(segments, other, other_directory):
    depth = literal_depth(other)
    deeper = depth > len(segments) or (depth == len(segments) and (other_directory or len(other) > depth))
    return deeper and other[: len(segments)] == segments


def naive_overlap(a, b):
    for (one, one_directory), (two, two_directory) in itertools.product(alternatives(a), alternatives(b)):
        first = spelt_as_directory(one, two, two_directory)
        second = spelt_as_directory(two, one, one_directory)
        for path in UNIVERSE:
            if alternative_fits(one, one_directory, path, files_hold=first) and alternative_fits(
                two, two_directory, path, files_hold=second
            ):
                return "/".join(path)
    return None


@settings(max_examples=400, deadline=None)
@given(PATTERN, PATTERN)
@example("a.py", "**/b.py")
@example("a.py", "a.py/*")
@example("a.py", "a.py/*a")
@example("*/**/a", "**/a/b")
@example(".*", ".?")
def test_overlap_is_none_exactly_when_no_path_is_in_both(a, b):
    witness = overlap(a, b)
    if witness is None:
        assert naive_overlap(a, b) is None
    else:
        names = tuple(witness.split("/"))
        assert naive_matches(a, names)
        assert naive_matches(b, names)
        assert matches(a, witness)
        assert matches(b, witness)
        assert not {"", ".", ".."} & set(names)


@settings(max_examples=200, deadline=None)
@given(PATTERN)
def test_matching_equals_the_naive_matcher_on_every_path(text):
    pattern = Pattern.parse(text)
    for path in UNIVERSE:
        assert matches(pattern, "/".join(path)) == naive_matches(text, path)


@settings(max_examples=300, deadline=None)
@given(PATTERN, PATTERN)
def test_what_covers_has_every_path_of_what_is_covered(a, b):
    if covers(a, b):
        inner = Pattern.parse(b)
        if inner.is_literal:
            assert matches(a, inner.normal)
        else:
            wild = [one for one in alternatives(b) if any(map(is_wild, one[0])) or one[1]]
            for path in UNIVERSE:
                if any(alternative_fits(*one, path) for one in wild):
                    assert naive_matches(a, path)


@settings(max_examples=300, deadline=None)
@given(PATTERN, PATTERN, st.booleans())
def test_overlap_is_symmetric(a, b, case_sensitive):
    forth = overlap(a, b, case_sensitive=case_sensitive)
    back = overlap(b, a, case_sensitive=case_sensitive)
    assert (forth is None) == (back is None)


def recased(text, chance):
    """Each letter in a case by chance; not in `.py`, whose case tells files from directories."""
    return ".py".join("".join(chance.choice((letter.upper(), letter)) for letter in part) for part in text.split(".py"))


@settings(max_examples=300, deadline=None)
@given(PATTERN, PATTERN, st.randoms(use_true_random=False))
def test_without_letter_case_two_patterns_meet_exactly_when_their_lower_case_forms_do(a, b, chance):
    one, two = recased(a, chance), recased(b, chance)
    witness = overlap(one, two, case_sensitive=False)
    assert (witness is None) == (overlap(a, b) is None)
    if witness is not None:
        assert naive_matches(a, tuple(witness.lower().split("/")))
        assert naive_matches(b, tuple(witness.lower().split("/")))


@settings(max_examples=500, deadline=None)
@given(ANY_TEXT, st.booleans())
@example("./~", True)
@example("{a,b}/../..", True)
@example("\u0130/\u00df", False)
@example("A[\u0301]", False)
@example("?[\u0301]*", True)
def test_any_text_parses_and_its_canonical_form_is_stable(text, case_sensitive):
    try:
        pattern = Pattern.parse(text, case_sensitive=case_sensitive)
    except PatternError:
        return
    assert normalise(text) == pattern.normal
    again = Pattern.parse(pattern.normal, case_sensitive=case_sensitive)
    assert again.normal == pattern.normal
    assert [(r.root, r.exact, r.tail) for r in again.routes] == [(r.root, r.exact, r.tail) for r in pattern.routes]
    assert same_file(text, text) is None
    witness = overlap(pattern, pattern)
    assert (witness is None) == (not pattern.routes)
    assert witness is None or matches(pattern, witness)


@settings(max_examples=300, deadline=None)
@given(st.from_regex(r"[A-Z.a@-]{1,3}(/[a.B_]{1,4}){0,3}(\.py|\.MD|/)?", fullmatch=True), st.booleans())
@example("Makefile", True)
@example("a/.env", False)
def test_a_tidy_path_is_parsed_to_what_the_general_way_makes_of_it(text, case_sensitive):
    short, full = Pattern.parse(text, case_sensitive=case_sensitive), Pattern(text, case_sensitive=case_sensitive)
    for field in ("normal", "key", "kind", "root", "name", "names_file", "escapes", "is_possible", "literal_prefix"):
        assert getattr(short, field) == getattr(full, field), field
    assert short.segments == full.segments
    assert [(route.exact, route.full, route.tail) for route in short.routes] == [
        (route.exact, route.full, route.tail) for route in full.routes
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(PATTERN, max_size=12))
def test_the_index_finds_every_overlapping_pair_and_no_other(texts):
    patterns = [Pattern.parse(text) for text in texts]
    index = PathIndex(patterns)
    equals = [ids for ids in index.equals() if patterns[ids[0]].kind == "file"]
    found = {frozenset(pair) for ids in equals for pair in itertools.combinations(ids, 2)}
    for group in index.scope_groups():
        assert group.rivals == sorted(set(group.rivals) - set(group.owners))
        if patterns[group.owners[0]].routes:
            found |= {frozenset(pair) for pair in itertools.combinations(group.owners, 2)}
        found |= {frozenset((a, b)) for a in group.owners for b in group.rivals}
    pairs = itertools.combinations(range(len(texts)), 2)
    assert found == {frozenset((a, b)) for a, b in pairs if overlap(patterns[a], patterns[b]) is not None}


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40), st.text(max_size=20), st.booleans())
def test_any_ignore_file_gives_an_answer(text, path, is_dir):
    assert IgnoreRules.parse(text).ignored(path, is_dir) in (True, False, None)


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("aB1_@+-./\\ *\u00e9"), max_size=12))
def test_a_tidy_text_is_its_own_canonical_spelling_and_has_no_hidden_names(text):
    plain = re.fullmatch(r"[\w@+-][\w@+.-]*(/[\w@+-][\w@+.-]*)*", text, re.ASCII) is not None
    assert is_tidy(text) is plain
    assert not plain or str(spell(text)) == text
