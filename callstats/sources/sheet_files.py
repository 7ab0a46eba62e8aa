"""Is a workbook one that may be opened? Told from its first bytes and its table of contents.

No part of it is unpacked here: that is for the process of `sheet_reading`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from callstats.sources.frames import Unreadable

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A month of calls unpacks to some tens of megabytes; XML packs to a twentieth, seldom a fiftieth.
MAX_UNPACKED = 1024**3
_FREE_OF_RATIO = 32 * 1024**2
_MAX_RATIO = 150
_MAX_MEMBERS = 2_000
_IS_ENCRYPTED = 0x1
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def is_spreadsheet(data: bytes) -> bool:
    """By its first bytes: a zip (XLSX, XLSM, ODS) or an OLE file (XLS)."""
    return data.startswith((*ZIP_STARTS, OLE_START))


def check_workbook(data: bytes) -> None:
    """Raises Unreadable: encrypted_spreadsheet, broken_spreadsheet (cut),

    archive_too_large (limit), archive_not_supported (a zip that is no workbook).
    """
    if data.startswith(OLE_START):
        if _ENCRYPTED_PACKAGE in data:
            raise Unreadable("encrypted_spreadsheet")
        return
    with unzipped(data) as archive:
        _check_declared(archive.infolist(), packed=len(data))


@contextmanager
def unzipped(data: bytes) -> Iterator[zipfile.ZipFile]:
    """Raises Unreadable broken_spreadsheet, also for what is found while it is open."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError):
        raise Unreadable("broken_spreadsheet") from None


def _check_declared(members: list[zipfile.ZipInfo], *, packed: int) -> None:
    unpacked = sum(each.file_size for each in members)
    if unpacked > MAX_UNPACKED or len(members) > _MAX_MEMBERS:
        raise Unreadable("archive_too_large", limit=MAX_UNPACKED)
    if unpacked > _FREE_OF_RATIO and unpacked > _MAX_RATIO * packed:
        raise Unreadable("archive_too_large", limit=MAX_UNPACKED)
    names = {each.filename for each in members}
    if not names & {"xl/workbook.xml", "content.xml", "xl/workbook.bin"}:
        raise Unreadable("archive_not_supported")
    if any(each.flag_bits & _IS_ENCRYPTED for each in members):
        raise Unreadable("encrypted_spreadsheet")
