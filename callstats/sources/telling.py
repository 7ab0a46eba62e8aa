"""What of a refused row's own text may be kept: nothing that could be a name or a number called.

One stray delimiter moves every column, and then the caller stands where the time does. So a
text is kept only where it has the form of what its column holds, right or wrong.
"""

from __future__ import annotations

import re

import polars as pl

# A day, a clock, or both, with or without an offset: the parts are parted, so no eight digits.
TIME = (
    r"^(?:[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}(?:[ T,]+|$))?"
    r"(?:[0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2})?(?:[.,][0-9]{1,9})?)?"
    r" ?(?:[AaPp]\.?[Mm]\.?)?(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})?$"
)
# A number of up to seven digits, or a clock, perhaps with its unit.
LENGTH = r"^[-+\u2212]?[0-9]{0,7}(?:[.,:][0-9]{1,3}){0,3} ?(?:%|ms|s|sek|sec|min|m|h|t|d)?$"
FORMS = {
    **dict.fromkeys(("arrived_at", "answered_at", "ended_at"), TIME),
    **dict.fromkeys(("wait_seconds", "talk_seconds", "announcement_seconds", "version"), LENGTH),
}


def told(field: str, text: str) -> str | None:
    """The text, or None where it is not of the form that its field has."""
    form = FORMS.get(field)
    return text if form is None or re.search(form, text) else None


def tellable(field: str) -> pl.Expr:
    """The text of that column, null where it is not of the form that its field has."""
    return pl.when(pl.col(field).str.contains(FORMS[field])).then(pl.col(field))
