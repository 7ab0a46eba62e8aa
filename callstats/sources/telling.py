"""What of a refused row's own text may be kept: nothing that could be a name or a number called.

One stray delimiter moves every column, and then the caller stands where the time does. So a
text is kept only where it has the form of what its column holds, right or wrong.
"""

from __future__ import annotations

import re

import polars as pl

from callstats.sources.frames import LONGEST_VALUE

# A day, a clock, or both, with or without an offset: the parts are parted, so no eight digits.
TIME = (
    r"^(?:[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}(?:[ T,]+|$))?"
    r"(?:[0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2})?(?:[.,][0-9]{1,9})?)?"
    r" ?(?:[AaPp]\.?[Mm]\.?)?(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})?$"
)
# A number of up to seven digits, or a clock, perhaps with its unit.
LENGTH = r"^[-+\u2212]?[0-9]{0,7}(?:[.,:][0-9]{1,3}){0,3} ?(?:%|ms|s|sek|sec|min|m|h|t|d)?$"
# A status is kept, for it is to be mapped: but none that holds a number, or is a note.
_LONGEST_WORD = 40
_DIGITS = re.compile(r"[0-9](?:[ .()\-\u00a0]?[0-9]){4}")
FORMS = {
    **dict.fromkeys(("arrived_at", "answered_at", "ended_at"), TIME),
    **dict.fromkeys(("wait_seconds", "talk_seconds", "announcement_seconds", "version"), LENGTH),
}
TELLABLE = frozenset({*FORMS, "outcome"})


def told(field: str, text: str) -> str | None:
    """The text, or None where it is not of the form that its field has."""
    if field == "outcome":
        return text if len(text) <= _LONGEST_WORD and not _DIGITS.search(text) else None
    form = FORMS.get(field)
    return text if form is None or re.search(form, text) else None


def name_told(name: str) -> str:
    """The name of a field that is not known, or «?» where a value may have got in its place."""
    return "?" if _DIGITS.search(name) else name[:LONGEST_VALUE]


def tellable(field: str) -> pl.Expr:
    """The text of that column, null where it is not of the form that its field has."""
    text = pl.col(field)
    if field == "outcome":
        is_word = (text.str.len_chars() <= _LONGEST_WORD) & ~text.str.contains(_DIGITS.pattern)
        return pl.when(is_word).then(text)
    return pl.when(text.str.contains(FORMS[field])).then(text)
