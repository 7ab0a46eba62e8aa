"""Is a workbook safe to open, and a workbook at all? Told from the bytes, before opening."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from callstats.sources.frames import Unreadable
from callstats.sources.sheet_sizes import check_size

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A month of calls unpacks to some tens of megabytes; XML packs to a twentieth, seldom a fiftieth.
MAX_UNPACKED = 1024**3
_FREE_OF_RATIO = 32 * 1024**2
_MAX_RATIO = 150
_MAX_MEMBERS = 2_000
_CHUNK = 1 << 20
_IS_ENCRYPTED = 0x1
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def is_spreadsheet(data: bytes) -> bool:
    """By its first bytes: a zip (XLSX, XLSM, ODS) or an OLE file (XLS)."""
    return data.startswith((*ZIP_STARTS, OLE_START))


def check_workbook(data: bytes) -> None:
    """Raises Unreadable: encrypted_spreadsheet, broken_spreadsheet (cut, or other than it

    says), archive_too_large (limit), archive_not_supported (a zip that is no workbook).
    """
    if data.startswith(OLE_START):
        if _ENCRYPTED_PACKAGE in data:
            raise Unreadable("encrypted_spreadsheet")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(archive, data)
        check_size(data)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError):
        raise Unreadable("broken_spreadsheet") from None


def is_1904(data: bytes) -> bool:
    """Whether the workbook counts its days from 1904: an XLSX says so in workbook.xml, an

    XLS in its record 0x0022, which always stands alike.
    """
    if data.startswith(OLE_START):
        told = re.search(rb"\x22\x00\x02\x00([\x00\x01])\x00", data)
        return told is not None and told[1] == b"\x01"
    return re.search(rb'date1904="(?:1|true)"', member(data, "xl/workbook.xml")) is not None


def is_ods(data: bytes) -> bool:
    """Of a workbook already checked."""
    return bool(member(data, "content.xml"))


def member(data: bytes, name: str) -> bytes:
    """A part of a zipped workbook already checked; empty where there is none."""
    if not data.startswith(ZIP_STARTS):
        return b""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name) if name in archive.namelist() else b""


def _check_archive(archive: zipfile.ZipFile, data: bytes) -> None:
    members = archive.infolist()
    unpacked = sum(each.file_size for each in members)
    if unpacked > MAX_UNPACKED or len(members) > _MAX_MEMBERS:
        raise Unreadable("archive_too_large", limit=MAX_UNPACKED)
    if unpacked > _FREE_OF_RATIO and unpacked > _MAX_RATIO * len(data):
        raise Unreadable("archive_too_large", limit=MAX_UNPACKED)
    names = {each.filename for each in members}
    if not names & {"xl/workbook.xml", "content.xml", "xl/workbook.bin"}:
        raise Unreadable("archive_not_supported")
    if any(each.flag_bits & _IS_ENCRYPTED for each in members):
        raise Unreadable("encrypted_spreadsheet")
    for each in members:
        _check_member(archive, each, data)
    if "content.xml" in names and b"encryption-data" in _manifest(archive):
        raise Unreadable("encrypted_spreadsheet")


def _manifest(archive: zipfile.ZipFile) -> bytes:
    name = "META-INF/manifest.xml"
    return archive.read(name) if name in archive.namelist() else b""


def _check_member(archive: zipfile.ZipFile, each: zipfile.ZipInfo, data: bytes) -> None:
    """A zip that unpacks to more than it declares is a bomb, to less is cut."""
    start = each.header_offset
    if data[start : start + 4] != ZIP_STARTS[0]:
        raise Unreadable("broken_spreadsheet")
    archive.open(each).close()  # raises where its name there differs
    if each.compress_type != zipfile.ZIP_DEFLATED:
        return
    names = data[start + 26 : start + 30]
    begins = start + 30 + int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
    packed = data[begins : begins + each.compress_size]
    if _unpacked(packed, each.file_size) != (each.file_size, each.CRC):
        raise Unreadable("broken_spreadsheet")


def _unpacked(packed: bytes, declared: int) -> tuple[int, int]:
    """Its true size (or a little more than declared) and its checksum."""
    stream, size, check, rest = zlib.decompressobj(-zlib.MAX_WBITS), 0, 0, packed
    while size <= declared and not stream.eof:
        part = stream.decompress(rest, _CHUNK)
        if not part and not stream.unconsumed_tail:
            break
        size, check, rest = size + len(part), zlib.crc32(part, check), stream.unconsumed_tail
    return size, check
