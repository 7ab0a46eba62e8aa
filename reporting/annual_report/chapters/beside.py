"""A year beside the years before it, as far as anything is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import day, number

BEFORE = 3  # so many years at most
NOTHING = "–"


def years_to(year: int) -> list[int]:
    """The year, and those before it that may stand beside it.

    >>> years_to(2025)
    [2025, 2024, 2023, 2022]
    """
    return list(range(year, year - BEFORE - 1, -1))


def table(
    *,
    caption: str,
    of: str,
    years: Sequence[int],
    rows: Iterable[tuple[str, Sequence[Cell | None]]],
) -> Table:
    """A column for each year; None is not reported, and never nought."""
    return Table(
        caption=caption,
        headings=(of, *(str(year) for year in years)),
        rows=tuple(Row((name, *(cell(each) for each in cells))) for name, cells in rows),
    )


def cell(value: Cell | None) -> Cell:
    """A count as a table has it."""
    return not_reported() if value is None else value


def not_reported() -> str:
    """What stands where nothing is reported."""
    return _("not reported")


def part_of(part: int, whole: int) -> str:
    """A count of a count: 10 of 12."""
    return _("%(part)s of %(whole)s") % {"part": number(part), "whole": number(whole)}


def as_of(read: date) -> str:
    """On which day it stood like this; what is done later is not told."""
    return _("As it stood on %(day)s.") % {"day": day(read)}
