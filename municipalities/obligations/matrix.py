"""A year at a glance: obligations down, all together and each participant across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from legevakt.lib import words as lib_words
from legevakt.lib.tables import Row, Table
from municipalities.obligations import words
from municipalities.obligations.models import Obligation, Rhythm, Scope
from municipalities.obligations.principles import principles
from municipalities.obligations.queries import DueNow
from municipalities.obligations.rules import Status
from municipalities.register.models import Municipality

NOT_HERE = "–"


@dataclass(frozen=True)
class Mark:
    """A state in a word with its colour, and the page it leads to."""

    text: str
    color: str
    url: str


@dataclass(frozen=True)
class Cell:
    """What is due of one obligation with one municipality; `word` where nothing is."""

    heading: str
    marks: tuple[Mark, ...]
    word: str

    def __str__(self) -> str:
        return "; ".join(mark.text for mark in self.marks) or self.word


@dataclass(frozen=True)
class MatrixRow:
    """An obligation through the year."""

    title: str
    url: str
    responsible: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The year's obligations, and the headings of the columns."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def table(self) -> Table:
        """The same as a plain table, for the files."""
        return Table(
            caption=self.caption,
            headings=self.headings,
            rows=tuple(
                Row((row.title, row.responsible, *map(str, row.cells)), url=row.url)
                for row in self.rows
            ),
        )


def matrix(
    *,
    obligations: Sequence[Obligation],
    dues: Sequence[DueNow],
    partners: Sequence[Municipality],
    year: int,
    slug: str,
) -> Matrix:
    """A row for each code: an obligation and those it took the place of are one routine."""
    places = [None, *_places(dues=dues, partners=partners)]
    latest = {each.code: each for each in obligations}
    latest |= {
        each.due.obligation.code: each.due.obligation
        for each in dues
        if each.due.obligation.code not in latest
    }
    names = [_("All together"), *(each.name for each in places if each)]
    rows = [
        _row(
            obligation=each,
            dues=[due for due in dues if due.due.obligation.code == each.code],
            places=list(zip(places, names, strict=True)),
            slug=slug,
        )
        for each in sorted(latest.values(), key=_place_of)
    ]
    return Matrix(
        caption=_("Obligations in %(year)s") % {"year": year},
        headings=(_("Obligation"), _("Responsible"), *names),
        rows=tuple(rows),
    )


def _places(*, dues: Sequence[DueNow], partners: Sequence[Municipality]) -> list[Municipality]:
    """Those who take part, and any other that something was due with, by number."""
    found = {each.pk: each for each in partners}
    found |= {
        each.due.municipality.pk: each.due.municipality for each in dues if each.due.municipality
    }
    return sorted(found.values(), key=lambda each: (each.number, each.pk))


def _place_of(obligation: Obligation) -> tuple[int, str]:
    """The principles' in their own order, then what is written by hand, by title."""
    codes = [each.code for each in principles()]
    known = obligation.code in codes
    return (codes.index(obligation.code) if known else len(codes), obligation.title)


def _row(*, obligation: Obligation, dues: Sequence[DueNow], places, slug: str) -> MatrixRow:
    url = reverse("obligation", args=[slug, obligation.pk])
    cells = []
    for place, name in places:
        here = [each for each in dues if each.due.municipality_id == (place.pk if place else None)]
        marks = (
            _counted(here, url=url)
            if obligation.rhythm == Rhythm.ON_EVENT
            else [_mark(each, slug=slug) for each in here]
        )
        cells.append(Cell(heading=name, marks=tuple(marks), word=_nothing(obligation, place)))
    return MatrixRow(
        title=words.told(obligation.title),
        url=url,
        responsible=capfirst(words.responsible(obligation.responsible)),
        cells=tuple(cells),
    )


def _mark(found: DueNow, *, slug: str) -> Mark:
    return Mark(
        text=_("%(state)s %(day)s")
        % {
            "state": capfirst(words.status(found.status)),
            "day": words.short_day(found.due.due_date),
        },
        color=words.COLORS[found.status],
        url=reverse("due", args=[slug, found.due.pk]),
    )


def _counted(dues: Sequence[DueNow], *, url: str) -> list[Mark]:
    """What happens often is counted by state, the worst first."""
    counts = Counter(each.status for each in dues)
    return [
        Mark(
            text=_("%(state)s: %(count)s")
            % {
                "state": capfirst(words.status(status)),
                "count": lib_words.number(counts[status]),
            },
            color=words.COLORS[status],
            url=url,
        )
        for status in (
            Status.LATE,
            Status.DUE_SOON,
            Status.OPEN,
            Status.KEPT_LATE,
            Status.KEPT,
            Status.WAIVED,
            Status.LEFT,
        )
        if counts[status]
    ]


def _nothing(obligation: Obligation, place: Municipality | None) -> str:
    """What an empty cell says."""
    if (obligation.scope == Scope.COMMON) != (place is None):
        return NOT_HERE
    if obligation.rhythm == Rhythm.ON_EVENT:
        return capfirst(_("no event"))
    return capfirst(words.status(Status.NOT_PLANNED))
