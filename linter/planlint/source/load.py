"""Bytes to `Source` and back: encodings, byte-order marks, and everything that can be wrong with a file."""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path

from planlint.source.text import Source

MAX_BYTES = 64 * 1024 * 1024
"""Largest input in bytes. Reading 80 MB of YAML takes 3.7 s and 0.75 GiB (`benchmarks`); no plan is that large."""

_BINARY_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)


class SourceError(Exception):
    """An input that cannot become text: `code` (`PL001`, or `PL006` when too large), `message`, `help` or None."""

    def __init__(self, code: str, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help


def read_source(path: Path, shown: str) -> Source:
    """The file at `path` as a `Source` that calls itself `shown`.

    Raises `SourceError` when the file is missing, a directory or device, unreadable, too large, or no text.
    """
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) and not stat.S_ISFIFO(status.st_mode):
                raise SourceError("PL001", f"{shown} is not a regular file")
            _refuse_size(status.st_size, shown)
            # A pipe has no size beforehand, and a file may grow: never read more than one byte past the limit.
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SourceError("PL001", f"{shown} does not exist", _did_you_mean(path, shown)) from None
    except IsADirectoryError:
        raise SourceError("PL001", f"{shown} is a directory, not a file", "name a file inside it") from None
    except PermissionError:
        # Windows answers a directory with this error.
        if path.is_dir():
            raise SourceError("PL001", f"{shown} is a directory, not a file", "name a file inside it") from None
        raise SourceError("PL001", f"no permission to read {shown}", "allow reading it, or exclude it") from None
    except (OSError, ValueError) as error:
        # ValueError: a path with a NUL character in it.
        raise SourceError("PL001", f"cannot read {shown}: {_reason(error)}") from None
    return decode(data, shown)


def decode(data: bytes, shown: str) -> Source:
    """`data` as a `Source`: UTF-8 with or without a byte-order mark, or UTF-16 with one.

    Raises `SourceError` for anything else, naming the first byte that is wrong.
    """
    _refuse_size(len(data), shown)
    encoding, mark = "utf-8", b""
    for candidate, signature in (
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ):
        if data.startswith(signature):
            encoding, mark = candidate, signature
            break
    for signature, name in _BINARY_SIGNATURES:
        if data.startswith(signature):
            raise SourceError("PL001", f"{shown} is {name}, not text")
    content = data[len(mark) :]
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(*_undecodable(content, shown, encoding, error.start, len(mark))) from None
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        hint = "it looks like UTF-16 without a byte-order mark; save it as UTF-8" if text.count("\0") > 3 else None
        raise SourceError("PL001", f"{shown} holds a NUL character on line {line}, so it is not text", hint)
    return Source(shown, text, encoding=encoding, bom=bool(mark))


def encode(source: Source, text: str) -> bytes:
    """`text` as bytes in the encoding of `source`, with its byte-order mark where it had one.

    Lone surrogates, which no encoding can hold, become `?`.
    """
    mark = "\ufeff" if source.bom else ""
    return (mark + text).encode(source.encoding, "replace")


def _refuse_size(size: int, shown: str) -> None:
    if size > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise SourceError("PL006", f"{shown} is larger than {limit} MB", "split it, or exclude it from the check")


def _undecodable(content: bytes, shown: str, encoding: str, start: int, mark_size: int) -> tuple[str, str, str | None]:
    """Code, message and help for bytes that are not in `encoding`."""
    if encoding == "utf-8":
        line = content.count(b"\n", 0, start) + 1
        where = f"byte 0x{content[start]:02x} at offset {start + mark_size} (line {line})"
    else:
        line = content[:start].decode(encoding, "replace").count("\n") + 1
        where = f"offset {start + mark_size} (line {line})"
    return "PL001", f"{shown} is not {encoding.upper()}: {where}", "save it as UTF-8"


def _did_you_mean(path: Path, shown: str) -> str | None:
    """A name in the same directory that looks like the missing one, as a sentence."""
    from difflib import get_close_matches

    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for entry, _ in zip(entries, range(2000), strict=False)]
    except (OSError, ValueError):
        return None
    close = get_close_matches(path.name, names, n=1, cutoff=0.6)
    if not close:
        lower = {name.lower(): name for name in names}
        close = [lower[path.name.lower()]] if path.name.lower() in lower else []
    if not close:
        return None
    directory = shown[: len(shown) - len(path.name)] if shown.endswith(path.name) else ""
    return f"did you mean {directory}{close[0]}?"


def _reason(error: OSError | ValueError) -> str:
    """What the operating system says, without the path."""
    if isinstance(error, OSError):
        if error.errno == errno.ELOOP:
            return "its symbolic links go round in circles"
        return (error.strerror or str(error)).lower()
    return str(error)
