"""One cell of an accounts file: a code, a month or an amount. No Django here."""

from __future__ import annotations

import re
from decimal import Decimal

from legevakt.lib.money import AmountError, Unit, parsed, rounded

MONTHS = ("jan", "feb", "mar", "apr", "ma[iy]", "jun", "jul", "aug", "sep", "o[kc]t", "nov", "des")
_CODE = re.compile(r"(?P<code>[0-9]{1,3})(?:\.0+)?(?:[ -].*)?")
_PERIOD = re.compile(r"(?:(?P<year>20\d\d)[-./ ]?)?(?P<month>\d{1,2})(?:\.0+)?")
_REVERSED = re.compile(r"(?P<month>\d{1,2})[-./ ](?P<year>20\d\d)")
_NOISE = re.compile(r"[-+]?\d{1,13}\.\d{7,}")
MOST = Decimal(10) ** 11


class BadCell(ValueError):
    """`code` is a key of words.ROW; `given` the value where it may be shown."""

    def __init__(self, code: str, given: str = "", *, field: str = "") -> None:
        super().__init__(code)
        self.code, self.given, self.field = code, given, field


def code_of(value: str) -> str:
    """Three digits; Excel drops the noughts before them. A name may stand after a blank.

    >>> code_of("10"), code_of("241 Diagnose og behandling"), code_of("010.0")
    ('010', '241', '010')
    """
    found = _CODE.fullmatch(value)
    if found is None:
        raise BadCell("not_a_code", shown(value))
    return found["code"].zfill(3)


def month_of(value: str, *, year: int) -> int:
    """1 to 12 from 3, 202503, 2025-03, 03.2025 or mars.

    Periods 13 to 15 are the closing entries of the year and count in December.

    >>> [month_of(each, year=2025) for each in ("3", "202503", "Mars", "202513", "03.2025")]
    [3, 3, 3, 12, 3]
    """
    for number, name in enumerate(MONTHS, 1):
        if re.match(name, value, re.IGNORECASE):
            return number
    found = _PERIOD.fullmatch(value) or _REVERSED.fullmatch(value)
    if found is None or not 1 <= int(found["month"]) <= 15:
        raise BadCell("not_a_month", shown(value))
    if found["year"] and int(found["year"]) != year:
        raise BadCell("other_year", shown(value))
    return min(int(found["month"]), 12)


def amount_of(value: str) -> Decimal:
    """Kroner, by legevakt.lib.money; a workbook's 1234.5000000001 is 1234.50.

    >>> amount_of("−1 234,5"), amount_of("1234.5000000001")
    (Decimal('-1234.50'), Decimal('1234.50'))
    """
    if _NOISE.fullmatch(value):
        return rounded(Decimal(value), Unit.ORE)
    try:
        amount = parsed(value)
    except AmountError as error:
        raise BadCell(error.code, shown(value)) from error
    if abs(amount) >= MOST:
        raise BadCell("too_large", shown(value))
    return amount.quantize(Decimal("0.01"))


def shown(value: str) -> str:
    """The value, unless it has letters: a text may name somebody.

    >>> shown("1.234"), shown("Kari Nordmann")
    ('1.234', '')
    """
    return "" if re.search(r"[^\W\d_]", value) else value[:20]
