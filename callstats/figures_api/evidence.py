"""A stored period with everything that its figures rest on. No names of persons."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from callstats.figures_api.answers import completeness_told, figure_told, moment
from callstats.indicators.definitions import DEFAULT_ID
from callstats.indicators.rules import ServiceLevel
from callstats.periods.behind import imports_behind
from callstats.periods.models import IndicatorFigure, IndicatorPeriod
from legevakt.lib.periods import Period
from municipalities.models import Central

FIGURES = Prefetch(
    "figures", queryset=IndicatorFigure.objects.defer("parts").order_by("definition_id")
)


def evidence_of(*, central: Central, period: Period) -> dict[str, Any] | None:
    """JSON-ready: the revision that counts, and all of them; None where nothing is stored."""
    revisions = list(
        IndicatorPeriod.objects.of(central=central, period=period)
        .defer("observed")
        .prefetch_related(FIGURES)
    )
    counting = IndicatorPeriod.objects.in_force().values_list("pk", flat=True)
    in_force = counting.filter(pk__in=[each.pk for each in revisions]).first()
    for found in revisions:
        if found.pk == in_force:
            return _told(found, central=central, revisions=revisions)
    return None


def _told(
    found: IndicatorPeriod, *, central: Central, revisions: list[IndicatorPeriod]
) -> dict[str, Any]:
    figures = list(found.figures.all())
    return {
        "central": central.slug,
        "period": {"from": found.starts_on.isoformat(), "to": found.ends_on.isoformat()},
        "step": "year" if found.is_year else "month",
        "state": found.state,
        "revision": found.revision,
        "as_of": moment(found.computed_at),
        "checked_at": moment(found.checked_at),
        "published_at": moment(found.published_at),
        "provisional_reason": found.provisional_reason,
        "code_version": found.code_version,
        "imports": _imports(found, central=central),
        "completeness": _completeness(figures),
        "figures": [_figure(each) for each in figures],
        "revisions": [_revision(each) for each in reversed(revisions)],
    }


def _imports(found: IndicatorPeriod, *, central: Central) -> dict[str, Any]:
    """As they were when it was published; before that, as they are now."""
    return found.imports or imports_behind(central=central, period=found.period).as_dict()


def _completeness(figures: list[IndicatorFigure]) -> dict[str, Any]:
    """The same by every definition; told once, from the national one."""
    national = next(each for each in figures if each.definition_id == DEFAULT_ID)
    return completeness_told(ServiceLevel.from_dict(national.figures))


def _revision(period: IndicatorPeriod) -> dict[str, Any]:
    return {
        "revision": period.revision,
        "state": period.state,
        "reason": period.reason,
        "as_of": moment(period.computed_at),
        "published_at": moment(period.published_at),
        "figures": [_in_short(_figure(each)) for each in period.figures.all()],
    }


def _figure(figure: IndicatorFigure) -> dict[str, Any]:
    return figure_told(
        ServiceLevel.from_dict(figure.figures),
        version=figure.definition["version"],
        target_percent=figure.definition["target_percent"],
    )


def _in_short(told: dict[str, Any]) -> dict[str, Any]:
    names = ("definition", "numerator", "denominator", "percent", "value_seconds")
    return {name: told[name] for name in names}
