"""Ignore rules give git's answers."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from planlint.paths import IgnoreRules

RULES = r"""# comment
*.log
!keep.log
/build
node_modules/
docs/*.pdf
docs/**/draft
**/cache/
abc/**
a/**/z
\#literal
\!bang
trailing\<space>
spaces<space><space>
foo[0-9]
x[!a-c]y
p[[:digit:]]q
star\*
br[oken
deep/*/leaf
**glued
/top/**/
!
/
weird**name
h?t
""".replace("**glued", "**.glued").replace("<space>", " ")

PATHS = """a.log keep.log sub/b.log sub/keep.log build/x src/build/x node_modules/p/i.js src/node_modules/i.js
docs/a.pdf docs/s/a.pdf
docs/draft/t docs/x/y/draft cache/a q/cache/a q/cache2 abc/d abc/e/f xabc/g a/z a/b/z a/b/c/z a/zz #literal
!bang trailing trailing\\s spaces foo1 foox foo12 xdy xay p5q pxq star* starx
br[oken deep/1/leaf deep/1/2/leaf
deep/leaf m.glued n/m.glued top/one/f top/f weird-name weirdname w/weirdname hat h/t hit/x plain n/spaces/q
docs/q.pdf/x b/a/z"""


def test_the_last_matching_rule_wins_and_parents_bind():
    rules = IgnoreRules.parse("*.log\n!keep.log\nbuild/\n!build/keep.log\n")
    assert rules.ignored("a.log", is_dir=False) is True
    assert rules.ignored("keep.log", is_dir=False) is False
    assert rules.ignored("build", is_dir=True) is True
    assert rules.ignored("build", is_dir=False) is None
    assert rules.ignored("build/keep.log", is_dir=False) is True
    assert rules.ignored("src/a.ts", is_dir=False) is None


def test_rules_count_from_the_directory_of_their_file():
    rules = IgnoreRules.parse("/out\n*.tmp\n", base="packages/a")
    assert rules.ignored("packages/a/out", is_dir=True) is True
    assert rules.ignored("packages/a/b/out", is_dir=True) is None
    assert rules.ignored("packages/a/b/c.tmp", is_dir=False) is True
    assert rules.ignored("other/c.tmp", is_dir=False) is None
    assert rules.ignored("packages/a", is_dir=True) is None


def test_byte_order_mark_and_windows_line_ends_do_not_matter():
    rules = IgnoreRules.parse("\ufeff*.log\r\nout/\r\n")
    assert rules.ignored("a.log", is_dir=False) is True
    assert rules.ignored("out/x", is_dir=False) is True


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_answers_equal_those_of_git(tmp_path):
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True, env=environment)
    (tmp_path / ".gitignore").write_text(RULES, encoding="utf-8")
    paths = sorted({path.replace("\\s", " ") for path in PATHS.split()})
    for path in paths:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("", encoding="utf-8")
    asked = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if ".git" not in p.parts)
    command = ["git", "-c", "core.ignoreCase=false", "check-ignore", "--no-index", "-z", "--stdin"]
    answer = subprocess.run(
        command, cwd=tmp_path, input="\0".join(asked), capture_output=True, text=True, check=False, env=environment
    )
    rules = IgnoreRules.parse(RULES)
    ours = {path for path in asked if rules.ignored(path, is_dir=(tmp_path / path).is_dir())}
    assert ours == set(answer.stdout.split("\0")) - {""}
    assert len(ours) > 30
