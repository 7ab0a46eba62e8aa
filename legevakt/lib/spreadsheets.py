"""Cells for a spreadsheet: text that came from outside is never run as a formula."""

from __future__ import annotations

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: str) -> str:
    """The cell as text; an apostrophe comes before what a spreadsheet would calculate.

    Source: OWASP, CSV Injection.

    >>> harmless("=1+1")
    "'=1+1"
    >>> harmless("Os")
    'Os'
    """
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell
