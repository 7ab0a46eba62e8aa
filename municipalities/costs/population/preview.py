"""What storing a file will do, in words; and the way of its figures to the confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, number
from municipalities.cooperations.models import Cooperation
from municipalities.costs.population.presenters import NOTHING, stacked, status_name
from municipalities.register.figures import Figure
from municipalities.register.models import FigureStatus
from municipalities.register.planning import PlannedFigure, PopulationPlan
from municipalities.register.rules import Step
from municipalities.register.words import of_place

SHOWN = 100


@dataclass(frozen=True)
class Looked:
    """A file that was looked at: what is needed to store it."""

    name: str
    source: str
    status: FigureStatus
    figures: list[Figure]


@dataclass(frozen=True)
class Preview:
    """What storing will do; nothing of it has happened. The figures begin with what changes.

    `missing` tells for each day of the file who takes part and is not in it.
    """

    counts: list[tuple[str, str]]
    figures: Table
    unknown: Table
    missing: list[str]
    changes: bool
    needs_reason: bool
    is_refused: bool

    @property
    def figure_rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return stacked(self.figures)

    @property
    def unknown_rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return stacked(self.unknown)


def preview(plan: PopulationPlan, *, cooperation: Cooperation) -> Preview:
    """The plan in words."""
    names = _step_names()
    return Preview(
        counts=[
            *((names[step], number(len(plan.of(step)))) for step in names if plan.of(step)),
            *_others(plan),
        ],
        figures=_figures(plan),
        unknown=_unknown(plan),
        missing=_missing(plan, cooperation=cooperation),
        changes=bool(plan.of(Step.NEW, Step.RENEWED, Step.SETTLED, Step.REVISED)),
        needs_reason=plan.is_revision,
        is_refused=plan.is_refused,
    )


def packed(looked: Looked) -> dict[str, Any]:
    """As it waits for the confirmation; unpacked() is its other half."""
    return {
        "name": looked.name[:200],
        "source": looked.source,
        "status": looked.status.value,
        "figures": [
            [f.region, f.number, f.counted_date.isoformat(), f.inhabitants, f.is_provisional]
            for f in looked.figures
        ],
    }


def unpacked(told: dict[str, Any]) -> Looked:
    return Looked(
        name=told["name"],
        source=told["source"],
        status=FigureStatus(told["status"]),
        figures=[
            Figure(
                region=region,
                number=number,
                counted_date=date.fromisoformat(on),
                inhabitants=inhabitants,
                is_provisional=is_provisional,
            )
            for region, number, on, inhabitants, is_provisional in told["figures"]
        ],
    )


def looked_at(plan: PopulationPlan, *, name: str, source: str, status: FigureStatus) -> Looked:
    """What of a file is stored, if it is confirmed."""
    figures = [each.figure for each in plan.figures]
    return Looked(name=name, source=source, status=status, figures=figures)


def _step_names() -> dict[Step, str]:
    """In the order that one looks: first what needs a decision."""
    return {
        Step.REOPENED: _("Refused: final already"),
        Step.REVISED: _("Changes a final figure"),
        Step.NEW: _("New figure"),
        Step.SETTLED: _("Becomes final"),
        Step.RENEWED: _("Replaces a provisional figure"),
        Step.UNCHANGED: _("Unchanged"),
    }


def _others(plan: PopulationPlan) -> list[tuple[str, str]]:
    told = [
        (_("Of other municipalities, not stored here"), len(plan.others)),
        (_("Regions that are not in the register"), len(plan.unknown)),
    ]
    return [(label, number(count)) for label, count in told if count]


def _figures(plan: PopulationPlan) -> Table:
    names = _step_names()
    return Table(
        caption=_("The figures of the file"),
        headings=(
            _("Municipality"),
            _("Counted on"),
            _("What happens"),
            _("Stored"),
            _("In the file"),
            _("Status"),
        ),
        rows=tuple(_row(each, names[step]) for step in names for each in plan.of(step)),
    )


def _row(each: PlannedFigure, happens: str) -> Row:
    return Row(
        (
            each.municipality.name,
            day(each.figure.counted_date),
            happens,
            each.stored.inhabitants if each.stored else NOTHING,
            each.figure.inhabitants,
            status_name(each.status),
        )
    )


def _unknown(plan: PopulationPlan) -> Table:
    return Table(
        caption=_("Regions that are not in the register"),
        headings=(_("Region"), _("Counted on"), _("Inhabitants"), _("Where in the file")),
        rows=tuple(
            Row((each.region, day(each.counted_date), each.inhabitants, of_place(each.place)))
            for each in plan.unknown[:SHOWN]
        ),
    )


def _missing(plan: PopulationPlan, *, cooperation: Cooperation) -> list[str]:
    """«1. januar 2026: Fedje, Modalen», a line a day."""
    in_file = {(each.municipality.number, each.figure.counted_date) for each in plan.figures}
    by_number = cooperation.participants.order_by("municipality__number", "pk")
    parts = list(by_number.select_related("municipality"))
    lacking: dict[date, list[str]] = {}
    for on in sorted({on for _number, on in in_file}):
        for part in parts:
            if part.takes_part_on(on) and (part.municipality.number, on) not in in_file:
                lacking.setdefault(on, []).append(part.municipality.name)
    return [
        _("%(day)s: %(names)s") % {"day": day(on), "names": ", ".join(names)}
        for on, names in lacking.items()
    ]
