"""Periods, parts and kinds of day as a reader says them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from callstats.gaps.blocks import Block, Rest
from callstats.gaps.days import Kind
from legevakt.lib import words


def block_name(block: Block) -> str:
    """Hours of a weekday, as inside a sentence."""
    return _("%(days)s %(from)s–%(to)s") % {
        "days": _weekdays()[block.weekday - 1],
        "from": f"{block.from_hour:02d}",
        "to": f"{block.to_hour:02d}",
    }


def hours_name(key: Block | Rest) -> str:
    """A row of the hours of the week."""
    if isinstance(key, Block):
        return capfirst(block_name(key))
    return {
        Rest.FEW: _("Other hours below the target, few calls in each"),
        Rest.MET: _("Hours that met the target"),
        Rest.OTHER: _("All other hours of the week"),
    }[key]


def weekday_name(weekday: int | None) -> str:
    """A weekday, or those told together."""
    if weekday is None:
        return _("Weekdays with few calls, together")
    return capfirst(str(WEEKDAYS[weekday - 1]))


def kind_name(kind: Kind | None) -> str:
    """A kind of day, or those told together."""
    if kind is None:
        return _("Kinds of day with few calls, together")
    return {
        Kind.WORKING_DAY: _("Working days"),
        Kind.SATURDAY: _("Saturdays (not holidays)"),
        Kind.SUNDAY: _("Sundays (not holidays)"),
        Kind.EASTER: _("Easter, Maundy Thursday to Easter Monday"),
        Kind.PENTECOST: _("Whit Sunday and Whit Monday"),
        Kind.CHRISTMAS: _("Christmas, 24 to 26 December"),
        Kind.NEW_YEAR: _("New Year, 31 December and 1 January"),
        Kind.LABOUR_DAY: _("1 May"),
        Kind.CONSTITUTION_DAY: _("17 May"),
        Kind.ASCENSION_DAY: _("Ascension Day"),
        Kind.OTHER_HOLIDAYS: _("Public holidays with few calls"),
    }[kind]


def number_name(number: str | None) -> str:
    """A number called, or those told together."""
    return _("Numbers with few calls, together") if number is None else words.phone_number(number)


def municipality_name(name: str | None) -> str:
    """A municipality, those told together, or those that the log does not tell."""
    if name is None:
        return _("Municipalities with few calls, together")
    return name or _("Municipality not known")


def calls(shortfall: Decimal) -> Decimal:
    """Exact, with one decimal where that is enough: the target of 80 % gives whole fifths."""
    short = shortfall.quantize(Decimal("0.1"))
    return short if short == shortfall else shortfall


def _weekdays() -> list[str]:
    return [
        _("Mondays"),
        _("Tuesdays"),
        _("Wednesdays"),
        _("Thursdays"),
        _("Fridays"),
        _("Saturdays"),
        _("Sundays"),
    ]
