"""Formulas that were never worked out: the cell holds the question, not the answer."""

from __future__ import annotations

import posixpath
import re

from callstats.sources.sheet_files import member

_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*\bname="([^"]*)"[^>]*\bid="([^"]*)"')
_LINK = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_CELL = re.compile(
    rb'<c\b[^>]*\br="([A-Z]{1,3})(\d+)"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*'
    rb"(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_ENTITIES = (
    (b"&lt;", b"<"),
    (b"&gt;", b">"),
    (b"&quot;", b'"'),
    (b"&apos;", b"'"),
    (b"&amp;", b"&"),
)


def unvalued(data: bytes, *, sheet: str) -> set[tuple[int, int]]:
    """(0-based column from A, 1-based row) of each formula stored without its value.

    An XLSX may lack the value where a program wrote it that does not calculate; XLS and ODS
    always hold one.
    """
    xml = member(data, _place(data, sheet))
    if b"<f" not in xml:
        return set()
    return {(_column(found[1]), int(found[2])) for found in _CELL.finditer(xml)}


def _place(data: bytes, sheet: str) -> str:
    links = dict(map(_target, _LINK.findall(member(data, "xl/_rels/workbook.xml.rels"))))
    for name, link in _SHEET.findall(member(data, "xl/workbook.xml")):
        if _plain(name) == sheet and link in links:
            return posixpath.normpath(posixpath.join("/xl", links[link].decode())).lstrip("/")
    return ""


def _target(link: bytes) -> tuple[bytes, bytes]:
    found = [re.search(rb'\b%s="([^"]*)"' % name, link) for name in (b"Id", b"Target")]
    return found[0][1] if found[0] else b"", found[1][1] if found[1] else b""


def _plain(name: bytes) -> str:
    for entity, letter in _ENTITIES:
        name = name.replace(entity, letter)
    return name.decode("utf-8", "replace")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
