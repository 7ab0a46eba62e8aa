"""Each municipality's share of the inhabitants: a chart, its table and a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import day, number, percent
from municipalities.costs.population.presenters import NOTHING
from municipalities.costs.population.queries import PopulationYears
from municipalities.costs.population.rules import change_percent, share_percent
from municipalities.register.queries import Counted

CHART = Path(__file__).parent / "shares.vl.json"


def shares_table(years: PopulationYears) -> Table:
    """Inhabitants, share and change by municipality on the newest complete day; one there is."""
    newest, oldest = years.complete_days[-1], years.days[0]
    total = years.inhabitants(newest) or 0
    return Table(
        caption=_("Share of the inhabitants on %(day)s") % {"day": day(newest)},
        headings=(
            _("Municipality"),
            _("Inhabitants"),
            _("Share (%)"),
            _("Change since %(day)s (%%)") % {"day": day(oldest)},
        ),
        rows=tuple(
            Row(
                (
                    each.municipality.name,
                    each.inhabitants,
                    share_percent(each.inhabitants, total),
                    _change(years.figure(each.municipality, oldest), each),
                )
            )
            for each in years.counted(newest)
        ),
    )


def shares_chart(years: PopulationYears) -> dict[str, Any]:
    """Each municipality's share on the newest complete day, the largest first."""
    newest = years.complete_days[-1]
    total = years.inhabitants(newest) or 0
    counted = sorted(years.counted(newest), key=lambda each: -each.inhabitants)
    bars = [
        {
            "name": each.municipality.name,
            "share": each.inhabitants / total,
            "label": percent(share_percent(each.inhabitants, total)),
        }
        for each in counted
    ]
    texts = {"share": _("Share of the inhabitants")}
    spec = localise(load_spec(CHART), texts=texts, language=_language())
    return with_data(spec, data={"bars": bars})


def shares_summary(years: PopulationYears) -> str:
    """The largest share in a sentence."""
    newest = years.complete_days[-1]
    total = years.inhabitants(newest) or 0
    largest = max(years.counted(newest), key=lambda each: each.inhabitants)
    return _("%(municipality)s has most: %(share)s of %(total)s inhabitants.") % {
        "municipality": largest.municipality.name,
        "share": percent(share_percent(largest.inhabitants, total)),
        "total": number(total),
    }


def _change(before: Counted | None, after: Counted) -> Cell:
    return change_percent(before.inhabitants, after.inhabitants) if before else NOTHING


def _language() -> str:
    language = get_language() or "nn"
    return language if language in ("nn", "nb", "en") else "en"
