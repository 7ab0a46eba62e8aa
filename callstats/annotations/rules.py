"""What may not stand in a note: no telephone number, no national identity number."""

from __future__ import annotations

import re

from callstats.feeds.lines import PHONE_NUMBER

_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_DATE = rf"\d{{4}}-\d{{2}}-\d{{2}}|{_DAY}\.\s?{_MONTH}\.(?:\s?\d{{4}}|\d{{2}})?(?!\.?\d)"
_CLOCK = r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?=\s?[-–]\s?\d{1,2}[:.]\d{2}(?!\d))"
_WHEN = re.compile(rf"(?<![\d.])(?:{_DATE}|{_CLOCK})")
_EIGHT_OR_MORE = re.compile(r"\d{8,}")


def holds_number(text: str) -> bool:
    """Whether something in the text looks like a telephone number or an identity number.

    Dates, times and short numbers such as 116 117 do not.

    >>> holds_number("Ring 56 34 90 00"), holds_number("010190 12345"), holds_number("56349000")
    (True, True, True)
    >>> holds_number("116 117 was out from 24.10.2025 12.30-14.45, 1 200 calls")
    False
    """
    told = _WHEN.sub(" – ", text)
    return bool(PHONE_NUMBER.search(told) or _EIGHT_OR_MORE.search(told))
