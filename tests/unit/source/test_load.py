"""From the bytes of a file to its text: encodings, marks and limits."""

import os
from pathlib import Path

import pytest

from planlint.source import Source
from planlint.source import load as load_module
from planlint.source.load import SourceError, decode, encode, read_source


def failure(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        decode(data, "plan.yaml")
    return caught.value


def test_a_file_is_read_with_its_shown_name(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"a: 1\r\n")
    source = read_source(path, "docs/plan.yaml")
    assert (source.path, source.text, source.encoding, source.bom) == ("docs/plan.yaml", "a: 1\r\n", "utf-8", False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_is_taken_off_and_written_back(encoding: str) -> None:
    data = ("\ufeff" + "titre: déjà 😀\n").encode(encoding)
    source = decode(data, "plan.yaml")
    assert (source.text, source.encoding, source.bom) == ("titre: déjà 😀\n", encoding, True)
    assert encode(source, source.text) == data


def test_text_without_a_mark_is_written_back_without_one() -> None:
    assert encode(decode("é".encode(), "p"), "é!") == "é!".encode()


def test_a_lone_surrogate_is_written_as_a_question_mark() -> None:
    assert encode(Source("p", ""), "a\ud800b") == b"a?b"


def test_bytes_that_are_not_utf8_are_named_with_offset_and_line() -> None:
    error = failure(b"a: 1\nb: caf\xe9\n")
    assert error.code == "PL001"
    assert "byte 0xe9 at offset 11 (line 2)" in error.message


def test_the_offset_of_a_bad_byte_counts_the_byte_order_mark() -> None:
    assert "offset 5" in failure(b"\xef\xbb\xbfab\xff").message


def test_an_odd_number_of_utf16_bytes_is_refused() -> None:
    assert "UTF-16-LE" in failure(b"\xff\xfea\0b").message


def test_a_nul_character_makes_a_file_binary() -> None:
    error = failure(b"a: 1\nb: \0\n")
    assert (error.code, error.help) == ("PL001", None)
    assert "line 2" in error.message


def test_utf16_without_a_mark_is_recognised() -> None:
    assert "UTF-16" in str(failure("tasks: []".encode("utf-16-le")).help)


def test_a_known_binary_format_is_named() -> None:
    assert "a PNG image" in failure(b"\x89PNG\r\n\x1a\n").message


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="plans is a directory") as caught:
        read_source(tmp_path, "plans")
    assert caught.value.code == "PL001"


def test_a_missing_file_offers_a_near_name_of_its_directory(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").touch()
    with pytest.raises(SourceError, match=r"docs/plan\.yml does not exist") as caught:
        read_source(tmp_path / "plan.yml", "docs/plan.yml")
    assert caught.value.help == "did you mean docs/plan.yaml?"


def test_a_missing_file_far_from_every_name_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "zebra.txt").touch()
    with pytest.raises(SourceError) as caught:
        read_source(tmp_path / "plan.yml", "plan.yml")
    assert caught.value.help is None


def test_a_missing_directory_is_no_crash(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        read_source(tmp_path / "no" / "plan.yml", "no/plan.yml")


def test_a_path_with_a_nul_character_is_no_crash() -> None:
    with pytest.raises(SourceError, match="cannot read"):
        read_source(Path("a\0b"), "a?b")


def test_circular_links_are_no_crash(tmp_path: Path) -> None:
    link = tmp_path / "plan.yaml"
    link.symlink_to(link)
    with pytest.raises(SourceError, match="round in circles"):
        read_source(link, "plan.yaml")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.touch(mode=0)
    with pytest.raises(SourceError, match="no permission"):
        read_source(path, "plan.yaml")


def test_an_input_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_module, "MAX_BYTES", 10)
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"x" * 11)
    with pytest.raises(SourceError) as caught:
        read_source(path, "plan.yaml")
    assert caught.value.code == "PL006"
    assert failure(b"x" * 11).code == "PL006"
    assert decode(b"x" * 10, "plan.yaml").text == "x" * 10
