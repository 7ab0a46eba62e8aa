"""The three charts of a central, as SVG, from the specifications the dashboard uses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from legevakt.lib import charts
from legevakt.lib.periods import Period
from reporting.annual_report import numbers
from reporting.annual_report.document.week import shown_week
from reporting.statistics.notes import month_rows

FOLDER = settings.BASE_DIR / "reporting" / "charts"
Figures = dict[str, Any]


def charts_of(*, central: Figures, definition: Figures, language: str) -> dict[str, str]:
    """`trend`, `wait_bands` and `hour_of_week` by name; all with title and description."""
    target = definition["target_percent"]
    return {
        "trend": _draw(
            "trend",
            data={"months": _months(central), "marks": _marks(central)},
            title=_("Answered within two minutes, month by month"),
            description=_extremes(central),
            target=target,
            language=language,
        ),
        "wait_bands": _draw(
            "wait_bands",
            data={"bands": _bands(central)},
            title=_("How long callers waited, month by month"),
            description=_(
                "Stacked bars: calls answered within 2 minutes, within 2 to 10 minutes, later, "
                "and not at all. The same figures stand in the table below."
            ),
            target=target,
            language=language,
        ),
        "hour_of_week": _draw(
            "hour_of_week",
            data={"hours": _hours(central)},
            title=_("Answered within two minutes, by weekday and hour"),
            description=_(
                "A grid of seven days and 24 hours, coloured by the share answered within two "
                "minutes. The same figures stand in the table below."
            ),
            target=target,
            language=language,
        ),
    }


def _draw(
    name: str, *, data: Figures, title: str, description: str, target: int, language: str
) -> str:
    spec = charts.localise(
        charts.load_spec(FOLDER / f"{name}.vl.json"), texts=_texts(target), language=language
    )
    return charts.render_svg(
        spec, data=data, language=language, title=title, description=description
    )


def _texts(target: int) -> dict[str, str]:
    within = _("answered within 2 minutes")
    return {
        "share": pgettext("chart axis", "Answered within 2 minutes"),
        "calls": pgettext("chart axis", "Calls"),
        "hour": pgettext("chart axis", "Hour of the day"),
        "target": _("target %(percent)s") % {"percent": numbers.whole_percent(target)},
        "met": _("target met"),
        "missed": _("target not met"),
        "no_data": _("no data"),
        "within_2": within,
        "from_2_to_10": _("after 2 to 10 minutes"),
        "over_10": _("later"),
        "unanswered": _("not answered"),
    }


def _months(central: Figures) -> list[Figures]:
    return [{"month": row["starts_on"], "share": row["share"]} for row in central["months"]]


def _marks(central: Figures) -> list[Figures]:
    """The months of the notes. Figures frozen before there were notes have none."""
    days = date.fromisoformat
    year = Period.year(days(central["months"][0]["starts_on"]).year)
    notes = central.get("annotations", [])
    spans = [(days(note["starts_on"]), days(note["ends_on"])) for note in notes]
    return month_rows(spans, within=year)


def _bands(central: Figures) -> list[Figures]:
    rows = []
    for month in central["months"]:
        for band, calls in waits_of(month).items():
            rows.append({"month": month["starts_on"], "band": band, "calls": calls})
    return rows


def waits_of(level: Figures) -> dict[str, int]:
    """Offered calls by what happened; the four parts sum to all calls of the level."""
    return {
        "within_2": level["numerator"],
        "from_2_to_10": level["within_second"] - level["numerator"],
        "over_10": level["answered"] - level["within_second"],
        "unanswered": level["unanswered"],
    }


def _hours(central: Figures) -> list[Figures]:
    return [
        {"weekday": shown.hour.weekday, "hour": shown.hour.hour, "share": shown.share}
        for shown in shown_week(central["hour_of_week"])
    ]


def _extremes(central: Figures) -> str:
    known = [row for row in central["months"] if row["percent"] is not None]
    if not known:
        return _("No month has calls.")
    low, high = (choose(known, key=lambda row: Decimal(row["percent"])) for choose in (min, max))
    return _(
        "Bars for each month. Lowest in %(low)s with %(lowest)s, highest in %(high)s with "
        "%(highest)s. A dashed line shows the target. The same figures stand in the table below."
    ) % {
        "low": numbers.month(low["starts_on"]),
        "lowest": numbers.percent(low["percent"]),
        "high": numbers.month(high["starts_on"]),
        "highest": numbers.percent(high["percent"]),
    }
