"""The year as a picture and as a table: the table says all that the picture does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import degrees

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day
from municipalities.access.rules import Role
from municipalities.access.words import ROLE_NAMES
from municipalities.meetings.year_wheel.geometry import (
    MONTHS_INNER,
    RING,
    RINGS,
    RINGS_INNER,
    Point,
    Sector,
    angle_of,
    corners,
    point,
    sectors,
    spread,
)
from municipalities.meetings.year_wheel.models import EventCategory
from municipalities.meetings.year_wheel.rules import Entry, State
from municipalities.meetings.year_wheel.words import LETTERS, STATES, day_off_note

# Of several entries in one mark the state that asks for most is shown.
URGENCY = (
    State.CANCELLED,
    State.DONE,
    State.UNMARKED,
    State.COMING,
    State.TODAY,
    State.LATE,
)
NEXT_UP = 6


@dataclass(frozen=True)
class Shape:
    """What marks an entry of a category: its corners, none for a circle, and its letter."""

    category: str
    corners: str
    letter: str


@dataclass(frozen=True)
class Mark:
    """Entries in the picture: where, their shape and state; `badge` says late, or how many."""

    place: Point
    shape: Shape
    state: str
    title: str
    badge: str


@dataclass(frozen=True)
class Month:
    """A month's field with its name and first day; whether it is this month."""

    sector: Sector
    name: str
    first: str
    is_now: bool


@dataclass(frozen=True)
class Wheel:
    """The picture: months, the rings of the categories, marks, and today's hand in this year."""

    year: int
    months: tuple[Month, ...]
    rings: tuple[tuple[str, float], ...]
    ring_width: float
    marks: tuple[Mark, ...]
    hand: tuple[Point, Point] | None
    hand_degrees: float
    title: str
    description: str
    counts: tuple[str, ...]


@dataclass(frozen=True)
class ShownEntry:
    """An entry in the table."""

    day: str
    iso: str
    title: str
    category: str
    shape: Shape
    state: str
    color: str
    details: list[str]
    is_cancelled: bool
    note: str
    responsible: str
    url: str
    code: str
    may_mark: bool
    is_done: bool


def wheel(entries: Sequence[Entry], *, year: int, today: date) -> Wheel:
    """The picture of the year."""
    is_now = today.year == year
    angle = angle_of(today)
    states = [each.state for each in entries]
    told = (_("%(count)s done"), State.DONE), (_("%(count)s late"), State.LATE)
    return Wheel(
        year=year,
        months=tuple(_month(each, year=year, today=today) for each in sectors(year)),
        rings=tuple((code, radius) for code, radius in RINGS.items() if code != "other"),
        ring_width=RING,
        marks=tuple(_marks(entries)),
        hand=(point(angle, RINGS_INNER), point(angle, MONTHS_INNER)) if is_now else None,
        hand_degrees=round(degrees(angle), 1),
        title=_("Year wheel %(year)s") % {"year": year},
        description=description(entries, year=year),
        counts=tuple(
            text % {"count": states.count(state)} for text, state in told if state in states
        ),
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


def next_up(entries: Iterable[Entry]) -> list[ShownEntry]:
    """What is late, then what comes next; the same with each participant once."""
    groups = list(_grouped(entries))
    late = [each for each in groups if _state(each) == State.LATE]
    ahead = [each for each in groups if _state(each) in (State.TODAY, State.COMING)]
    shown_groups = late + ahead[: max(0, NEXT_UP - len(late))]
    return [_first_of(each) for each in shown_groups]


def for_reading(entries: Iterable[Entry]) -> list[Entry]:
    """Without the way to own events, whose page is the form that changes them."""
    return [replace(each, url="") if each.source == "own" else each for each in entries]


def shown(entries: Iterable[Entry], *, may_mark: bool) -> list[ShownEntry]:
    """The entries as the page's table has them."""
    return [_shown(each, may_mark=may_mark) for each in entries]


def table(entries: Iterable[Entry], *, year: int) -> Table:
    """The same for the files."""
    return Table(
        caption=_("The year %(year)s") % {"year": year},
        headings=(
            _("Day"),
            _("What"),
            _("Category"),
            _("State"),
            _("Ground"),
            _("Responsible"),
            _("Note"),
        ),
        rows=tuple(
            Row(
                (
                    day(each.day),
                    each.title,
                    _category(each.category),
                    str(STATES[each.state][0]),
                    each.note,
                    _role(each.responsible),
                    " ".join(_details(each)),
                )
            )
            for each in entries
        ),
    )


def legend() -> list[tuple[Shape, str]]:
    """Shape and name of each category, from the outermost ring inwards."""
    return [(_shape(code), _category(code)) for code in RINGS]


def _month(sector: Sector, *, year: int, today: date) -> Month:
    return Month(
        sector=sector,
        name=date_format(date(year, sector.month, 1), "M").rstrip("."),
        first=f"01.{sector.month:02}",
        is_now=(today.year, today.month) == (year, sector.month),
    )


def _marks(entries: Sequence[Entry]) -> Iterator[Mark]:
    """On the ring of their category, moved apart where they would overlap."""
    by_ring: dict[float, list[list[Entry]]] = defaultdict(list)
    for together in _grouped(entries):
        by_ring[RINGS[together[0].category]].append(together)
    for radius, found in by_ring.items():
        angles = spread([angle_of(each[0].day) for each in found], radius=radius)
        for together, angle in zip(found, angles, strict=True):
            yield _mark(together, place=point(angle, radius))


def _grouped(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    """The same with each participant on the same day is one mark."""
    groups: dict[tuple[str, date], list[Entry]] = defaultdict(list)
    for each in entries:
        groups[each.group or each.code, each.day].append(each)
    return groups.values()


def _state(together: Iterable[Entry]) -> State:
    return max((each.state for each in together), key=URGENCY.index)


def _first_of(together: Sequence[Entry]) -> ShownEntry:
    """The one that asks for most, and how many more there are in that state."""
    state = _state(together)
    alike = [each for each in together if each.state == state]
    found = _shown(alike[0], may_mark=False)
    others = len(alike) - 1
    more = ngettext("and %(count)s more alike", "and %(count)s more alike", others)
    return replace(found, details=[more % {"count": others}]) if others else found


def _mark(entries: Sequence[Entry], *, place: Point) -> Mark:
    state = _state(entries)
    several = str(len(entries)) if len(entries) > 1 else ""
    return Mark(
        place=place,
        shape=_shape(entries[0].category),
        state=state.value,
        title="\n".join(
            f"{day(each.day)}: {each.title} ({STATES[each.state][0]})" for each in entries
        ),
        badge="!" if state == State.LATE else several,
    )


def _shape(category: str) -> Shape:
    return Shape(category=category, corners=corners(category), letter=LETTERS[category])


def _details(entry: Entry) -> list[str]:
    """When it was done; until then, that the day is no working day."""
    if entry.done:
        return [entry.done]
    is_deadline = entry.source in ("anchor", "own") and entry.state != State.UNMARKED
    note = day_off_note(entry.day) if is_deadline else ""
    return [note] if note else []


def _shown(entry: Entry, *, may_mark: bool) -> ShownEntry:
    state, color = STATES[entry.state]
    return ShownEntry(
        day=day(entry.day),
        iso=entry.day.isoformat(),
        title=entry.title,
        category=_category(entry.category),
        shape=_shape(entry.category),
        state=str(state),
        color=color,
        details=_details(entry),
        is_cancelled=entry.state == State.CANCELLED,
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
