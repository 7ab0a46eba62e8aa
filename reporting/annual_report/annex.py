"""Every table of the report as files: a workbook, or CSV files in a zip, in the active language.

They are made from the frozen figures, so the same report always gives the same numbers. What is
hidden in the document, since it is of few calls, is hidden here too.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table, as_csv, as_workbook
from reporting.annual_report import annex_tables
from reporting.annual_report.document.chapters import chapters_of
from reporting.annual_report.document.written import Written

Figures = dict[str, Any]

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")  # in the name of a sheet
LONGEST_NAME = 31  # of a sheet, by Excel
EPOCH = (1980, 1, 1, 0, 0, 0)  # of a zip's parts: the same tables, the same bytes


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A table of the annex, numbered within its chapter: 3.2."""

    number: str
    chapter: str
    table: Table


def tables_of(figures: Figures, *, written: Written) -> list[Numbered]:
    """The tables of every chapter in the report, whole, in their order."""
    found = []
    for chapter in chapters_of(figures, written=written):
        own = annex_tables.COMMON.get(chapter["code"], lambda figures: [])(figures)
        told = [table for section in chapter["sections"] for table in _told(section)]
        found += [
            Numbered(number=f"{chapter['number']}.{place}", chapter=chapter["title"], table=table)
            for place, table in enumerate([*own, *told], start=1)
        ]
    return found


def _told(section: Figures) -> list[Table]:
    page = section["page"]
    return [each.table for each in page.charts] + [each for each in page.tables if each.rows]


def workbook(figures: Figures, *, written: Written) -> bytes:
    """A sheet of contents, then a sheet for each table."""
    found = tables_of(figures, written=written)
    sheets = {_sheet_name(each): each.table for each in found}
    first = {_("Contents"): _contents(figures, found)}
    return as_workbook(first | sheets, made_at=datetime.fromisoformat(figures["figures_at"]))


def csv_files(figures: Figures, *, written: Written) -> bytes:
    """A zip with a list of contents, and a CSV file for each table."""
    found = tables_of(figures, written=written)
    files = {"0.csv": _contents(figures, found)}
    files |= {f"{each.number}.csv": each.table for each in found}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in files.items():
            archive.writestr(_part(name), as_csv(table))
    return content.getvalue()


def _part(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, date_time=EPOCH)
    made.compress_type, made.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return made


def _contents(figures: Figures, found: list[Numbered]) -> Table:
    """What stands where, and which figures they are."""
    rows = [Row((each.number, each.chapter, each.table.caption)) for each in found]
    told = annex_tables.about(figures)
    return Table(
        _("Contents"),
        (_("Table"), _("Chapter"), _("What it shows")),
        (*rows, *(Row(("", name, value)) for name, value in told)),
    )


def _sheet_name(each: Numbered) -> str:
    """The number and as much of the caption as there is room for: unique by the number."""
    caption = FORBIDDEN.sub(" ", each.table.caption)
    return f"{each.number} {caption}"[:LONGEST_NAME].rstrip()


FORMATS: dict[str, tuple[Callable[..., bytes], str]] = {
    "xlsx": (workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": (csv_files, "application/zip"),
}
