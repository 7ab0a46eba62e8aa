"""Making a period's rows from what was counted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from callstats.exclusions.summing import resum
from callstats.indicators.counting import Observed, figure
from callstats.indicators.definitions import DEFAULT_ID, Definition, all_definitions
from callstats.indicators.parts import every_part
from callstats.indicators.queries import observed_in
from callstats.periods.models import IndicatorFigure, IndicatorPeriod, PeriodState
from legevakt.lib.periods import Period
from municipalities.models import Central, User


def compute(
    *, central: Central, period: Period, found: IndicatorPeriod | None, at: datetime
) -> IndicatorPeriod:
    """Store every indicator's figure; `found` is the period's row so far, not published.

    Where nothing has changed, only the moment is noted. What approved rules leave out is summed
    again first, so that it follows late data. The caller holds the central's lock.
    """
    resum(central_id=central.pk, period=period)
    definitions = list(all_definitions().values())
    observed = observed_in(centrals=[central], period=period, definitions=definitions)
    row = found or IndicatorPeriod(
        central=central, starts_on=period.starts_on, ends_on=period.ends_on
    )
    figures = [_figure(row, definition, observed=observed) for definition in definitions]
    has_changed = _told(figures) != _told(_stored(row))
    row.computed_at, row.code_version = at, settings.CODE_VERSION
    if has_changed:
        row.observed = _as_stored(observed)
        row.state, row.checked_at, row.checked_by = PeriodState.OPEN, None, None
    row.save()
    if has_changed:
        _store(row, figures)
    return row


def begin_revision(*, of: IndicatorPeriod, reason: str, by: User, at: datetime) -> IndicatorPeriod:
    """An open row after a published one, computed at once."""
    row = IndicatorPeriod(
        central=of.central,
        starts_on=of.starts_on,
        ends_on=of.ends_on,
        revision=of.revision + 1,
        reason=reason,
        revised_by=by,
    )
    return compute(central=of.central, period=of.period, found=row, at=at)


def _figure(
    row: IndicatorPeriod, definition: Definition, *, observed: Mapping[tuple[str, ...], Observed]
) -> IndicatorFigure:
    level = figure(
        definition,
        observed[definition.line_classes],
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
    has_parts = definition.id == DEFAULT_ID and not row.is_year
    return IndicatorFigure(
        period=row,
        definition_id=definition.id,
        definition=definition.as_dict(),
        numerator=level.numerator,
        denominator=level.denominator,
        figures=level.as_dict(),
        parts=every_part(central=row.central, period=row.period, definition=definition)
        if has_parts
        else None,
    )


def _store(row: IndicatorPeriod, figures: list[IndicatorFigure]) -> None:
    """Each in its place, so that the history keeps what it said before."""
    row.figures.exclude(definition_id__in=[each.definition_id for each in figures]).delete()
    IndicatorFigure.objects.bulk_create(
        figures,
        update_conflicts=True,
        unique_fields=["period", "definition_id"],
        update_fields=["definition", "numerator", "denominator", "figures", "parts"],
    )


def _stored(row: IndicatorPeriod) -> list[IndicatorFigure]:
    return list(row.figures.all()) if row.pk else []


def _told(figures: list[IndicatorFigure]) -> list[Any]:
    """Everything that the figures say, in the order of their definitions."""
    told = {each.definition_id: [each.definition, each.figures, each.parts] for each in figures}
    return sorted(told.items())


def _as_stored(observed: Mapping[tuple[str, ...], Observed]) -> dict[str, Any]:
    """By the lines it was counted on; as it will be read back, with the seconds as text."""
    told = {"+".join(lines): counted.as_dict() for lines, counted in observed.items()}
    return json.loads(json.dumps(told))
