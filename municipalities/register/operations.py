"""Bringing the register in line with its files. Repeating either changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from municipalities.access.models import User
from municipalities.cooperations.reasons import because
from municipalities.register.figures import Figure
from municipalities.register.models import FigureStatus, Municipality, Population
from municipalities.register.planning import PlannedFigure, PopulationPlan, planned
from municipalities.register.readers import Entry
from municipalities.register.rules import Step


@dataclass
class Loaded:
    """What a load did, in rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class LoadedPopulation(Loaded):
    """`settled` are the updated ones that became final, `revised` those that were final before.

    `unknown` regions are not in the register; `missing` numbers are not in the file.
    """

    settled: int = 0
    revised: int = 0
    counted_dates: list[date] = field(default_factory=list)
    inhabitants: int = 0
    unknown: list[Figure] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A stored figure and the one the file has instead."""

    number: str
    counted_date: date
    stored: int
    given: int


class NotLoaded(Exception):
    """The file contradicts stored figures (`changes`), and nothing of it is stored."""

    says = "{count} final figures stand against it"

    def __init__(self, figures: Sequence[PlannedFigure]) -> None:
        self.changes = [_change(each) for each in figures]
        first = self.changes[0]
        super().__init__(
            f"{self.says.format(count=len(self.changes))}, first {first.number} on "
            f"{first.counted_date}: {first.stored} is stored, {first.given} given"
        )


class FigureWouldChange(NotLoaded):
    """Final figures would change, and revising was not asked for."""

    says = "{count} stored figures would change"


class FinalStays(NotLoaded):
    """Final figures would become provisional again, which no revision does."""

    says = "{count} stored figures are final, and would become provisional"


class ReasonMissing(NotLoaded):
    """Final figures would change, and nobody says why."""

    says = "{count} final figures would change without a reason"


@transaction.atomic
def load(*, entries: Iterable[Entry]) -> Loaded:
    """Make the register say what the entries say; municipalities not among them stay."""
    loaded = Loaded()
    stored = {(row.number, row.valid_from): row for row in Municipality.objects.all()}
    for entry in entries:
        row = stored.get((entry.number, entry.valid_from))
        if row is None:
            Municipality.objects.create(**_facts(entry))
            loaded.created += 1
        elif _bring_in_line(row, entry):
            loaded.updated += 1
        else:
            loaded.unchanged += 1
    return loaded


@transaction.atomic
def load_population(
    *,
    figures: Iterable[Figure],
    source: str,
    retrieved_date: date,
    status: FigureStatus = FigureStatus.FINAL,
    only: Collection[int] | None = None,
    revise: bool = False,
    why: str = "",
    by: User | None = None,
) -> LoadedPopulation:
    """Store the figures of municipalities that are in the register; name the others.

    All or nothing. A final figure is changed only when `revise` is set and `why` says the reason,
    which the history keeps; a provisional one is replaced as it comes. `only`: the keys of the
    municipalities whose figures are meant; None for all. Raises FigureWouldChange, ReasonMissing,
    FinalStays, UnreadablePopulation (two_figures).
    """
    figures = list(figures)
    _one_at_a_time(only)
    plan = planned(figures=figures, status=status, only=only)
    _check(plan, revise=revise, why=why)
    with because(why=why, by=by) if why else nullcontext():
        _store(plan, source=source, retrieved_date=retrieved_date)
    steps = (Step.RENEWED, Step.SETTLED, Step.REVISED)
    return LoadedPopulation(
        created=len(plan.of(Step.NEW)),
        updated=len(plan.of(*steps)),
        unchanged=len(plan.of(Step.UNCHANGED)),
        settled=len(plan.of(Step.SETTLED)),
        revised=len(plan.of(Step.REVISED)),
        counted_dates=sorted({figure.counted_date for figure in figures}),
        inhabitants=sum(figure.inhabitants for figure in figures),
        unknown=plan.unknown,
        missing=_missing(figures, only=only),
    )


def _one_at_a_time(only: Collection[int] | None) -> None:
    """Two loads at once: the second waits, and then sees what the first has stored."""
    rows = Municipality.objects.all() if only is None else Municipality.objects.filter(pk__in=only)
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _check(plan: PopulationPlan, *, revise: bool, why: str) -> None:
    if reopened := plan.of(Step.REOPENED):
        raise FinalStays(reopened)
    revised = plan.of(Step.REVISED)
    if revised and not revise:
        raise FigureWouldChange(revised)
    if revised and not why.strip():
        raise ReasonMissing(revised)


def _store(plan: PopulationPlan, *, source: str, retrieved_date: date) -> None:
    Population.objects.bulk_create(
        Population(
            municipality=each.municipality,
            counted_date=each.figure.counted_date,
            inhabitants=each.figure.inhabitants,
            status=each.status,
            source=source,
            retrieved_date=retrieved_date,
        )
        for each in plan.of(Step.NEW)
    )
    for each in plan.of(Step.RENEWED, Step.SETTLED, Step.REVISED):
        stored = Population.objects.filter(
            municipality=each.municipality, counted_date=each.figure.counted_date
        )
        stored.update(
            inhabitants=each.figure.inhabitants,
            status=each.status,
            source=source,
            retrieved_date=retrieved_date,
        )


def _missing(figures: Iterable[Figure], *, only: Collection[int] | None) -> list[str]:
    rows = Municipality.objects.all() if only is None else Municipality.objects.filter(pk__in=only)
    return sorted(
        set(rows.values_list("number", flat=True)) - {figure.number for figure in figures}
    )


def _change(each: PlannedFigure) -> Change:
    return Change(
        number=each.municipality.number,
        counted_date=each.figure.counted_date,
        stored=each.stored.inhabitants if each.stored else 0,
        given=each.figure.inhabitants,
    )


def _facts(entry: Entry) -> dict:
    return {
        "number": entry.number,
        "name": entry.name,
        "county_number": entry.county_number,
        "county": entry.county,
        "written_form": entry.written_form,
        "valid_from": entry.valid_from,
    }


def _bring_in_line(row: Municipality, entry: Entry) -> bool:
    """Save the row if it differs; whether it did."""
    facts = _facts(entry)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    return True
