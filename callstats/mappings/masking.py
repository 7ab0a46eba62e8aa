"""Values of a sample as they may be shown: a call log has the callers' numbers in it."""

from __future__ import annotations

import re

from callstats.feeds.lines import masked

LONGEST = 60
MARK = "…"
_DATE = r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4})"
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?(?: ?[AaPp][Mm])?(?: ?(?:Z|[+-]\d\d:?\d\d))?"
# Eight digits that are a date, seconds or milliseconds since 1970: none is a phone number.
_COMPACT_DATE = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:[T ]?\d{4,6})?Z?"
_EPOCH = r"1[4-9]\d{8}(?:\d{3})?(?:[.,]\d{1,6})?"
_MOMENT = re.compile(rf"(?:{_DATE}(?:[T, ]+{_CLOCK})?|{_CLOCK}|{_COMPACT_DATE}|{_EPOCH})")


def shown(value: str) -> str:
    """The value, with whatever looks like a phone number cut to two characters and its length.

    A date, a time or an epoch stays as it is: without it nobody could say how it is written.
    """
    if _MOMENT.fullmatch(value.strip()):
        return value.strip()[:LONGEST]
    return masked(value)[:LONGEST]
