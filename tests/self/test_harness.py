"""The fixture harness finds what is missing and what is too much, and reads the examples of the documentation."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planlint.diagnostics import Diagnostic, Severity, Tier
from planlint.engine.report import Report, Skipped
from planlint.rulekit import Rule
from planlint.source import Source
from planlint.testing.examples import examples, fences
from planlint.testing.fixtures import Want, failures, find_fixtures, read_fixture


def finding(line: int, message: str, code: str = "PL101", tier: Tier = Tier.CORE, path: str = "a.yaml") -> Diagnostic:
    source = Source(path, "x\n" * 20)
    return Diagnostic(code, "n", Severity.ERROR, message, source.origin(2 * line - 2, 2 * line - 1), tier=tier)


def fixture_file(directory: Path, text: str, name: str = "a.yaml") -> Path:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_wants_are_read_from_comments_of_every_kind(tmp_path: Path) -> None:
    yaml = 'a: 1  # want: PL101 "both \\d" PL102\n# want+1: PL201\nb: 2\n# want-2: PL202 "say \\"x\\""\n'
    assert read_fixture(fixture_file(tmp_path, yaml)).wants == [
        Want("a.yaml", 1, "PL101", "both \\d"),
        Want("a.yaml", 1, "PL102"),
        Want("a.yaml", 3, "PL201"),
        Want("a.yaml", 2, "PL202", 'say \\"x\\"'),
    ]
    markdown = '- [ ] T1 do it <!-- want: PL101 "x" -->\n'
    assert read_fixture(fixture_file(tmp_path, markdown, "a.md")).wants == [Want("a.md", 1, "PL101", "x")]


def test_wants_of_json_stand_beside_it_and_those_of_a_tree_at_its_top(tmp_path: Path) -> None:
    json = fixture_file(tmp_path, "{}", "a.json")
    fixture_file(tmp_path, '# a comment\n3: PL101 "x"\nwant-tier: strict\n', "a.json.want")
    fixture = read_fixture(json)
    assert (fixture.wants, fixture.tier) == ([Want("a.json", 3, "PL101", "x")], Tier.STRICT)
    fixture_file(tmp_path, "b/c.json:4: PL101\nwant-paths: b\n", "tree/plan.want")
    fixture_file(tmp_path, "x: 1  # want: PL102\n", "tree/b/d.yaml")
    tree = read_fixture(tmp_path / "tree")
    assert sorted(tree.wants) == [Want("b/c.json", 4, "PL101"), Want("b/d.yaml", 1, "PL102")]
    assert tree.paths == ("b",)
    assert find_fixtures(tmp_path) == [tmp_path / "a.json", tmp_path / "tree"]


def test_switches_are_read(tmp_path: Path) -> None:
    text = "# want-tier: audit\n# want-skip: PL201 PL202\n# want-include-done: yes\n"
    fixture = read_fixture(fixture_file(tmp_path, text))
    assert (fixture.tier, fixture.skips, fixture.include_done) == (Tier.AUDIT, ["PL201", "PL202"], True)


@pytest.mark.parametrize("comment", ["# want: pl101", '# want: PL101 "open', "# want: ", "# want: PL101 then text"])
def test_a_comment_that_makes_no_sense_is_an_error(tmp_path: Path, comment: str) -> None:
    with pytest.raises(ValueError, match="expected CODE"):
        read_fixture(fixture_file(tmp_path, comment + "\n"))


def test_missing_and_unexpected_findings_both_fail(tmp_path: Path) -> None:
    fixture = read_fixture(fixture_file(tmp_path, 'a: 1  # want: PL101 "both"\n# want-skip: PL201\n'))
    skipped = (Skipped("PL201", "a.yaml", "r"),)
    assert failures(fixture, Report((finding(1, "both write"),), skipped)) == []
    assert failures(fixture, Report((finding(2, "both write"),))) == [
        "unexpected a.yaml:2:1: PL101 both write",
        'missing    a.yaml:1: PL101 "both" (there is: error: both write)',
        "not skipped: PL201",
    ]
    assert len(failures(fixture, Report((finding(1, "both"), finding(1, "both")), skipped))) == 1


def test_a_severity_that_a_comment_names_must_be_the_findings_own(tmp_path: Path) -> None:
    error = Report((finding(1, "both write"),))
    assert failures(read_fixture(fixture_file(tmp_path, 'a: 1  # want: PL101 error "both"\n')), error) == []
    assert len(failures(read_fixture(fixture_file(tmp_path, "a: 1  # want: PL101 note\n")), error)) == 2


def test_findings_above_the_core_count_only_where_a_fixture_is_about_them(tmp_path: Path) -> None:
    report = Report((finding(1, "m", "PL111", Tier.STRICT),))
    assert failures(read_fixture(fixture_file(tmp_path, "a: 1\n")), report) == []
    assert failures(read_fixture(fixture_file(tmp_path, "a: 1\n", "PL111-no-integration/a.yaml")), report) != []


class Documented(Rule):
    """Says something.

    ## Example

    ```yaml
    plan: bad
    ```

    ```console
    $ planlint
    ```

    ## Use instead

    ````markdown plan title="specs/x/tasks.md"
    ```text
    inside
    ```
    ````

    ```python title="src/a.py"
    pass
    ```
    """

    code = "PL999"
    name = "documented"

    def check(self, facts: object) -> Iterator[Diagnostic]:
        return iter(())


def test_examples_are_the_fenced_blocks_of_a_section() -> None:
    (bad,) = examples(Documented, "Example")
    assert (bad.files, bad.repository, bad.paths) == ({"plan.yaml": "plan: bad\n"}, False, ("plan.yaml",))
    (good,) = examples(Documented, "Use instead")
    assert good.files == {"specs/x/tasks.md": "```text\ninside\n```\n", "src/a.py": "pass\n"}
    assert (good.repository, good.paths) == (True, ("specs/x/tasks.md",))


def test_a_fence_ends_only_at_its_own_length() -> None:
    assert [fence.text for fence in fences("````a\n```\n````\n```b\nx\n```\n")] == ["```\n", "x\n"]
