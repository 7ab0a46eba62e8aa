"""Workbooks made for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter
import xlwt

ODS = "application/vnd.oasis.opendocument.spreadsheet"
_FORMATS = {
    "date": "dd.mm.yyyy",
    "time": "hh:mm:ss",
    "moment": "dd.mm.yyyy hh:mm",
    "span": "[h]:mm",
}


class Shown:
    """A number that a spreadsheet shows as a time: `kind` date, time, moment or span."""

    def __init__(self, value: Any, kind: str) -> None:
        self.value, self.kind = value, kind


def xlsx(rows: Sequence[Sequence[Any]], **options: Any) -> bytes:
    """One sheet «Anrop»; options are xlsxwriter's."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, **options}) as book:
        fill(book, book.add_worksheet("Anrop"), rows)
    return kept.getvalue()


def fill(book: Any, sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, Shown):
                shown = book.add_format({"num_format": _FORMATS[value.kind]})
                write = sheet.write_number if isinstance(value.value, float) else sheet.write
                write(r, c, value.value, shown)
            elif isinstance(value, str):
                sheet.write_string(r, c, value)
            else:
                sheet.write(r, c, value)


def xls(rows: Sequence[Sequence[Any]], *, is_1904: bool = False) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = is_1904
    sheet = book.add_sheet("Anrop")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, Shown):
                sheet.write(r, c, value.value, xlwt.easyxf(num_format_str=_FORMATS[value.kind]))
            elif value is not None:
                sheet.write(r, c, value)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """Cells are XML attributes and text: `cell`."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Ark1">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
        "</manifest:manifest>"
    )
    return zipped({"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": manifest})


def cell(value: str, kind: str = "string") -> str:
    name = {"string": "string", "float": "value", "date": "date-value", "time": "time-value"}[kind]
    given = "" if kind == "string" else f' office:{name}="{value}"'
    return (
        f'<table:table-cell office:value-type="{kind}"{given}>'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def zipped(members: dict[str, str | bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, text, how)
    return kept.getvalue()


def with_members(data: bytes, members: dict[str, str | bytes]) -> bytes:
    """The same zip with more in it, or with other content of the same name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    return zipped(old | members)


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
