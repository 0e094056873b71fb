"""A rule pack of somebody else, installed beside planlint, works like the built-in one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ROOT

PACK = ROOT / "examples" / "rule-pack"

PLAN = """\
plan: cache
tasks:
  - id: redis
    title: A Redis instance for sessions
    agent: general-purpose
    creates: [deploy/redis.tf]
    brief: Write deploy/redis.tf with a single Redis instance that keeps sessions for a day.
    verify: terraform validate
"""


class Installed:
    """An interpreter that sees the pack as pip installed it."""

    def __init__(self, place: Path) -> None:
        self.environment = {**os.environ, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(self, *arguments: str, where: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=where,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    pytest.importorskip("hatchling")
    place = tmp_path_factory.mktemp("site")
    words = ["install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(place), str(PACK)]
    done = subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Installed(place)


def test_the_rules_of_the_pack_are_listed_and_explained(installed: Installed, tmp_path: Path) -> None:
    assert "ACME101" in installed.run("planlint", "rules", where=tmp_path).stdout
    explained = installed.run("planlint", "explain", "protected-directory", where=tmp_path)
    assert explained.stdout.startswith("ACME101 protected-directory")


def test_a_rule_of_the_pack_finds_what_its_options_say(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN)
    arguments = ("planlint", "check", "--format", "json", "plan.yaml")
    assert installed.run(*arguments, where=tmp_path).returncode == 0
    (tmp_path / "planlint.toml").write_text('[rules.protected-directory]\ndirectories = ["deploy/"]\n')
    done = installed.run(*arguments, where=tmp_path)
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)["diagnostics"]
    assert [(one["code"], one["location"]["start"]["line"]) for one in found] == [("ACME101", 6)]


def test_the_options_of_the_pack_are_in_the_schema_of_the_configuration(installed: Installed, tmp_path: Path) -> None:
    schema = json.loads(installed.run("planlint", "schema", "--config", where=tmp_path).stdout)
    assert schema["$defs"]["ACME101Options"]["properties"]["agent"]["default"] == "platform"


def test_the_tests_of_the_pack_pass(installed: Installed, tmp_path: Path) -> None:
    done = installed.run("pytest", "-q", "-p", "no:cacheprovider", str(PACK / "tests"), where=tmp_path)
    assert done.returncode == 0, done.stdout


def test_the_catalogue_of_the_pack_is_what_its_rules_say(installed: Installed, tmp_path: Path) -> None:
    script = "from planlint.testing.catalogue import render; print(render('acme_planlint_rules'), end='')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=installed.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (PACK / "src" / "acme_planlint_rules" / "catalogue.py").read_text()
