"""Refused rows as CSV, as a spreadsheet program in Norway opens it."""

from __future__ import annotations

import csv
import io

from callstats.imports.answers import index_of, refused_rows
from callstats.imports.messages import of_row
from callstats.imports.models import CallImport
from legevakt.lib.spreadsheets import harmless

HEADER = ("line", "index", "id", "field", "code", "value", "reason")


def refused_csv(call_import: CallImport) -> str:
    """Every refused row: UTF-8 with BOM, semicolon; no cell can act as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in refused_rows(call_import).iterator():
        index = index_of(row, of=call_import)
        cells = (row.line, index, row.external_id, row.field, row.code, row.value)
        writer.writerow([*map(_cell, cells), of_row(row.code)])
    return "\ufeff" + out.getvalue()


def _cell(value: str | int | None) -> str:
    return "" if value is None else harmless(str(value))
