"""What loading figures would do, figure by figure. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from municipalities.register.figures import Figure, UnreadablePopulation
from municipalities.register.models import FigureStatus, Municipality, Population
from municipalities.register.rules import Step, Told, step

Register = dict[str, list[Municipality]]


@dataclass(frozen=True, kw_only=True)
class PlannedFigure:
    """A figure of a municipality and what becomes of it; `stored` is None where nothing is."""

    step: Step
    municipality: Municipality
    figure: Figure
    status: FigureStatus
    stored: Population | None


@dataclass(frozen=True, kw_only=True)
class PopulationPlan:
    """`unknown` are of no municipality of the register; `others` of none that was asked for."""

    figures: list[PlannedFigure]
    unknown: list[Figure]
    others: list[Figure]

    def of(self, *steps: Step) -> list[PlannedFigure]:
        """Those of the figures that the steps are for."""
        return [each for each in self.figures if each.step in steps]

    @property
    def is_revision(self) -> bool:
        """Whether a final figure would be changed, so that a reason is due."""
        return bool(self.of(Step.REVISED))

    @property
    def is_refused(self) -> bool:
        """Whether a final figure would become provisional."""
        return bool(self.of(Step.REOPENED))


def planned(
    *, figures: Iterable[Figure], status: FigureStatus, only: Collection[int] | None = None
) -> PopulationPlan:
    """What becomes of each figure, if the file's are of the `status`. Two queries.

    A figure that the file itself marks as provisional is so whatever the `status`. `only`: the
    keys of the municipalities whose figures are meant. Raises UnreadablePopulation (two_figures).
    """
    register = _register()
    known: dict[tuple[int, date], tuple[Municipality, Figure]] = {}
    unknown, others = [], []
    for figure in figures:
        municipality = _municipality(figure, register)
        if municipality is None:
            unknown.append(figure)
        elif only is not None and municipality.pk not in only:
            others.append(figure)
        else:
            key = municipality.pk, figure.counted_date
            _, first = known.setdefault(key, (municipality, figure))
            _check_same(first, figure)
    stored = _stored({day for _, day in known})
    return PopulationPlan(
        figures=[
            _planned(municipality, figure, status=status, stored=stored.get(key))
            for key, (municipality, figure) in known.items()
        ],
        unknown=unknown,
        others=others,
    )


def _register() -> Register:
    """Number → its times of validity, oldest first."""
    register: Register = {}
    for municipality in Municipality.objects.order_by("number", "valid_from", "pk"):
        register.setdefault(municipality.number, []).append(municipality)
    return register


def _municipality(figure: Figure, register: Register) -> Municipality | None:
    """The municipality with the figure's number on its date, or the first one after it.

    The register begins in 2024; a number that was in use before has kept its territory.
    """
    times = register.get(figure.number or "", [])
    on_date = [m for m in times if m.valid_to is None or m.valid_to > figure.counted_date]
    return next(iter(on_date or times[-1:]), None)


def _check_same(first: Figure, second: Figure) -> None:
    if first.inhabitants != second.inhabitants:
        raise UnreadablePopulation(
            "two_figures",
            region=second.region,
            day=second.counted_date,
            first=first.place,
            second=second.place,
            one=str(first.inhabitants),
            other=str(second.inhabitants),
        )


def _stored(days: Collection[date]) -> dict[tuple[int, date], Population]:
    rows = Population.objects.filter(counted_date__in=days)
    return {(row.municipality_id, row.counted_date): row for row in rows}


def _planned(
    municipality: Municipality, figure: Figure, *, status: FigureStatus, stored: Population | None
) -> PlannedFigure:
    status = FigureStatus.PROVISIONAL if figure.is_provisional else status
    given = Told(figure.inhabitants, status == FigureStatus.FINAL)
    before = Told(stored.inhabitants, stored.status == FigureStatus.FINAL) if stored else None
    return PlannedFigure(
        step=step(before, given),
        municipality=municipality,
        figure=figure,
        status=status,
        stored=stored,
    )
