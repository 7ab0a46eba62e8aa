"""Sickness absence as pages and files show it; what is hidden stays hidden in files too."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import percent
from municipalities.quality.absence.queries import QuarterShown
from municipalities.quality.absence.rules import FEWEST, FEWEST_FOR_SPLIT, Shown

CHART = Path(__file__).parent / "quarters.vl.json"


def name_of(quarter: QuarterShown) -> str:
    """The quarter, as a heading."""
    return _("Quarter %(quarter)s, %(year)s") % {
        "quarter": quarter.quarter,
        "year": quarter.year,
    }


def lead(quarters: Sequence[QuarterShown]) -> str:
    """The latest quarter in a sentence."""
    known = [each for each in quarters if each.is_reported]
    if not known:
        return _("No quarter is reported.")
    last = known[-1]
    if last.total is None or last.total.total is None:
        return _("%(quarter)s is reported; it is hidden because so few work here.") % {
            "quarter": name_of(last)
        }
    return _(
        "%(quarter)s: %(total)s of the agreed days were lost, %(certified)s certified by a doctor"
        " and %(own)s self-certified."
    ) % {
        "quarter": name_of(last),
        "total": percent(last.total.total),
        "certified": _share(last.total.certified),
        "own": _share(last.total.self_certified),
    }


def table(quarters: Sequence[QuarterShown]) -> Table:
    """Each unit of each quarter, then the sum."""
    return Table(
        caption=_("Sickness absence of the agreed days"),
        headings=(
            _("Quarter"),
            _("Unit"),
            _("In all"),
            _("Certified by a doctor"),
            _("Self-certified"),
            _("1–16 days"),
            _("17 days and more"),
        ),
        rows=tuple(row for each in quarters for row in _rows(each)),
    )


def chart(quarters: Sequence[QuarterShown]) -> dict[str, Any]:
    """The sum of each quarter as bars; what is missing or hidden has none."""
    texts = {
        "share": _("Share of the agreed days"),
        "certified": _("certified by a doctor"),
        "own": _("self-certified"),
    }
    rows = []
    for each in quarters:
        for name, share in (
            (texts["certified"], each.total.certified if each.total else None),
            (texts["own"], each.total.self_certified if each.total else None),
        ):
            if share is not None:
                value = float(share / 100)
                rows.append({"quarter": name_of(each), "part": name, "share": value})
    spec = localise(load_spec(CHART), texts=texts, language=str(get_language() or "nn"))
    names = [{"quarter": name_of(each)} for each in quarters]
    return with_data(spec, data={"quarters": rows, "all": names})


def chart_rows(quarters: Sequence[QuarterShown]) -> list[list[str]]:
    """The chart's figures as its table has them."""
    return [
        [
            name_of(each),
            _share(each.total.certified) if each.total else _why(each),
            _share(each.total.self_certified) if each.total else _why(each),
        ]
        for each in quarters
    ]


def notes() -> tuple[str, ...]:
    """What is hidden, and why."""
    return (
        _(
            "Hidden: units of fewer than %(fewest)s employees, and a second one where the sum would"
            " give the first away. The split is shown from %(split)s employees."
        )
        % {"fewest": FEWEST, "split": FEWEST_FOR_SPLIT},
    )


def _rows(quarter: QuarterShown) -> list[Row]:
    if not quarter.is_reported:
        return [Row((name_of(quarter), _("not reported"), "–", "–", "–", "–", "–"))]
    rows = [Row((name_of(quarter), each.unit, *_cells(each))) for each in quarter.units]
    if len(quarter.units) > 1:
        told = _cells(quarter.total) if quarter.total else (_("hidden"),) * 5
        rows.append(Row((name_of(quarter), _("In all"), *told)))
    return rows


def _cells(shown: Shown) -> tuple[str, ...]:
    figures = (shown.total, shown.certified, shown.self_certified)
    split = (shown.short, shown.long)
    return (
        *(_("hidden") if shown.is_hidden else _share(each) for each in figures),
        *(_("hidden") if shown.is_split_hidden else _share(each) for each in split),
    )


def _share(value: Decimal | None) -> str:
    return "–" if value is None else percent(value)


def _why(quarter: QuarterShown) -> str:
    return _("hidden") if quarter.is_reported else _("not reported")
