"""A year of sickness absence as a table, a chart and sentences; hidden is hidden everywhere."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legevakt.lib import words
from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell, Row, Table
from municipalities.quality.absence.queries import AbsenceYear, share_of
from municipalities.quality.absence.rules import (
    LEAST_SHOWN,
    LEAST_SPLIT,
    Shares,
    ShownQuarter,
    ends,
    starts,
)
from municipalities.quality.absence.words import HIDDEN
from municipalities.quality.deviations.presenters import not_reported
from municipalities.quality.notes.marks import beginning_in, marks, noted_table, told_in

CHART = Path(__file__).parent / "quarters.vl.json"
DASH = "–"


def lead(found: AbsenceYear) -> str:
    """The latest reported quarter in a sentence, and how many are reported."""
    told = [(each, shown) for each, shown in found.quarters.items() if shown]
    if not told:
        return _("No quarter of %(year)s is reported.") % {"year": found.year}
    quarter, shown = told[-1]
    said = _("%(percent)s in quarter %(quarter)s.") % {
        "percent": percent_words(shown.together),
        "quarter": quarter,
    }
    reported = _("%(reported)s of %(count)s quarters are reported.") % {
        "reported": len(told),
        "count": len(found.quarters),
    }
    return f"{said[:1].upper()}{said[1:]} {reported}"


def percent_words(shares: Shares) -> str:
    """The percentage, or that it is hidden."""
    return (
        str(HIDDEN[shares.hidden]) if shares.hidden else words.percent(shares.total or Decimal(0))
    )


def absence_table(found: AbsenceYear) -> Table:
    """Quarters and units, and the same quarter of the year before."""
    rows: list[Row] = []
    for quarter, shown in found.quarters.items():
        name = quarter_name(quarter)
        earlier = found.before[quarter]
        if shown is None:
            rows.append(Row((f"{name}, {_('all units')}", *[not_reported()] * 6, _total(earlier))))
            continue
        for unit in found.units:
            here, then = share_of(shown, unit), share_of(earlier, unit)
            rows.append(Row((f"{name}, {unit}", *_cells(here), _percent_cell(then))))
        label = f"{name}, {together_name(shown, units=len(found.units))}"
        rows.append(Row((label, *_cells(shown.together), _total(earlier))))
    return Table(
        _("Sickness absence in per cent of agreed days, %(year)s") % {"year": found.year},
        (
            _("Quarter and unit"),
            _("Employees"),
            _("All absence (%)"),
            _("Certified by a doctor (%)"),
            _("Self-certified (%)"),
            _("1–16 days (%)"),
            _("17 days and more (%)"),
            _("Same quarter %(year)s (%%)") % {"year": found.year - 1},
        ),
        tuple(rows),
    )


def together_name(shown: ShownQuarter, *, units: int) -> str:
    """All units, or how many of those that report in the year."""
    if len(shown.units) == units:
        return _("all units")
    return _("%(count)s of %(all)s units") % {"count": len(shown.units), "all": units}


def chart(found: AbsenceYear) -> dict[str, Any]:
    """Bars of all units by quarter, the year before beside; {} where nothing can be shown."""
    years = [(found.year - 1, found.before), (found.year, found.quarters)]
    quarters = [
        {"quarter": quarter_name(quarter), "year": str(year), "percent": _number(shown)}
        for quarter in range(1, 5)
        for year, told in years
        if (shown := told.get(quarter)) and shown.together.total is not None
    ]
    if not quarters:
        return {}
    texts = {
        "percent": _("Per cent of agreed days"),
        "before": str(found.year - 1),
        "year": str(found.year),
    }
    spec = localise(load_spec(CHART), texts=texts, language=get_language() or "nn")
    return with_data(spec, data={"quarters": quarters, "notes": _marks(found, quarters)})


def _marks(found: AbsenceYear, bars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The notes' numbers by the quarter they begin in, a little above its bar."""
    heights = {(each["quarter"], each["year"]): each["percent"] for each in bars}
    lift = 0.16 * max(heights.values())
    quarters = {
        _quarter_days(year, quarter): (quarter_name(quarter), str(year))
        for year in (found.year - 1, found.year)
        for quarter in range(1, 5)
    }
    return [
        {
            "quarter": quarters[days][0],
            "year": quarters[days][1],
            "numbers": numbers,
            "at": heights.get(quarters[days], 0) + lift,
        }
        for days, numbers in beginning_in(marks(found.notes), list(quarters)).items()
    ]


def chart_table(found: AbsenceYear) -> Table:
    """The chart's figures and notes."""
    return noted_table(
        caption=_("Sickness absence by quarter, all units"),
        columns=_chart_columns(found),
        rows=_chart_rows(found),
        has_notes=bool(found.notes),
    )


def _chart_columns(found: AbsenceYear) -> list[str]:
    told = [_("Notes")] if found.notes else []
    return [_("Quarter"), f"{found.year} (%)", f"{found.year - 1} (%)", *told]


def _chart_rows(found: AbsenceYear) -> list[list[str]]:
    """The chart's figures as a table, with the notes on either year where there are any."""
    return [
        [
            quarter_name(quarter),
            Row((_total(found.quarters[quarter]) if quarter in found.quarters else DASH,)).shown[0],
            Row((_total(found.before[quarter]),)).shown[0],
            *([_noted(found, quarter)] if found.notes else []),
        ]
        for quarter in range(1, 5)
    ]


def _noted(found: AbsenceYear, quarter: int) -> str:
    """The notes that touch the quarter, of the year and of the one before."""
    marked = marks(found.notes)
    told = [told_in(marked, _quarter_days(year, quarter)) for year in (found.year, found.year - 1)]
    return "; ".join(filter(None, told))


def chart_summary(found: AbsenceYear) -> str:
    """How the latest quarter that both years show has moved."""
    for quarter, shown in reversed(list(found.quarters.items())):
        earlier = found.before[quarter]
        if (
            shown
            and earlier
            and shown.together.total is not None
            and earlier.together.total is not None
        ):
            return _("Quarter %(quarter)s: %(now)s, and %(before)s the year before.") % {
                "quarter": quarter,
                "now": words.percent(shown.together.total),
                "before": words.percent(earlier.together.total),
            }
    return ""


def how_hidden() -> str:
    """What is hidden, and why."""
    return _(
        "Units with fewer than %(least)s employees are hidden, and short and long absence of units"
        " with fewer than %(split)s: a percentage could tell of one person. Other units are hidden"
        " where a small one could be computed from them. A quarter that is not reported is not 0."
    ) % {"least": LEAST_SHOWN, "split": LEAST_SPLIT}


def quarter_name(quarter: int) -> str:
    """«1. kvartal»."""
    return _("Quarter %(number)s") % {"number": quarter}


def _quarter_days(year: int, quarter: int) -> Period:
    return Period(starts(year, quarter), ends(year, quarter))


def _cells(shares: Shares | None) -> tuple[Cell, ...]:
    if shares is None:
        return (not_reported(),) * 6
    if shares.hidden:
        why = str(HIDDEN[shares.hidden])
        return (shares.employees, why, *[_("hidden")] * 4)
    split: tuple[Cell, ...]
    if shares.split_hidden:
        split = (str(HIDDEN[shares.split_hidden]), _("hidden"))
    else:
        split = tuple(DASH if each is None else each for each in (shares.short, shares.long))
    parts = (shares.total, shares.certified, shares.self_certified)
    return (shares.employees, *(Decimal(0) if each is None else each for each in parts), *split)


def _percent_cell(shares: Shares | None) -> Cell:
    if shares is None:
        return not_reported()
    if shares.hidden:
        return _("hidden")
    return shares.total if shares.total is not None else DASH


def _total(shown: ShownQuarter | None) -> Cell:
    return _percent_cell(shown.together if shown else None)


def _number(shown: ShownQuarter) -> float:
    return float(shown.together.total or 0)
