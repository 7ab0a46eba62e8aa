"""The hours of the week as a table: 24 rows, seven days."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format

from reporting.annual_report.document.numbers import NOTHING
from reporting.annual_report.rules import SMALLEST_CELL


def shown_share(cell: dict[str, Any]) -> float | None:
    """The cell's share, or None where it has too few calls to tell anything."""
    if cell["denominator"] < SMALLEST_CELL:
        return None
    return cell["numerator"] / cell["denominator"]


def week_rows(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`hour` as 00–01 and `days`: the percent of each weekday, Monday first, as text."""
    found = {(cell["weekday"], cell["hour"]): cell for cell in cells}
    return [
        {
            "hour": f"{hour:02d}–{hour + 1:02d}",
            "days": [_percent(found[weekday, hour]) for weekday in range(1, 8)],
        }
        for hour in range(24)
    ]


def has_hidden_cells(cells: list[dict[str, Any]]) -> bool:
    """Whether any cell is left out for its few calls."""
    return any(shown_share(cell) is None for cell in cells)


def _percent(cell: dict[str, Any]) -> dict[str, str]:
    share = shown_share(cell)
    if share is None:
        return {"percent": NOTHING, "calls": ""}
    whole = (200 * cell["numerator"] + cell["denominator"]) // (2 * cell["denominator"])
    return {
        "percent": str(whole),
        "calls": number_format(cell["denominator"], force_grouping=True),
    }
