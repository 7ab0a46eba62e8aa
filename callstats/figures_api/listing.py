"""A page of figures: months and years as they are stored, days and hours counted when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db.models import Q, QuerySet

from callstats.figures_api.answers import Listed
from callstats.figures_api.asking import Question
from callstats.figures_api.live import counted
from callstats.figures_api.places import Place
from callstats.figures_api.spans import MONTH
from callstats.indicators.rules import ServiceLevel
from callstats.periods.models import IndicatorFigure, IndicatorPeriod

STORED = (
    *("period__central__slug", "figures", "definition__version", "definition__target_percent"),
    *("period__computed_at", "period__state", "period__revision", "period__published_at"),
)


def page_of(question: Question, *, at: datetime) -> tuple[list[Listed], Place | None]:
    """The figures by central, time and definition, and after which place the next page begins."""
    found = _stored(question) if question.is_stored else counted(question, at=at)
    rows = list(islice(found, question.limit + 1))
    page = rows[: question.limit]
    return page, page[-1].place if len(rows) > question.limit else None


def _stored(question: Question) -> Iterator[Listed]:
    """What counts of every period; one statement, which reads no more than the page."""
    rows = (
        _after(IndicatorFigure.objects.filter(period__in=_in_force(question)), question)
        .filter(definition_id__in=[each.id for each in question.definitions])
        .order_by("period__central__slug", "period__starts_on", "definition_id")
        .values_list(*STORED)[: question.limit + 1]
    )
    for slug, figures, version, target, as_of, state, revision, published_at in rows:
        yield Listed(
            central=slug,
            step=question.step,
            level=ServiceLevel.from_dict(figures),
            version=version,
            target_percent=target,
            as_of=as_of,
            state=state,
            revision=revision,
            published_at=published_at,
        )


def _in_force(question: Question) -> QuerySet[IndicatorPeriod]:
    counting = IndicatorPeriod.objects.in_force()
    of_step = counting.months() if question.step == MONTH else counting.years()
    found = of_step.filter(
        central__in=[central.pk for central in question.centrals],
        starts_on__gte=question.period.starts_on,
        ends_on__lte=question.period.ends_on,
    )
    return found.filter(state=question.state) if question.state else found


def _after(figures: QuerySet[IndicatorFigure], question: Question) -> QuerySet[IndicatorFigure]:
    if question.after is None:
        return figures
    central, *later = [each.pk for each in question.centrals_left]
    begins, definition = question.after.begins, question.after.definition
    return figures.filter(
        Q(period__central__in=later)
        | Q(period__central=central, period__starts_on__gt=begins)
        | Q(period__central=central, period__starts_on=begins, definition_id__gt=definition)
    )
