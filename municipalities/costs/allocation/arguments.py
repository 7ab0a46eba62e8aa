"""A key and its members as they are written on a command line.

Each function raises ArgumentRefused with a sentence that says how to write it instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from legevakt.lib.money import BLANKS, AmountError, parsed
from municipalities.costs.allocation.keys import Bound, BoundUnit
from municipalities.costs.allocation.members import Member

PERCENT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,12})?")
COUNT = re.compile(rf"[0-9]{{1,3}}(?:[{BLANKS}][0-9]{{3}}){{1,4}}|[0-9]{{1,15}}")
PER_INHABITANT = "/inhabitant"
T = TypeVar("T")


class ArgumentRefused(ValueError):
    """What is written cannot be read; the message tells how to write it."""


def amount(text: str) -> Decimal:
    """Kroner, 10000000 or "10 000 000,50"; not below 0.

    >>> amount("10 000 000,50")
    Decimal('10000000.50')
    """
    try:
        kroner = parsed(text)
    except AmountError as error:
        raise ArgumentRefused(f"{text!r}: {AMOUNTS[error.code]}") from error
    if kroner < 0:
        raise ArgumentRefused(f"{text!r} is below 0; only costs can be shared")
    return kroner


AMOUNTS = {
    "ambiguous": "the point or comma may set off thousands; write 1234567 or 1234567,50",
    "not_an_amount": "no amount of kroner; write it as 1234567 or 1234567,50",
}


def percent(text: str) -> Decimal:
    """0 to 100, with a comma or a point."""
    if not PERCENT.fullmatch(text.strip()):
        raise ArgumentRefused(f"{text!r} is no percent; write it as 10 or 12,5")
    value = Decimal(text.strip().replace(",", "."))
    if value > 100:
        raise ArgumentRefused(f"{text!r} is more than 100 percent")
    return value


def bound(text: str) -> Bound:
    """100000 (kroner a year), 5% (of the amount) or 40/inhabitant (kroner).

    >>> bound("12,5 %").unit, bound("40/inhabitant").value
    (<BoundUnit.PERCENT: 'percent'>, Decimal('40'))
    """
    written = text.strip()
    if written.endswith("%"):
        return Bound(BoundUnit.PERCENT, percent(written.removesuffix("%")))
    if written.endswith(PER_INHABITANT):
        return Bound(BoundUnit.NOK_PER_INHABITANT, amount(written.removesuffix(PER_INHABITANT)))
    return Bound(BoundUnit.NOK, amount(text))


def inhabitants(text: str) -> tuple[str, int]:
    """NAME=N, a whole number from 1."""
    name, number = _named(text)
    if not COUNT.fullmatch(number):
        raise ArgumentRefused(
            f"{text!r}: the inhabitants must be a whole number, as in Alver=29986"
        )
    count = int(re.sub(rf"[{BLANKS}]", "", number))
    if count < 1:
        raise ArgumentRefused(f"{text!r}: there must be at least one inhabitant")
    return name, count


def usage(text: str) -> tuple[str, Decimal]:
    """NAME=N, calls or consultations; a mean of years may have decimals."""
    name, number = _named(text)
    try:
        count = parsed(number)
    except AmountError as error:
        raise ArgumentRefused(f"{text!r}: the usage must be a number, as in Alver=4210") from error
    if count < 0:
        raise ArgumentRefused(f"{text!r}: the usage is below 0")
    return name, count


def name(text: str) -> str:
    """A municipality's name; å may be written as one character or as two."""
    return unicodedata.normalize("NFC", text.strip())


def _named(text: str) -> tuple[str, str]:
    written, equals, number = text.rpartition("=")
    if not equals or not name(written):
        raise ArgumentRefused(f"{text!r} is not NAME=N, as in Alver=29986")
    return name(written), number.strip()


def _once(option: str, given: Sequence[tuple[str, T]]) -> dict[str, T]:
    """The figures by name; a name that is given twice is refused."""
    found: dict[str, T] = {}
    for name, figure in given:
        if name in found:
            raise ArgumentRefused(f"{option}: {name} is given twice.")
        found[name] = figure
    return found


def members(
    *,
    inhabitants: Sequence[tuple[str, int]],
    usage: Sequence[tuple[str, Decimal]],
    host: str | None,
) -> list[Member]:
    """All that are named, in the order in which they are; the name serves as code."""
    counted, used = _once("--inhabitants", inhabitants), _once("--usage", usage)
    names = list(dict.fromkeys([*counted, *used]))
    if host is not None and host not in names:
        raise ArgumentRefused(f"--host: {host} has neither --inhabitants nor --usage.")
    return [
        Member(
            code=each,
            name=each,
            is_host=each == host,
            inhabitants=counted.get(each),
            usage=used.get(each),
        )
        for each in names
    ]
