"""Refused rows as CSV, as a spreadsheet program in Norway opens it."""

from __future__ import annotations

import csv
import io

from callstats.imports.answers import refused_rows
from callstats.imports.messages import of_row
from callstats.imports.models import CallImport

HEADER = ("line", "index", "id", "field", "code", "value", "reason")
RISKY = ("=", "+", "-", "@", "\t", "\r")


def refused_csv(call_import: CallImport) -> str:
    """Every refused row: UTF-8 with BOM, semicolon; no cell can act as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in refused_rows(call_import).iterator():
        cells = (row.line, row.index, row.external_id, row.field, row.code, row.value)
        writer.writerow([*map(harmless, cells), of_row(row.code)])
    return "\ufeff" + out.getvalue()


def harmless(cell) -> str:
    """The cell's text; what a spreadsheet would run as a formula gets an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(RISKY) else text
