"""Bytes in, text out: what is no text is refused by name before anything opens it."""

from __future__ import annotations

import codecs
from pathlib import Path

from callstats.sources.frames import Unreadable
from callstats.sources.sheet_files import is_spreadsheet

# What is read as a whole takes up to 20 times its size in memory (measured, 2026-11: 50 MB of
# NDJSON 992 MB, of a table 600), and a worker has a gigabyte. What is read in parts may be larger.
MAX_BYTES = 45 * 1024 * 1024

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "spreadsheet_not_supported"),
    (b"PK\x05\x06", "spreadsheet_not_supported"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet_not_supported"),
    (b"\x1f\x8b", "archive_not_supported"),
    (b"BZh", "archive_not_supported"),
    (b"\xfd7zXZ", "archive_not_supported"),
    (b"7z\xbc\xaf\x27\x1c", "archive_not_supported"),
    (b"Rar!", "archive_not_supported"),
    (b"%PDF", "not_text"),
    (b"\x89PNG", "not_text"),
    (b"\xff\xd8\xff", "not_text"),
    (b"GIF8", "not_text"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_text(
    path: str | Path,
    *,
    encoding: str | None = None,
    fallback: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> str:
    """The file as text without BOM. Raises Unreadable as `read_bytes` and `decode` do."""
    return decode(read_bytes(path, max_bytes=max_bytes), encoding=encoding, fallback=fallback)


def read_bytes(
    path: str | Path, *, max_bytes: int = MAX_BYTES, spreadsheets: bool = False
) -> bytes:
    """The file's bytes. Raises Unreadable: file_missing, not_a_file (a directory or device),

    empty_file, file_too_large (limit, size in bytes; nothing is read), and what
    `check_is_text` raises from the first bytes alone, so a zip bomb is never opened.
    With `spreadsheets` workbooks are let through, to be checked before they are opened.
    """
    place = Path(path)
    if not place.exists():
        raise Unreadable("file_missing", name=place.name)
    if not place.is_file():
        raise Unreadable("not_a_file", name=place.name)
    size = place.stat().st_size
    if size == 0:
        raise Unreadable("empty_file")
    with place.open("rb") as stream:
        start = stream.read(16)
        if not (spreadsheets and is_spreadsheet(start)):
            check_is_text(start)
        if size > max_bytes:
            raise Unreadable("file_too_large", limit=max_bytes, size=size)
        stream.seek(0)
        return stream.read(max_bytes + 1)


def check_is_text(start: bytes) -> None:
    """Raises Unreadable: spreadsheet_not_supported, archive_not_supported, not_text."""
    for magic, code in _MAGIC:
        if start.startswith(magic):
            raise Unreadable(code)


def decode(data: bytes, *, encoding: str | None = None, fallback: str | None = None) -> str:
    """Text from bytes: a BOM decides, then `encoding` (default UTF-8), then `fallback`.

    Raises Unreadable: empty_file, not_text (NUL characters), wrong_encoding with the
    encoding that was tried and the 1-based line where it broke.
    """
    check_is_text(data[:16])
    text = _without_bom(data)
    if text is None:
        text = _in(data, encoding or "utf-8", fallback)
    if not text.strip():
        raise Unreadable("empty_file")
    if "\x00" in text:
        raise Unreadable("not_text", line=text.count("\n", 0, text.index("\x00")) + 1)
    return text


def _without_bom(data: bytes) -> str | None:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _in(data[len(bom) :], name, None)
    return None


def _in(data: bytes, encoding: str, fallback: str | None) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\x00" in data[:1000]:
            raise Unreadable(
                "not_text", line=data.count(b"\n", 0, data.index(b"\x00")) + 1
            ) from None
        if fallback:
            return _in(data, fallback, None)
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable("wrong_encoding", encoding=encoding, line=line) from None
    _check_not_utf8_in_disguise(data, encoding)
    return text


def _check_not_utf8_in_disguise(data: bytes, encoding: str) -> None:
    """An 8-bit encoding reads UTF-8 without complaint, as «Ã¥»: named rather than stored."""
    if codecs.lookup(encoding).name not in {"cp1252", "iso8859-1", "iso8859-15"} or data.isascii():
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return
    line = next(n for n, row in enumerate(data.split(b"\n"), 1) if not row.isascii())
    raise Unreadable("wrong_encoding", encoding=encoding, line=line, found="utf-8")
