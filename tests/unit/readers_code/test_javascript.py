"""JavaScript as calls, variables, exports and literal values with their places."""

import pytest

from planlint.readers.code import Expression
from planlint.readers.javascript import JsModule, parse_javascript
from planlint.source import Source


def parse(text: str) -> JsModule:
    return parse_javascript(Source("flow.js", text))


def value(text: str) -> Expression:
    return parse(f"const x = {text};\n").assignments[0].value


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("'a'", "a"),
        ('"\\n\\x41\\u00e9\\u{1F680}\\ud83d\\ude80\\\'"', "\nAé🚀🚀'"),
        ("`a\nb`", "a\nb"),
        ("'a' + `b` + ('c')", "abc"),
        ("[1, -2.5, 0x1f, 1_000, true, null, undefined]", [1, -2.5, 31, 1000, True, None, None]),
        ("({ a: { 'b c': [] }, /* note */ d: 'e', d: 'f' })", {"a": {"b c": []}, "d": "f"}),
        ("''", ""),
    ],
)
def test_literals_are_plain_values(written, plain):
    assert value(written).plain == plain


@pytest.mark.parametrize(
    "written",
    ["`${a}`", "'a' + b", "[a]", "[...a]", "{ ...a }", "{ [a]: 1 }", "{ a }", "{ a() {} }", "10n", "017", "f()"],
)
def test_what_is_not_a_literal_has_no_value(written):
    assert value(written).literal() is None


def test_a_name_assigned_once_stands_for_its_value():
    module = parse("const a = 'text'; let b = 1; b = 2; f(a, b, c)")
    assert [argument.plain for argument in module.calls[0].arguments] == ["text", None, None]


@pytest.mark.parametrize(
    ("written", "text"),
    [("`do ${a.b} in ${c()}`", "do ${a.b} in ${c()}"), ("'a ' + b", "a ${b}"), ("b + ' a'", "${b} a")],
)
def test_dynamic_strings_keep_what_is_inserted_as_written(written, text):
    found = value(written).text()
    assert found is not None
    assert (found.text, found.dynamic) == (text, True)


def test_what_is_no_string_has_no_text():
    assert [value(written).text() for written in ("a", "1 + 2", "a + b", "[]")] == [None] * 4


def test_an_object_with_unknown_values_still_gives_its_entries():
    entries = value("{ a: agent('b'), ...c, 'd': [e, 'f'], g, h() {} }").entries()
    assert list(entries) == ["a", "d", "g", "h"]
    call = entries["a"].call()
    assert call is not None
    assert (call.name, call.arguments[0].plain) == ("agent", "b")
    assert [(element.name, element.plain) for element in entries["d"].elements()] == [("e", None), (None, "f")]
    assert entries["g"].name == "g"


def test_calls_are_named_as_written_and_keep_their_arguments_in_order():
    module = parse("agent('a', { model: 'b' }); new Worker(1); a?.b.c(2); this.d(3); tag`e`; f()();")
    named = [(call.name, [argument.origin.text for argument in call.arguments]) for call in module.calls]
    assert named == [
        ("agent", ["'a'", "{ model: 'b' }"]),
        ("Worker", ["1"]),
        ("a.b.c", ["2"]),
        ("this.d", ["3"]),
        ("tag", ["`e`"]),
        (None, []),
        ("f", []),
    ]
    assert [call.origin.text for call in module.calls_of("Worker")] == ["new Worker(1)"]


def test_places_count_code_points():
    module = parse("const é = '世界'; // 🚀\r\nf(`ü`, ['🚀', 'x']);\r\n")
    listed = module.calls[0].arguments[1].elements()[1].literal()
    assert listed is not None
    assert (listed.origin.text, listed.origin.begin[:2]) == ("'x'", (2, 14))
    assert module.assignments[0].origin.text == "é = '世界'"


def test_calls_know_what_stands_around_them():
    module = parse(
        """
        async function main() {
          for (const item of first()) {
            await gather(second(item), items.map((x) => third(x)));
          }
          if (fifth()) sixth();
          while (seventh()) {}
        }
        """
    )
    around = {call.name: [enclosing.kind for enclosing in call.within] for call in module.calls}
    assert around == {
        "first": ["function"],
        "gather": ["function", "loop", "await"],
        "second": ["function", "loop", "await", "call"],
        "items.map": ["function", "loop", "await", "call"],
        "third": ["function", "loop", "await", "call", "call", "function"],
        "fifth": ["function"],
        "sixth": ["function", "condition"],
        "seventh": ["function", "loop"],
    }
    third = module.calls_of("third")[0].inside("call")
    assert third is not None
    assert third.name == "items.map"
    assert [call.name for call in module.calls if call.awaited] == ["gather"]


def test_exports_and_imports_are_named():
    module = parse(
        "import d, { a as b, c } from 'kit';\nimport * as n from \"other\";\n"
        "export const meta = { name: 'x' }, more = 2;\nexport default { y: 1 };\n"
    )
    assert module.imports == {"d": ("kit", "default"), "b": ("kit", "a"), "c": ("kit", "c"), "n": ("other", "*")}
    assert {name: exported.plain for name, exported in module.exports.items()} == {
        "meta": {"name": "x"},
        "more": 2,
        "default": {"y": 1},
    }


def test_assignments_know_their_scope():
    module = parse("const a = 1; function f() { let b = 2; } module.exports = 3; const g = () => { const c = 4; };")
    assert [(entry.name, entry.scope, entry.value.plain) for entry in module.assignments if entry.name != "g"] == [
        ("a", "", 1),
        ("b", "f", 2),
        ("module.exports", "", 3),
        ("c", "<anonymous>", 4),
    ]


def test_scripts_may_wait_and_return_at_the_top():
    module = parse("const r = await agent('a');\nreturn r;\n")
    assert module.problems == []
    call = module.assignments[0].value.call()
    assert call is not None
    assert call.name == "agent"


def test_broken_syntax_is_a_fatal_problem_at_its_place():
    module = parse("const a = 1;\nconst b = = 2;\n")
    (problem,) = module.problems
    assert (problem.code, problem.fatal, problem.origin.begin.line) == ("PL002", True, 2)
    assert module.broken


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000 + "1" + ")" * 50_000,
        "f(" * 20_000 + ")" * 20_000,
        "a" + ".b" * 50_000,
        "1" + " + 1" * 50_000,
        "`${" * 1_000 + "1" + "}`" * 1_000,
        "x;\n" * 400_000,
    ],
    ids=["parentheses", "calls", "members", "sum", "templates", "size"],
)
def test_hostile_nesting_and_size_are_refused(text):
    (problem,) = parse(text).problems
    assert (problem.code, problem.fatal) == ("PL006", True)


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "{" * 50_000, "a\x00b", "f('\ud800')", "f('\\u{110000}', '\\ud800')", "'", "`${", ""]
)
def test_odd_texts_are_read_or_refused_but_never_crash(text):
    module = parse(text)
    assert {problem.code for problem in module.problems} <= {"PL002", "PL006"}
    for call in module.calls:
        assert all(argument.literal() is not None for argument in call.arguments)


def test_deep_literals_within_the_limit_are_read():
    depth = 300
    assert value("[" * depth + "]" * depth).literal() is not None
