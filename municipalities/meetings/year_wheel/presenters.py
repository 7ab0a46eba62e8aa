"""The year as a picture and as a table: the table says all that the picture does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day
from municipalities.access.rules import Role
from municipalities.access.words import ROLE_NAMES
from municipalities.meetings.year_wheel.geometry import (
    HAND,
    MARK,
    RINGS,
    Point,
    Sector,
    angle_of,
    point,
    sectors,
    spread,
)
from municipalities.meetings.year_wheel.models import EventCategory
from municipalities.meetings.year_wheel.rules import Entry, State
from municipalities.meetings.year_wheel.words import LETTERS, STATES


@dataclass(frozen=True)
class Mark:
    """An entry in the picture: where, its letter, its shape by state."""

    x: float
    y: float
    letter: str
    category: str
    state: str
    title: str


@dataclass(frozen=True)
class Wheel:
    """The picture: months with their names, rings, marks, and today's hand in this year."""

    year: int
    months: tuple[tuple[Sector, str], ...]
    rings: tuple[float, ...]
    marks: tuple[Mark, ...]
    hand: Point | None
    description: str
    radius: float = MARK


@dataclass(frozen=True)
class ShownEntry:
    """An entry in the table."""

    day: str
    iso: str
    title: str
    category: str
    letter: str
    state: str
    color: str
    note: str
    responsible: str
    url: str
    code: str
    may_mark: bool
    is_done: bool


def wheel(entries: Sequence[Entry], *, year: int, today: date) -> Wheel:
    """The picture of the year."""
    hand = point(angle_of(today), HAND) if today.year == year else None
    return Wheel(
        year=year,
        months=tuple((each, _month_name(year, each.month)) for each in sectors(year)),
        rings=tuple(sorted(set(RINGS.values()))),
        marks=tuple(_marks(entries)),
        hand=hand,
        description=description(entries, year=year),
    )


def description(entries: Sequence[Entry], *, year: int) -> str:
    """The picture in a sentence."""
    states = [each.state for each in entries]
    return _(
        "The year %(year)s as a circle with %(count)s events: %(done)s done, %(late)s late,"
        " %(coming)s to come. The table below has them all."
    ) % {
        "year": year,
        "count": len(entries),
        "done": states.count(State.DONE),
        "late": states.count(State.LATE),
        "coming": states.count(State.COMING) + states.count(State.TODAY),
    }


def shown(entries: Iterable[Entry], *, may_mark: bool) -> list[ShownEntry]:
    """The entries as the page's table has them."""
    return [_shown(each, may_mark=may_mark) for each in entries]


def table(entries: Iterable[Entry], *, year: int) -> Table:
    """The same for the files."""
    return Table(
        caption=_("The year %(year)s") % {"year": year},
        headings=(_("Day"), _("What"), _("Category"), _("State"), _("Ground"), _("Responsible")),
        rows=tuple(
            Row(
                (
                    day(each.day),
                    each.title,
                    _category(each.category),
                    str(STATES[each.state][0]),
                    each.note,
                    _role(each.responsible),
                )
            )
            for each in entries
        ),
    )


def legend() -> list[tuple[str, str, str]]:
    """Letter, category code and name of each category."""
    return [(LETTERS[code], code, str(name)) for code, name in EventCategory.choices]


def _marks(entries: Sequence[Entry]) -> Iterable[Mark]:
    """On the ring of their category, moved apart where they would overlap."""
    by_ring: dict[float, list[Entry]] = defaultdict(list)
    for each in entries:
        by_ring[RINGS[each.category]].append(each)
    for radius, found in sorted(by_ring.items()):
        angles = spread([angle_of(each.day) for each in found], radius=radius)
        for each, angle in zip(found, angles, strict=True):
            place = point(angle, radius)
            yield Mark(
                x=place.x,
                y=place.y,
                letter=LETTERS[each.category],
                category=each.category,
                state=each.state.value,
                title=f"{day(each.day)}: {each.title} ({STATES[each.state][0]})",
            )


def _shown(entry: Entry, *, may_mark: bool) -> ShownEntry:
    state, color = STATES[entry.state]
    return ShownEntry(
        day=day(entry.day),
        iso=entry.day.isoformat(),
        title=entry.title,
        category=_category(entry.category),
        letter=LETTERS[entry.category],
        state=str(state),
        color=color,
        note=entry.note,
        responsible=_role(entry.responsible),
        url=entry.url,
        code=entry.code,
        may_mark=may_mark and entry.source in ("anchor", "own"),
        is_done=entry.state == State.DONE,
    )


def _category(code: str) -> str:
    return str(EventCategory(code).label)


def _role(code: str) -> str:
    return str(ROLE_NAMES[Role(code)]) if code else "–"


def _month_name(year: int, month: int) -> str:
    return date_format(date(year, month, 1), "M").rstrip(".")
