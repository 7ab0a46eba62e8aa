"""What the law asks of a host agreement (kommuneloven §§ 20-4, 20-8). Plain Python."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

ITEMS = ("a", "b", "c", "d", "e", "f", "g", "h", "i")
MANDATORY = ITEMS[:-1]  # letter i is what another law wants agreed, and so not always there


class AgreementError(Exception):
    """What cannot be done with an agreement as it stands; `code` names the reason."""

    code = ""


@dataclass(frozen=True)
class Paragraph:
    """A clause as the checklist needs it: its number in the text, heading and letters."""

    number: int
    heading: str
    items: tuple[str, ...]


def where_answered(paragraphs: Iterable[Paragraph]) -> dict[str, list[Paragraph]]:
    """Each letter of § 20-4 → the clauses that answer it, in the order of the text."""
    found: dict[str, list[Paragraph]] = {item: [] for item in ITEMS}
    for paragraph in paragraphs:
        for item in paragraph.items:
            found[item].append(paragraph)
    return found


def missing_items(items: Iterable[Sequence[str]]) -> list[str]:
    """The mandatory letters (a to h) that none of the clauses answers.

    >>> missing_items([["a", "b", "c", "d"], ["f", "g", "h"]])
    ['e']
    """
    answered = {item for each in items for item in each}
    return [item for item in MANDATORY if item not in answered]


def leaving_date(*, received: date, notice_months: int, at_new_year: bool) -> date:
    """The first day without the participant that gave notice on `received`.

    The same day of the month `notice_months` later, or the last of a shorter month; with
    `at_new_year` the first turn of a year on or after that. § 20-8: one year's notice, unless the
    agreement says otherwise.

    >>> leaving_date(received=date(2026, 3, 15), notice_months=12, at_new_year=False)
    datetime.date(2027, 3, 15)
    >>> leaving_date(received=date(2026, 3, 15), notice_months=12, at_new_year=True)
    datetime.date(2028, 1, 1)
    """
    after = months_after(received, notice_months)
    if not at_new_year or (after.month, after.day) == (1, 1):
        return after
    return date(after.year + 1, 1, 1)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, clamped to that month's last.

    >>> months_after(date(2027, 8, 31), 6)
    datetime.date(2028, 2, 29)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
