"""Python as calls, functions, assignments and literal values with their places."""

import textwrap

import pytest

from planlint.readers.code import Expression
from planlint.readers.python import PythonModule, parse_python
from planlint.source import Source


def parse(text: str) -> PythonModule:
    return parse_python(Source("agents.py", textwrap.dedent(text)))


def value(text: str) -> Expression:
    return parse(f"x = {text}\n").assignments[-1].value


@pytest.mark.parametrize(
    "imported",
    [
        "import kit.team",
        "import kit",
        "import kit as k",
        "from kit import team as t",
        "from kit.team import Worker as W",
    ],
)
def test_a_call_is_named_by_what_was_imported(imported):
    used = {"import kit as k": "k.team.Worker", "from kit import team as t": "t.Worker"}.get(
        imported, "kit.team.Worker"
    )
    used = "W" if imported.endswith("as W") else used
    (call,) = parse(f"{imported}\nw = {used}(1, name='é', goal='b')\n").calls_of("kit.team.Worker")
    assert call.callee.text == used
    assert [argument.plain for argument in call.arguments] == [1]
    assert {name: given.origin.text for name, given in call.keywords.items()} == {"name": "'é'", "goal": "'b'"}


def test_relative_imports_keep_their_dots():
    module = parse("from . import a\nfrom ..b import c\nfrom .d import *\n")
    assert module.imports == {"a": ".a", "c": "..b.c"}


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("'a' \"b\"", "ab"),
        ("'''a\nb'''", "a\nb"),
        ("r'\\d'", "\\d"),
        ("'a' + 'b'", "ab"),
        ("[1, -2.5, True, None]", [1, -2.5, True, None]),
        ("('a',)", ["a"]),
        ("{'a': {'b': []}, 'c': 'd', 'c': 'e'}", {"a": {"b": []}, "c": "e"}),
        ("' a '.strip()", "a"),
    ],
)
def test_literals_are_plain_values(written, plain):
    assert value(written).plain == plain


@pytest.mark.parametrize(
    "written", ["f'{a}'", "'a' + b", "[a]", "{**a}", "{1: 2}", "b'a'", "a.b", "1j", "...", "f()", "-'a'"]
)
def test_what_is_not_a_literal_has_no_value(written):
    assert value(written).literal() is None


def test_dedented_text_is_a_literal():
    module = parse('from textwrap import dedent\nx = dedent("""\\\n    a\n      b\n""")\n')
    assert module.assignments[0].value.plain == "a\n  b\n"


def test_a_name_assigned_once_stands_for_its_value():
    module = parse("A = 'text'\nB = 1\nB = 2\nf(A, B, C)\n")
    assert [argument.plain for argument in module.calls[0].arguments] == ["text", None, None]


@pytest.mark.parametrize(
    ("written", "text"),
    [("f'do {a.b} in {c!r}'", "do {a.b} in {c}"), ("'a ' + b", "a {b}"), ("b + ' a'", "{b} a"), ("'a %s' % b", "a %s")],
)
def test_dynamic_strings_keep_their_static_parts(written, text):
    found = value(written).text()
    assert found is not None
    assert (found.text, found.dynamic) == (text, True)


def test_a_mapping_with_unknown_values_still_gives_its_entries():
    entries = value("{'a': Worker(goal='b'), c: 1, 'd': [e, 'f']}").entries()
    assert list(entries) == ["a", "d"]
    call = entries["a"].call()
    assert call is not None
    assert (call.name, call.keywords["goal"].plain) == ("Worker", "b")
    assert [(element.name, element.plain) for element in entries["d"].elements()] == [("e", None), (None, "f")]


def test_places_count_code_points_on_every_line():
    module = parse("é = '世界'; f('🚀', name='ü')\r\nß = ['é', g('x')]\r\n")
    assert [call.origin.text for call in module.calls] == ["f('🚀', name='ü')", "g('x')"]
    assert [entry.origin.text for entry in module.assignments] == ["é = '世界'", "ß = ['é', g('x')]"]
    listed = module.assignments[1].value.elements()[0].literal()
    assert listed is not None
    assert (listed.origin.text, listed.origin.begin[:2]) == ("'é'", (2, 6))


def test_calls_know_what_stands_around_them():
    module = parse(
        """
        async def main():
            for item in first():
                await gather(second(item), *[third(x) for x in fourth()])
            if fifth():
                sixth()
        """
    )
    around = {call.name: [enclosing.kind for enclosing in call.within] for call in module.calls}
    assert around == {
        "first": ["function"],
        "gather": ["function", "loop", "await"],
        "second": ["function", "loop", "await", "call"],
        "third": ["function", "loop", "await", "call", "loop"],
        "fourth": ["function", "loop", "await", "call"],
        "fifth": ["function"],
        "sixth": ["function", "condition"],
    }
    second = module.calls_of("second")[0]
    inside = second.inside("call")
    assert inside is not None
    assert inside.name == "gather"
    assert [call.name for call in module.calls if call.awaited] == ["gather"]


def test_functions_know_their_decorators_scope_and_returns():
    module = parse(
        """
        from kit import agent, task
        class Crew:
            @agent
            def writer(self):
                def inner():
                    return 0
                return Agent(role="r")
            @task(name="t")
            async def write(self): ...
        """
    )
    writer, inner, write = module.functions
    assert (writer.name, writer.scope, writer.asynchronous) == ("writer", "Crew", False)
    assert [decorator.name for decorator in writer.decorators] == ["kit.agent"]
    assert [returned.origin.text for returned in writer.returns] == ['Agent(role="r")']
    assert (inner.scope, [returned.plain for returned in inner.returns]) == ("Crew.writer", [0])
    call = write.decorators[0].call()
    assert call is not None
    assert (write.asynchronous, call.name, call.keywords["name"].plain) == (True, "kit.task", "t")


def test_assignments_know_their_scope():
    module = parse("a = 1\nb: int = 2\nclass C:\n    d = 3\n    def e(self):\n        f = 4\n")
    assert [(entry.name, entry.scope, entry.value.plain) for entry in module.assignments] == [
        ("a", "", 1),
        ("b", "", 2),
        ("d", "C", 3),
        ("f", "C.e", 4),
    ]


def test_what_stands_in_an_f_string_is_placed_exactly():
    (call,) = parse("x = f'''é\n{g(1)} b'''\n").calls
    assert (call.name, call.origin.text, call.origin.begin[:2]) == ("g", "g(1)", (2, 2))


@pytest.mark.parametrize(
    ("written", "text"), [("f'a\\n{b}'", "a\n{b}"), ("rf'\\d{b}'", "\\d{b}"), ("f'{{a}} \\'{b}'", "{a} '{b}")]
)
def test_escapes_in_f_strings_are_resolved(written, text):
    found = value(written).text()
    assert found is not None
    assert found.text == text


def test_a_look_up_by_a_literal_key_names_the_table_and_the_key():
    assert [value(written).item() for written in ("a.b['c']", "a[0]", "a[b]", "a['b']['c']", "a")] == [
        ("a.b", "c"),
        None,
        None,
        None,
        None,
    ]


def test_broken_syntax_is_one_fatal_problem_at_its_place():
    module = parse("a = 1\nb = = 2\n")
    (problem,) = module.problems
    assert (problem.code, problem.fatal, problem.origin.begin[:2]) == ("PL002", True, (2, 5))
    assert module.broken
    assert module.calls == []


@pytest.mark.parametrize(
    "text",
    [
        "(" * 3_000 + "1" + ")" * 3_000,
        "[" * 100_000,
        "x = " + "-" * 100_000 + "1",
        "a" + ".b" * 20_000,
        "1" + " + 1" * 20_000,
        "a" + "()" * 50_000,
        "if a:\n pass\n" + "elif a:\n pass\n" * 20_000,
        "x = 1\n" * 200_000,
        "a" + " or a" * 20_000,
        "(" * 190 + "1" + ")" * 190,
        ("(" * 50 + "1" + ")" * 50 + "\n") * 2_000,
        "x = f'{" + "(" * 90 + "1" + ")" * 90 + "}'",
        "match a:\n case " + "(" * 40 + "x" + ")" * 40 + ": pass",
        "match a:\n case " + "{1:" * 12 + "x" + "}" * 12 + ": pass",
        "x = (" + "'a' " * 3_000 + ")",
        "\n" * 900_000,
    ],
    ids=[
        "parentheses",
        "open",
        "unary",
        "attributes",
        "sum",
        "calls",
        "elif",
        "size",
        "or",
        "redundant parentheses",
        "many parentheses",
        "f-string",
        "pattern in parentheses",
        "pattern",
        "adjacent strings",
        "lines",
    ],
)
def test_hostile_nesting_and_size_are_refused(text):
    (problem,) = parse_python(Source("agents.py", text)).problems
    assert (problem.code, problem.fatal) == ("PL006", True)


def test_brackets_in_strings_and_comments_are_no_nesting():
    module = parse("x = '" + "(" * 500 + "' # " + "[" * 500 + "\ny = f'" + "(" * 40 + "{x}'\nf(z)\n")
    assert (module.problems, [call.name for call in module.calls]) == ([], ["f"])


@pytest.mark.parametrize("text", ["a\x00b", "x = '\ud800'", "\f\fa = 1\r\rb = '\\d'", "", "é"])
def test_odd_texts_are_read_or_refused_but_never_crash(text):
    module = parse_python(Source("agents.py", text))
    assert all(problem.code == "PL002" for problem in module.problems)
    assert len(module.assignments) == {"x": 1, "\f": 2}.get(text[:1], 0)
