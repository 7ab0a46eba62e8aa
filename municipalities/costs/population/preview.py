"""What storing a file will do, in words; and the way of its figures to the confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.words import day, number
from municipalities.cooperations.models import Cooperation
from municipalities.costs.population.presenters import NOTHING, status_name
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
    """What storing will do; nothing of it has happened. `rows` begin with what changes."""

    counts: list[tuple[str, str]]
    columns: list[str]
    rows: list[list[str]]
    unknown_columns: list[str]
    unknown: list[list[str]]
    missing: list[str]
    changes: bool
    needs_reason: bool
    is_refused: bool


def preview(plan: PopulationPlan, *, cooperation: Cooperation) -> Preview:
    """The plan in words, with who takes part on a day of the file and is not in it."""
    names = _step_names()
    return Preview(
        counts=[
            *((names[step], number(len(plan.of(step)))) for step in names if plan.of(step)),
            *_others(plan),
        ],
        columns=[
            _("What happens"),
            _("Municipality"),
            _("Counted on"),
            _("Stored"),
            _("In the file"),
            _("Status"),
        ],
        rows=[_row(each, names[step]) for step in names for each in plan.of(step)],
        unknown_columns=[_("Region"), _("Counted on"), _("Inhabitants"), _("Where in the file")],
        unknown=[_unknown(figure) for figure in plan.unknown[:SHOWN]],
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
        Step.NEW: _("New"),
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


def _row(each: PlannedFigure, happens: str) -> list[str]:
    return [
        happens,
        each.municipality.name,
        day(each.figure.counted_date),
        number(each.stored.inhabitants) if each.stored else NOTHING,
        number(each.figure.inhabitants),
        status_name(each.status),
    ]


def _unknown(figure: Figure) -> list[str]:
    return [
        figure.region,
        day(figure.counted_date),
        number(figure.inhabitants),
        of_place(figure.place),
    ]


def _missing(plan: PopulationPlan, *, cooperation: Cooperation) -> list[str]:
    """«Fedje, 1. januar 2026», for each that takes part on a day of the file and lacks in it."""
    in_file = {(each.municipality.number, each.figure.counted_date) for each in plan.figures}
    parts = list(cooperation.participants.select_related("municipality").order_by("pk"))
    lacking = {
        (on, part.municipality.number, part.municipality.name)
        for on in {on for _number, on in in_file}
        for part in parts
        if part.joined_date <= on and (part.left_date is None or part.left_date > on)
    }
    return [
        _("%(municipality)s, %(day)s") % {"municipality": name, "day": day(on)}
        for on, number, name in sorted(lacking)
        if (number, on) not in in_file
    ]
