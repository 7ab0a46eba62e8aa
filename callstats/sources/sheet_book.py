"""What an XLSX says of itself: its calendar, and which part holds which sheet."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from callstats.sources.frames import Unreadable
from callstats.sources.sheet_contents import member
from callstats.sources.sheet_files import OLE_START, unzipped

# Both list the sheets, and a workbook has few.
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_LONGEST = 16 * 1024**2
_Attributes = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Book:
    """`is_1904`: days are counted from 1904. `places`: the part of the zip of each sheet."""

    is_1904: bool
    places: dict[str, str]


def book_of(data: bytes) -> Book:
    """Of a workbook already checked; XLS and ODS have no places. Raises Unreadable:

    broken_spreadsheet (no XML), archive_too_large (limit).
    """
    if data.startswith(OLE_START):
        told = re.search(rb"\x22\x00\x02\x00([\x00\x01])\x00", data)  # the record DATEMODE
        return Book(is_1904=told is not None and told[1] == b"\x01", places={})
    with unzipped(data) as archive:
        book, links = (member(archive, name, limit=_LONGEST) for name in (_BOOK, _LINKS))
    return _book(_elements(book), _elements(links))


def _book(elements: list[tuple[str, _Attributes]], links: list[tuple[str, _Attributes]]) -> Book:
    targets = {
        link.get("Id", ""): link.get("Target", "") for name, link in links if name == "Relationship"
    }
    sheets = [(told.get("name", ""), _link(told)) for name, told in elements if name == "sheet"]
    return Book(
        is_1904=any(told.get("date1904") in ("1", "true") for _, told in elements),
        places={name: _place(targets[link]) for name, link in sheets if link in targets},
    )


def _link(sheet: _Attributes) -> str:
    """`r:id`, by whatever prefix."""
    return next((value for name, value in sheet.items() if name.endswith(":id")), "")


def _place(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _elements(xml: bytes) -> list[tuple[str, _Attributes]]:
    """(name without its prefix, attributes) of those that tell something, in order."""
    found: list[tuple[str, _Attributes]] = []

    def begins(name: str, attributes: _Attributes) -> None:
        local = name.rpartition(":")[2]
        if local in _TELLING:
            found.append((local, attributes))

    if xml:
        _parse(xml, begins)
    return found


_TELLING = ("sheet", "workbookPr", "Relationship")


def _parse(xml: bytes, begins: Callable[[str, _Attributes], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    try:
        parser.Parse(xml, True)  # noqa: FBT003 (it takes no keyword)
    except (expat.ExpatError, ValueError, LookupError):
        raise Unreadable("broken_spreadsheet") from None
