"""A sample of any kind: its bytes, and laid out as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from callstats.mappings.json_layouts import layout_of_json
from callstats.mappings.layouts import Layout, layout_of_text
from callstats.mappings.sheet_layouts import layout_of_workbook
from callstats.sources.files import read_bytes
from callstats.sources.sheet_files import is_spreadsheet
from callstats.sources.table_mapping import is_json

LAYOUT_KEYS = (
    "format",
    "encoding",
    "delimiter",
    "quote",
    "header_line",
    "footer_regex",
    "sheet",
    "records",
    "time_formats",
)


def bytes_of(path: Path) -> bytes:
    """The sample as it came in. Raises Unreadable for what is neither text nor a workbook."""
    return read_bytes(path, spreadsheets=True)


def layout_of(data: bytes, *, mapping: dict[str, Any]) -> Layout:
    """As far as the mapping says how the file is written; the rest of it may be incomplete.

    Raises Unreadable where the file cannot be read, or has no line with column names.
    """
    mapping = {key: mapping[key] for key in LAYOUT_KEYS if key in mapping} | {
        "columns": mapping.get("columns") or {}
    }
    if is_spreadsheet(data):
        return layout_of_workbook(data, mapping=mapping)
    if is_json(mapping):
        return layout_of_json(data, mapping=mapping)
    return layout_of_text(data, mapping=mapping)
