"""The parts of a zipped workbook, unpacked: are they what its table of contents says?

Called in the process of `sheet_reading` alone.
"""

from __future__ import annotations

import zipfile
import zlib

from callstats.sources.frames import Unreadable
from callstats.sources.sheet_files import ZIP_STARTS, unzipped
from callstats.sources.sheet_sizes import check_size, has_cells

_CHUNK = 1 << 20


def check_contents(data: bytes) -> None:
    """Of a workbook that `check_workbook` has let pass. Raises Unreadable: broken_spreadsheet

    (a part is other than declared), encrypted_spreadsheet, archive_too_large (limit).
    """
    if not data.startswith(ZIP_STARTS):
        return
    with unzipped(data) as archive:
        for each in archive.infolist():
            _check_member(archive, each, data)
        names = archive.namelist()
        if "content.xml" in names and b"encryption-data" in member(archive, _MANIFEST):
            raise Unreadable("encrypted_spreadsheet")
        for name in filter(has_cells, names):
            check_size(name, archive.read(name))


_MANIFEST = "META-INF/manifest.xml"


def member(archive: zipfile.ZipFile, name: str, *, limit: int | None = None) -> bytes:
    """A part; empty where there is none. Raises Unreadable archive_too_large (limit)."""
    if name not in archive.namelist():
        return b""
    if limit is not None and archive.getinfo(name).file_size > limit:
        raise Unreadable("archive_too_large", limit=limit)
    return archive.read(name)


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
