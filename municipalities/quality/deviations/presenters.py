"""Deviations as pages and files show them; what is missing is said to be."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import month_name, number
from municipalities.quality.deviations.models import DeviationState
from municipalities.quality.deviations.rules import Summed, Year

CHART = Path(__file__).parent / "months.vl.json"
CATEGORY, SEVERITY, STATE = 0, 1, 2


def name_of(month: date) -> str:
    """The month and year, as inside a sentence."""
    return month_name(Period.month(month.year, month.month))


def missing_word() -> str:
    """What stands where nothing is reported. Never nought."""
    return _("not reported")


def lead(year: Year) -> str:
    """The year in a sentence, and how many months it rests on."""
    found = year.summed
    if not found.reported:
        return _("No month is reported.")
    told = ngettext("%(count)s deviation", "%(count)s deviations", found.total) % {
        "count": number(found.total)
    }
    return f"{told} {rests_on(found)}"


def rests_on(found: Summed) -> str:
    """How many months of how many a sum rests on."""
    if found.is_whole:
        return _("in all %(months)s months.") % {"months": number(found.months)}
    return _("in the %(reported)s of %(months)s months that are reported.") % {
        "reported": number(found.reported),
        "months": number(found.months),
    }


def months_table(year: Year, *, slug: str = "") -> Table:
    """Month for month by category, with the sum of each month."""
    names = year.names(CATEGORY)
    totals = dict(zip(year.months, year.totals(), strict=True))
    series = {name: year.series(CATEGORY, name) for name in names}
    return Table(
        caption=_("Deviations by month and category"),
        headings=(_("Month"), _("In all"), *names),
        rows=tuple(
            Row(
                (
                    capfirst(name_of(month)),
                    _cell(totals[month]),
                    *(
                        _cell(series[name][place]) if totals[month] is not None else "–"
                        for name in names
                    ),
                ),
                url=reverse("deviation_month", args=[slug, f"{month:%Y-%m}"]) if slug else "",
            )
            for place, month in enumerate(year.months)
        ),
    )


def parted_table(year: Year, place: int, *, caption: str, heading: str) -> Table:
    """The sums of the reported months by severity or state."""
    sums: dict[str, int] = {}
    for month in year.reported.values():
        for name, count in month.by(place).items():
            sums[name] = sums.get(name, 0) + count
    order = list(DeviationState) if place == STATE else year.names(place)
    return Table(
        caption=caption,
        headings=(heading, _("Count")),
        rows=tuple(Row((_named(name, place), sums[name])) for name in order if name in sums),
    )


def severities_table(year: Year) -> Table:
    return parted_table(year, SEVERITY, caption=_("By severity"), heading=_("Severity"))


def states_table(year: Year) -> Table:
    return parted_table(year, STATE, caption=_("By state"), heading=_("State"))


def chart(year: Year) -> dict[str, Any]:
    """The months as bars; a month that is missing has none, and is marked."""
    texts = {"count": _("Deviations"), "missing": missing_word()}
    rows = [
        {"month": name_of(month), "count": total, "is_missing": total is None}
        for month, total in zip(year.months, year.totals(), strict=True)
    ]
    spec = localise(load_spec(CHART), texts=texts, language=_language())
    return with_data(spec, data={"months": rows})


def chart_rows(year: Year) -> list[list[str]]:
    """The chart's figures as its table has them."""
    return [
        [capfirst(name_of(month)), missing_word() if total is None else number(total)]
        for month, total in zip(year.months, year.totals(), strict=True)
    ]


def _cell(count: int | None) -> Cell:
    return missing_word() if count is None else count


def _named(name: str, place: int) -> str:
    if place == STATE:
        return str(DeviationState(name).label)
    return name or _("not told")


def _language() -> str:
    return str(get_language() or "nn")
