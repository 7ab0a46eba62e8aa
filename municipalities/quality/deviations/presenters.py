"""A year of deviations as tables, a chart and sentences; a missing month is never nought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from legevakt.lib import words
from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell, Row, Table
from municipalities.quality.deviations.models import DeviationState
from municipalities.quality.deviations.queries import DeviationYear
from municipalities.quality.deviations.rules import MonthFigures, by_key, summed
from municipalities.quality.notes.marks import beginning_in, marks, noted_table, told_in

CHART = Path(__file__).parent / "months.vl.json"


def rests_on(months: Sequence[MonthFigures]) -> str:
    """What the sums rest on: «10 of 12 months are reported»."""
    told = summed(months)
    return ngettext(
        "%(reported)s of %(count)s month is reported.",
        "%(reported)s of %(count)s months are reported.",
        told.months,
    ) % {"reported": told.reported, "count": told.months}


def lead(found: DeviationYear) -> str:
    """The year's sum in a sentence, and what it rests on."""
    told = summed(found.months)
    if told.count is None:
        return _("No month of %(year)s is reported.") % {"year": found.year}
    said = ngettext("%(count)s deviation.", "%(count)s deviations.", told.count)
    return f"{said % {'count': words.number(told.count)}} {rests_on(found.months)}"


def tables(found: DeviationYear) -> dict[str, Table]:
    """The year's tables by the name they are downloaded with."""
    return {
        "category": category_table(found),
        "severity": severity_table(found),
        "state": state_table(found),
    }


def category_table(found: DeviationYear) -> Table:
    """Months by category, with what every month and category sums to."""
    used = _used(found.categories, by_key(found.months, "by_category"))
    return _table(
        found,
        caption=_("Deviations by category, %(year)s") % {"year": found.year},
        names=[found.categories[pk] for pk in used],
        cells=lambda each: [each.by_category.get(pk, 0) for pk in used],
    )


def severity_table(found: DeviationYear) -> Table:
    """Months by severity; those of which it is not told stand in a column of their own."""
    sums = by_key(found.months, "by_severity")
    used = _used(found.severities, sums)
    keys = [*used, *([None] if None in sums else [])]
    names = [found.severities[pk] for pk in used]
    return _table(
        found,
        caption=_("Deviations by severity, %(year)s") % {"year": found.year},
        names=[*names, *([_("Severity not told")] if None in sums else [])],
        cells=lambda each: [each.by_severity.get(key, 0) for key in keys],
    )


def state_table(found: DeviationYear) -> Table:
    """Months by state, open and closed, and the median of days to close."""
    states = list(DeviationState)
    table = _table(
        found,
        caption=_("Deviations by state, %(year)s") % {"year": found.year},
        names=[str(state.label).capitalize() for state in states] + [_("Not closed")],
        cells=lambda each: [
            *(each.by_state.get(state.value, 0) for state in states),
            each.open or 0,
        ],
    )
    medians = [*(_median(each) for each in found.months), "–"]
    rows = tuple(Row((*row.cells, median)) for row, median in zip(table.rows, medians, strict=True))
    return Table(table.caption, (*table.headings, _("Median days to close")), rows)


def chart(found: DeviationYear) -> dict[str, Any]:
    """The months' counts as a line that breaks where a month is missing; {} without any."""
    if summed(found.months).count is None:
        return {}
    language = get_language() or "nn"
    spec = localise(load_spec(CHART), texts={"deviations": _("Deviations")}, language=language)
    noted = beginning_in(marks(found.notes), [_period(each.month) for each in found.months])
    notes = [
        {"month": step.starts_on.isoformat(), "numbers": numbers} for step, numbers in noted.items()
    ]
    months = [{"month": each.month.isoformat(), "count": each.count} for each in found.months]
    return with_data(spec, data={"months": months, "notes": notes})


def chart_table(found: DeviationYear) -> Table:
    """The chart's figures and notes."""
    return noted_table(
        caption=_("Deviations by month"),
        columns=_chart_columns(found),
        rows=_chart_rows(found),
        has_notes=bool(found.notes),
    )


def _chart_columns(found: DeviationYear) -> list[str]:
    return [_("Month"), _("Deviations"), *([_("Notes")] if found.notes else [])]


def _chart_rows(found: DeviationYear) -> list[list[str]]:
    """The chart's figures as a table, with the notes where there are any."""
    marked = marks(found.notes)
    return [
        [
            _named(found, each),
            _shown(each.count),
            *([told_in(marked, _period(each.month))] if marked else []),
        ]
        for each in found.months
    ]


def chart_summary(found: DeviationYear) -> str:
    """The months with the most and the fewest."""
    told = [(each.count, each.month) for each in found.months if each.count is not None]
    if not told:
        return ""
    most, fewest = max(told), min(told)
    return _("Most in %(most)s: %(high)s. Fewest in %(fewest)s: %(low)s.") % {
        "most": name_of_month(most[1]).lower(),
        "high": words.number(most[0]),
        "fewest": name_of_month(fewest[1]).lower(),
        "low": words.number(fewest[0]),
    }


def name_of_month(month: date) -> str:
    """The month's name with a capital."""
    return str(MONTHS[month.month]).capitalize()


def _named(found: DeviationYear, each: MonthFigures) -> str:
    """The month, with its year where the months are of more than one."""
    if found.months[0].month.year == found.months[-1].month.year:
        return name_of_month(each.month)
    return capfirst(words.month_name(_period(each.month)))


def _period(month: date) -> Period:
    return Period.month(month.year, month.month)


def not_reported() -> str:
    """What stands where a month is missing."""
    return _("not reported")


def _table(found: DeviationYear, *, caption: str, names: Sequence[str], cells: Any) -> Table:
    rows = [
        Row((_named(found, each), *_told(each, cells=cells, width=len(names))))
        for each in found.months
    ]
    told = [each for each in found.months if each.is_reported]
    sums = [sum(column) for column in zip(*(cells(each) for each in told), strict=True)]
    total = summed(found.months)
    last = _("Sum of %(reported)s of %(count)s months") % {
        "reported": total.reported,
        "count": total.months,
    }
    if total.count is not None:
        rows.append(Row((last, *sums, total.count)))
    else:
        rows.append(Row((last, *[not_reported()] * (len(names) + 1))))
    return Table(caption, (_("Month"), *names, _("All")), tuple(rows))


def _told(each: MonthFigures, *, cells: Any, width: int) -> list[Cell]:
    if each.count is None:
        return [not_reported()] * (width + 1)
    return [*cells(each), each.count]


def _used(names: Mapping[int, str], sums: Mapping[Any, int]) -> list[int]:
    """The list's words that the year uses, in the list's order."""
    return [pk for pk in names if pk in sums]


def _median(each: MonthFigures) -> Cell:
    if not each.is_reported:
        return not_reported()
    return "–" if each.median_days is None else each.median_days


def _shown(count: int | None) -> str:
    return not_reported() if count is None else words.number(count)
