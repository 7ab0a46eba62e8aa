"""Numbers and days of a claim: organisation number, account, id, due date. Plain Python."""

from __future__ import annotations

import re
from datetime import date, timedelta

from holidays import country_holidays
from stdnum.no import kontonr, orgnr

DUE_AFTER_DAYS = 30
ID_DIGITS = 4
SERIES = re.compile(r"[A-Z0-9]{1,12}")
NINE_DIGITS = re.compile(r"[1-9][0-9]{8}")
ELEVEN_DIGITS = re.compile(r"[0-9]{11}")
DAY = timedelta(days=1)
SATURDAY = 6


class ClaimFault(ValueError):
    """A claim cannot be like that; `code` says why and `field` what to change."""

    def __init__(self, code: str, *, field: str) -> None:
        super().__init__(f"{code}: {field}")
        self.code, self.field = code, field


def is_org_number(text: str) -> bool:
    """Whether it is nine digits, unspaced, of which the last is the right check digit (modulus 11).

    Enhetsregisteret; Peppol's rule PEPPOL-COMMON-R041.

    >>> is_org_number("938801363"), is_org_number("938801364"), is_org_number("938 801 363")
    (True, False, False)
    """
    return bool(NINE_DIGITS.fullmatch(text)) and orgnr.is_valid(text)


def is_account_number(text: str) -> bool:
    """Whether it is eleven digits, unspaced, of which the last is the right check digit.

    >>> is_account_number("86011117947"), is_account_number("86011117949")
    (True, False)
    """
    return bool(ELEVEN_DIGITS.fullmatch(text)) and kontonr.is_valid(text)


def vat_number(org_number: str) -> str:
    """The organisation number as a VAT identifier of an invoice (Peppol's rule NO-R-001).

    >>> vat_number("938801363")
    'NO938801363MVA'
    """
    return f"NO{org_number}MVA"


def claim_id(*, series: str, number: int) -> str:
    """The number on the invoice: a series of the host's own, and a number that runs without gaps.

    Sales documents have numbers from a series that can be checked (bokføringsforskriften § 5-1-1),
    so that the series must differ from those of the host's accounting system. Raises ClaimFault.

    >>> claim_id(series="LV2026", number=7)
    'LV2026-0007'
    """
    if not SERIES.fullmatch(series):
        raise ClaimFault("bad_series", field="series")
    if number < 1:
        raise ClaimFault("bad_number", field="number")
    return f"{series}-{number:0{ID_DIGITS}d}"


def due_date(*, issue_date: date, days: int = DUE_AFTER_DAYS) -> date:
    """So many days after the issue; a day without banks moves it to the next with them.

    Gjeldsbrevlova § 5: what falls due on a Saturday or a public holiday is paid the next working
    day.

    >>> due_date(issue_date=date(2026, 3, 2))  # 1 April 2026, the day before Maundy Thursday
    datetime.date(2026, 4, 1)
    >>> due_date(issue_date=date(2026, 3, 3))
    datetime.date(2026, 4, 7)
    """
    due = issue_date + timedelta(days=days)
    while due.isoweekday() >= SATURDAY or due in country_holidays("NO", years=due.year):
        due += DAY
    return due
