"""Entry points are found as the standard library finds them."""

from __future__ import annotations

from importlib import metadata

import pytest

from planlint.engine.entry_points import entry_points


@pytest.mark.parametrize("group", ["planlint.rules", "console_scripts", "pytest11", "no.such.group"])
def test_the_entry_points_of_a_group_are_those_that_importlib_finds(group):
    expected = {(point.name, point.value) for point in metadata.entry_points(group=group)}
    assert {(point.name, point.value) for point in entry_points(group)} == expected


def test_an_entry_point_loads_the_object_it_names(tmp_path, monkeypatch):
    folder = tmp_path / "Some_Pack-1.0.dist-info"
    folder.mkdir()
    text = "[other]\nx = os:sep\n\n[my.group]\n# a remark\njoin = os.path:join\n"
    (folder / "entry_points.txt").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    [point] = entry_points("my.group")
    import os.path

    assert point.name == "join"
    assert point.load() is os.path.join


def test_the_first_of_two_installations_of_one_distribution_counts(tmp_path, monkeypatch):
    for place, value in (("second", "os:sep"), ("first", "os:linesep")):
        folder = tmp_path / place / "some_pack-1.0.dist-info"
        folder.mkdir(parents=True)
        (folder / "entry_points.txt").write_text(f"[my.group]\nname = {value}\n", encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path / place))
    assert [point.value for point in entry_points("my.group")] == ["os:linesep"]
