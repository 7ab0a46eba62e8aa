"""Computing every published figure again from the hours, and telling where it comes out another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from callstats.indicators.counting import figure
from callstats.indicators.definitions import Definition, DefinitionError
from callstats.indicators.parts import every_part
from callstats.indicators.queries import observed_in
from callstats.periods.models import IndicatorFigure, IndicatorPeriod, PeriodState
from callstats.periods.names import name_of
from municipalities.models import Central


@dataclass(frozen=True)
class Deviation:
    """Something of a published figure that is computed otherwise now."""

    central: str
    period: str
    revision: int
    definition: str
    what: str
    stored: Any
    recomputed: Any


@dataclass(frozen=True)
class Verification:
    """How many figures were computed again, what differs, and which periods were left out."""

    figures: int = 0
    deviations: list[Deviation] = field(default_factory=list)
    under_revision: list[str] = field(default_factory=list)


def verify(*, central: Central) -> Verification:
    """Every published period that counts, by the definitions that are stored with its figures.

    A period with a revision under way is left out and named: its hours may change again.
    """
    published = IndicatorPeriod.objects.in_force().filter(
        central=central, state=PeriodState.PUBLISHED
    )
    open_days = _under_way(central)
    figures, deviations, under_revision = 0, [], []
    for row in published.select_related("central").defer("observed").order_by("starts_on", "pk"):
        if (row.starts_on, row.ends_on) in open_days:
            under_revision.append(name_of(row.period))
            continue
        stored = list(row.figures.order_by("definition_id"))
        found = _deviations(row, stored)
        if found and _is_followed(row):
            under_revision.append(name_of(row.period))
            continue
        figures += len(stored)
        deviations += found
    return Verification(figures, deviations, under_revision)


def _under_way(central: Central) -> set[tuple[Any, Any]]:
    rows = IndicatorPeriod.objects.filter(central=central, revision__gt=1)
    return set(rows.exclude(state=PeriodState.PUBLISHED).values_list("starts_on", "ends_on"))


def _is_followed(row: IndicatorPeriod) -> bool:
    """Whether a revision of it has begun, perhaps only while its hours were read."""
    later = IndicatorPeriod.objects.of(central=row.central, period=row.period)
    return later.filter(revision__gt=row.revision).exists()


def _deviations(row: IndicatorPeriod, stored: list[IndicatorFigure]) -> list[Deviation]:
    """All definitions of the period in one pass, as when it was published."""
    definitions: dict[str, Definition] = {}
    found = []
    for each in stored:
        try:
            definitions[each.definition_id] = Definition.from_stored(each.definition)
        except DefinitionError as error:
            found.append(_deviation(row, each, "definition", each.definition, str(error)))
    observed = observed_in(
        centrals=[row.central], period=row.period, definitions=list(definitions.values())
    )
    for each in stored:
        definition = definitions.get(each.definition_id)
        if definition is not None:
            counted = observed[definition.line_classes]
            level = figure(definition, counted, starts_on=row.starts_on, ends_on=row.ends_on)
            recomputed = _as_stored(level.as_dict())
            found += [_deviation(row, each, *what) for what in _compared(each, recomputed)]
            found += _parts_compared(row, each, definition)
    return found


def _compared(stored: IndicatorFigure, recomputed: dict[str, Any]) -> Iterator[tuple]:
    """What is stored and comes out another. What a later program adds to a figure is no fault."""
    for name in ("numerator", "denominator"):
        if getattr(stored, name) != stored.figures.get(name):
            yield name, getattr(stored, name), recomputed[name]
    for name, value in stored.figures.items():
        if value != recomputed.get(name):
            yield name, value, recomputed.get(name)


def _parts_compared(
    row: IndicatorPeriod, stored: IndicatorFigure, definition: Definition
) -> list[Deviation]:
    if stored.parts is None:
        return []
    parts = _as_stored(every_part(central=row.central, period=row.period, definition=definition))
    return [
        _deviation(row, stored, f"parts by {by}", cells, parts.get(by))
        for by, cells in stored.parts.items()
        if cells != parts.get(by)
    ]


def _deviation(
    row: IndicatorPeriod, figure: IndicatorFigure, what: str, stored: Any, recomputed: Any
) -> Deviation:
    return Deviation(
        central=row.central.slug,
        period=name_of(row.period),
        revision=row.revision,
        definition=figure.definition_id,
        what=what,
        stored=stored,
        recomputed=recomputed,
    )


def _as_stored(value: dict[str, Any]) -> dict[str, Any]:
    """As it is read back from a JSON column."""
    return json.loads(json.dumps(value))
