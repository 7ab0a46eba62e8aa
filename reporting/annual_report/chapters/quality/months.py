"""The deviations of each month, drawn beside those of the year before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.words import number
from municipalities.queries import Chart, deviations
from reporting.annual_report.chapters import beside
from reporting.annual_report.chapters.parts import Told

SPEC = Path(__file__).parent / "months.vl.json"


def facts(
    found: deviations.DeviationYear, *, before: Sequence[deviations.DeviationYear]
) -> list[dict[str, Any]]:
    """The months that are over, with `before`, the count of the same month a year before."""
    last = next((each for each in before if each.year == found.year - 1), None)
    counts = {each.month.month: each.count for each in last.months} if last else {}
    return [
        {
            "month": each.month.isoformat(),
            "count": each.count,
            "before": counts.get(each.month.month),
        }
        for each in found.months
    ]


def chart(told: Told) -> Chart | None:
    """Bars of the year, and a mark where the year before was; None where there is no bar."""
    months = told.facts["months"]
    if not any(each["count"] is not None for each in months):
        return None
    texts = {
        "deviations": _("Deviations"),
        "year": str(told.year),
        "before": str(told.year - 1),
        "missing": beside.not_reported(),
    }
    spec = localise(load_spec(SPEC), texts=texts, language=str(get_language() or "nn"))
    drawn = [each | {"month": _short(each["month"])} for each in months]
    return Chart(
        key="deviations-by-month",
        table=_table(told),
        spec=with_data(spec, data={"months": drawn}),
        summary=_summary(told),
    )


def _table(told: Told) -> Any:
    months = told.facts["months"]
    has_before = any(each["before"] is not None for each in months)
    years = [told.year, told.year - 1] if has_before else [told.year]
    names = ["count", "before"][: len(years)]
    return beside.table(
        caption=_("Deviations by month"),
        of=_("Month"),
        years=years,
        rows=[(_name(each["month"]), [each[name] for name in names]) for each in months],
    )


def _summary(told: Told) -> str:
    """The months with most and fewest, where each is one alone."""
    known = [each for each in told.facts["months"] if each["count"] is not None]
    counts = sorted(each["count"] for each in known)
    if len(counts) < 3 or counts[0] == counts[1] or counts[-1] == counts[-2]:
        return ""
    by_count = {each["count"]: _name(each["month"]).lower() for each in known}
    return _("Most in %(most)s: %(high)s. Fewest in %(fewest)s: %(low)s.") % {
        "most": by_count[counts[-1]],
        "high": number(counts[-1]),
        "fewest": by_count[counts[0]],
        "low": number(counts[0]),
    }


def _name(iso: str) -> str:
    return capfirst(str(MONTHS[date.fromisoformat(iso).month]))


def _short(iso: str) -> str:
    return _name(iso)[:3].lower()
