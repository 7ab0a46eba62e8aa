"""A central's months and years as its list shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import ExtractYear

from callstats.indicators.definitions import DEFAULT_ID
from callstats.indicators.rules import ServiceLevel
from callstats.periods.models import IndicatorFigure, IndicatorPeriod
from legevakt.lib.periods import Period
from municipalities.models import Central

MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True)
class Line:
    """A period: the revision that counts, its national figure, and the latest revision.

    The two are the same, unless a revision is under way. `has_months` is, of a year, whether
    its twelve months are published and none is being revised; of a month always true.
    """

    counting: IndicatorPeriod
    level: ServiceLevel
    latest: IndicatorPeriod
    has_months: bool = True

    @property
    def period(self) -> Period:
        return self.counting.period

    @property
    def is_being_revised(self) -> bool:
        return self.latest.pk != self.counting.pk


def years_of(central: Central) -> list[int]:
    """The years of which something is stored, newest first."""
    rows = IndicatorPeriod.objects.filter(central=central).annotate(year=ExtractYear("starts_on"))
    return list(rows.values_list("year", flat=True).distinct().order_by("-year"))


def lines_of(*, central: Central, year: int) -> list[Line]:
    """The year, and then its months, the newest first."""
    rows = with_figure(IndicatorPeriod.objects.filter(central=central, starts_on__year=year))
    rows = rows.order_by("-ends_on", "starts_on", "-revision")
    months = [_line(found) for found in _by_period(rows) if not found[0].is_year]
    published = [line for line in months if line.latest.is_published]
    has_months = len(published) == MONTHS_IN_A_YEAR
    years = [_line(found, has_months=has_months) for found in _by_period(rows) if found[0].is_year]
    return years + months


def with_figure(rows: QuerySet[IndicatorPeriod]) -> QuerySet[IndicatorPeriod]:
    """With the national figure of each, and no other, in one query more."""
    figures = IndicatorFigure.objects.filter(definition_id=DEFAULT_ID).defer("definition", "parts")
    return (
        rows.select_related("central")
        .defer("observed")
        .prefetch_related(Prefetch("figures", queryset=figures))
    )


def newest_lines(*, centrals: Iterable[Central], before: date) -> dict[int, Line]:
    """Central → its newest stored month that was over on the day."""
    over = IndicatorPeriod.objects.months().filter(ends_on__lte=before)
    later = over.filter(central=OuterRef("central"), starts_on__gt=OuterRef("starts_on"))
    newest = with_figure(over.filter(~Exists(later), central__in=list(centrals)))
    rows = newest.order_by("central", "-revision")
    return {pk: _line(list(found)) for pk, found in groupby(rows, key=lambda row: row.central_id)}


def _by_period(rows: Iterable[IndicatorPeriod]) -> list[list[IndicatorPeriod]]:
    return [list(found) for _, found in groupby(rows, key=lambda row: row.period)]


def _line(revisions: list[IndicatorPeriod], *, has_months: bool = True) -> Line:
    """Of a period's revisions, the latest first."""
    latest = revisions[0]
    is_under_way = not latest.is_published and len(revisions) > 1
    counting = revisions[1] if is_under_way else latest
    return Line(
        counting=counting,
        level=ServiceLevel.from_dict(counting.figures.all()[0].figures),
        latest=latest,
        has_months=has_months,
    )
