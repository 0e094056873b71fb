"""The configuration shown in the documentation is correct, and the documentation knows every key."""

import re
from pathlib import Path

import pytest

from planlint.config.mistakes import keys_of
from planlint.config.model import ConfigTable, NamedIgnore
from planlint.config.reading import read_config
from planlint.engine.registry import installed_rules
from planlint.engine.rule_words import InstalledWords

DOCS = Path(__file__).parents[3] / "docs"
BLOCKS = [
    (name, block)
    for name in ("configuration.md", "suppressions.md", "baselines.md")
    for block in re.findall(r"^```toml\n(.*?)^```", (DOCS / name).read_text(), re.MULTILINE | re.DOTALL)
]


@pytest.mark.parametrize(("name", "text"), BLOCKS)
def test_every_block_of_toml_is_a_correct_configuration(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "planlint.toml"
    path.write_text(text)
    assert read_config(path, name, InstalledWords(installed_rules())).table.model_fields_set


@pytest.mark.parametrize("key", keys_of(ConfigTable))
def test_every_key_stands_in_the_table_of_keys(key: str) -> None:
    table = (DOCS / "configuration.md").read_text().partition("## All keys")[2]
    assert f"`{key}`" in table


@pytest.mark.parametrize("key", keys_of(NamedIgnore))
def test_every_key_of_a_named_ignore_is_shown(key: str) -> None:
    assert re.search(rf"^{key} = ", (DOCS / "suppressions.md").read_text(), re.MULTILINE)
