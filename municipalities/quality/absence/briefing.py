"""Health, environment, safety and sickness absence for a meeting; what is hidden is no fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib.periods import Period, local_day
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import month_name, number, percent
from municipalities.meetings.topics.prepared import Asked, Facts, Figure, Page, PreparedTopic
from municipalities.quality.absence import queries, rules
from municipalities.quality.absence.queries import QuarterPoint
from municipalities.quality.absence.rules import Hidden, Shares
from municipalities.quality.absence.words import HIDDEN
from municipalities.quality.deviations.briefing import months_of
from municipalities.quality.deviations.models import DeviationCategory
from municipalities.quality.deviations.presenters import not_reported, rests_on
from municipalities.quality.deviations.rules import MonthFigures, summed

YEARS_SHOWN = 2  # so that the latest quarter stands beside that of the year before
HSE = ("hms", "hse", "helse, miljø", "health, environment")


def facts(asked: Asked) -> dict[str, Any]:
    """Quarters of all units together, the latest one by unit, and HSE deviations by month."""
    today = min(asked.until, local_day(timezone.now()))
    points = _quarters(asked, today=today)
    latest = max((each for each in points if each.is_reported), default=None, key=_when)
    units = _units(asked, latest) if latest else []
    months = months_of(asked)
    hse = _hse_categories(asked)
    return {
        "cooperation": asked.cooperation.slug,
        "quarters": [_quarter_fact(each) for each in points],
        "latest": [latest.year, latest.quarter] if latest else None,
        "units": units,
        "hse_categories": list(hse.values()),
        "hse_months": [[each.month.isoformat(), _of(each, hse)] for each in months],
    }


def page(facts: Facts) -> Page:
    """The latest quarter first, then every quarter, the units and the HSE deviations."""
    quarters: Sequence[Mapping[str, Any]] = facts["quarters"]
    months = [_month(*each) for each in facts["hse_months"]]
    return Page(
        lead=f"{_absence_lead(facts)} {_hse_lead(facts, months)}",
        figures=_figures(facts, months),
        tables=tuple(
            table
            for table in (_quarter_table(quarters), _unit_table(facts), _hse_table(facts, months))
            if table.rows
        ),
        notes=(
            _("A quarter or month that is not reported is missing, and is not 0."),
            _("Small units are hidden, since a percentage could tell of one person."),
        ),
        url=reverse("absence", args=[facts["cooperation"]]),
        link_label=_("Sickness absence by quarter"),
    )


def _quarters(asked: Asked, *, today: date) -> list[QuarterPoint]:
    """The quarters of two years that are over, the latest last."""
    year, quarter = rules.before(*rules.quarter_of(today))
    until = rules.ends(year, quarter)
    since = date(until.year - YEARS_SHOWN, until.month, 1)
    return queries.series_of(cooperation=asked.cooperation, since=since, until=until)


def _units(asked: Asked, latest: QuarterPoint) -> list[dict[str, Any]]:
    """The latest quarter's units as they may be shown."""
    year = queries.year_of(
        cooperation=asked.cooperation,
        year=latest.year,
        today=rules.ends(latest.year, latest.quarter),
    )
    shown = year.quarters[latest.quarter]
    return [_unit_fact(each) for each in shown.units] if shown else []


def _hse_categories(asked: Asked) -> dict[int, str]:
    """The categories whose name says that they are of health, environment and safety."""
    entries = DeviationCategory.objects.filter(cooperation=asked.cooperation)
    return {
        each.pk: each.name
        for each in entries.order_by("position", "name", "pk")
        if each.name.casefold().startswith(HSE)
    }


def _of(month: MonthFigures, categories: Mapping[int, str]) -> int | None:
    if not month.is_reported or not categories:
        return None
    return sum(month.by_category.get(pk, 0) for pk in categories)


def _quarter_fact(each: QuarterPoint) -> dict[str, Any]:
    fact = {"year": each.year, "quarter": each.quarter, "is_reported": each.is_reported}
    return fact | {"percent": None if each.percent is None else str(each.percent)}


def _unit_fact(each: Shares) -> dict[str, Any]:
    names = ("total", "certified", "self_certified", "short", "long")
    shares = {name: getattr(each, name) for name in names}
    told = {name: None if value is None else str(value) for name, value in shares.items()}
    hidden = {name: value and value.value for name, value in _why(each).items()}
    return {"unit": each.unit, "employees": each.employees} | told | hidden


def _why(each: Shares) -> dict[str, Hidden | None]:
    return {"hidden": each.hidden, "split_hidden": each.split_hidden}


def _absence_lead(facts: Facts) -> str:
    if facts["latest"] is None:
        return _("Sickness absence is not reported.")
    year, quarter = facts["latest"]
    found = _quarter_of(facts, year, quarter)
    told = {"quarter": quarter, "year": year}
    if found["percent"] is None:
        return _("Sickness absence in quarter %(quarter)s, %(year)s, is hidden.") % told
    return _("Sickness absence was %(percent)s in quarter %(quarter)s, %(year)s.") % (
        told | {"percent": percent(Decimal(found["percent"]))}
    )


def _hse_lead(facts: Facts, months: Sequence[MonthFigures]) -> str:
    if not facts["hse_categories"]:
        return _("No category of deviations is named HSE.")
    count = summed(months).count
    if count is None:
        return _("HSE deviations are not reported.")
    said = ngettext(
        "%(count)s HSE deviation since the last meeting.",
        "%(count)s HSE deviations since the last meeting.",
        count,
    )
    return f"{said % {'count': number(count)}} {rests_on(months)}"


def _figures(facts: Facts, months: Sequence[MonthFigures]) -> tuple[Figure, ...]:
    hse = summed(months).count
    found = [
        Figure(
            label=_("HSE deviations"),
            value=not_reported() if hse is None else number(hse),
            detail=rests_on(months),
        )
    ]
    if facts["latest"]:
        year, quarter = facts["latest"]
        before = _quarter_of(facts, year - 1, quarter)
        found.insert(
            0,
            Figure(
                label=_("Sickness absence, quarter %(quarter)s, %(year)s")
                % {"quarter": quarter, "year": year},
                value=_shown(_quarter_of(facts, year, quarter)),
                detail=_("The year before: %(percent)s") % {"percent": _shown(before)},
            ),
        )
    return tuple(found)


def _quarter_of(facts: Facts, year: int, quarter: int) -> Mapping[str, Any]:
    missing = {"is_reported": False, "percent": None}
    told = ((each["year"], each["quarter"], each) for each in facts["quarters"])
    return next((each for y, q, each in told if (y, q) == (year, quarter)), missing)


def _shown(quarter: Mapping[str, Any]) -> str:
    if not quarter["is_reported"]:
        return not_reported()
    return _("hidden") if quarter["percent"] is None else percent(Decimal(quarter["percent"]))


def _quarter_table(quarters: Sequence[Mapping[str, Any]]) -> Table:
    rows = tuple(
        Row(
            (
                _("Quarter %(quarter)s, %(year)s")
                % {"quarter": each["quarter"], "year": each["year"]},
                _cell(each["percent"])
                if each["percent"] is not None
                else (_("hidden") if each["is_reported"] else not_reported()),
            )
        )
        for each in quarters
    )
    return Table(_("Sickness absence, all units"), (_("Quarter"), _("All absence (%)")), rows)


def _unit_table(facts: Facts) -> Table:
    headings = (
        _("Unit"),
        _("Employees"),
        _("All absence (%)"),
        _("Certified by a doctor (%)"),
        _("Self-certified (%)"),
        _("1–16 days (%)"),
        _("17 days and more (%)"),
    )
    rows = tuple(Row(_unit_cells(each)) for each in facts["units"])
    return Table(_("Sickness absence by unit, the latest quarter"), headings, rows)


def _unit_cells(fact: Mapping[str, Any]) -> tuple[Cell, ...]:
    known = (fact["unit"], fact["employees"])
    if fact["hidden"]:
        return (*known, str(HIDDEN[Hidden(fact["hidden"])]), *[_("hidden")] * 4)
    parts = (_cell(fact[name]) for name in ("total", "certified", "self_certified"))
    if fact["split_hidden"]:
        return (*known, *parts, _("hidden"), _("hidden"))
    return (*known, *parts, _cell(fact["short"]), _cell(fact["long"]))


def _hse_table(facts: Facts, months: Sequence[MonthFigures]) -> Table:
    rows = [
        Row(
            (
                month_name(Period.month(each.month.year, each.month.month)),
                not_reported() if each.count is None else each.count,
            )
        )
        for each in months
    ]
    caption = _("HSE deviations by month")
    return Table(
        caption, (_("Month"), _("Deviations")), tuple(rows) if facts["hse_categories"] else ()
    )


def _month(month: str, count: int | None) -> MonthFigures:
    first = date.fromisoformat(month)
    if count is None:
        return MonthFigures(month=first, is_reported=False)
    return MonthFigures(month=first, is_reported=True, by_category={0: count})


def _cell(value: str | None) -> Cell:
    return "–" if value is None else Decimal(value)


def _when(each: QuarterPoint) -> tuple[int, int]:
    return each.year, each.quarter


TOPIC = PreparedTopic(
    code="health-and-safety",
    title=gettext_lazy("Health, environment, safety and sickness absence"),
    covers=("Health, environment, safety and sickness absence",),
    facts=facts,
    page=page,
)
