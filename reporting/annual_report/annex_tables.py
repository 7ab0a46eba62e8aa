"""The common figures as whole tables with numbers: key figures, participants, each central."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.tables import Cell, Row, Table
from reporting.annual_report import numbers, rules
from reporting.annual_report.document.central import parts_of
from reporting.annual_report.document.week import shown_week

Figures = dict[str, Any]

UNKNOWN = ""  # an empty cell: not known, and never nought


def about(figures: Figures) -> list[tuple[str, str]]:
    """Which figures the files hold: whose, of when, by which definition."""
    definition = figures["definition"]
    return [
        (_("Cooperation"), figures["cooperation"]["name"]),
        (_("Year"), str(figures["year"])),
        (_("Figures as of"), numbers.moment(figures["figures_at"])),
        (_("Definition"), f"{definition['id']} ({definition['version']})"),
        (_("Checksum of the figures (SHA-256)"), rules.checksum(figures)),
    ]


def key_figures(figures: Figures) -> list[Table]:
    """The centrals together: the year, and the year before where anything is known of it."""
    year, before = figures["total"]["year"], figures["total"]["previous"]
    levels = [level for level in (before, year) if level is not None]
    rows = [_level(str(level["starts_on"][:4]), level) for level in levels]
    return [Table(_("Key figures"), (_("Year"), *_level_headings()), tuple(rows))]


def participants(figures: Figures) -> list[Table]:
    """Who took part, and their inhabitants."""
    rows = [_participant(row) for row in figures["participants"]]
    headings = (_("Municipality"), _("Municipality number"), _("Inhabitants"), _("Counted on"))
    return [Table(_("Participants"), headings, tuple(rows))] if rows else []


def centrals(figures: Figures) -> list[Table]:
    """Of each central: its months, what happened to the calls, the hours of the week."""
    return [table for central in figures["centrals"] for table in _of_central(central)]


COMMON: dict[str, Callable[[Figures], list[Table]]] = {
    "summary": key_figures,
    "organisation": participants,
    "activity": centrals,
}


def _participant(row: Figures) -> Row:
    population = row["population"] or {"inhabitants": UNKNOWN, "counted_date": UNKNOWN}
    known = (population["inhabitants"], population["counted_date"])
    return Row((row["name"], row["number"], *known))


def _of_central(central: Figures) -> list[Table]:
    if central["year"]["state"] != "figures":
        return []
    return [_months(central), *_parts(central["year"], name=central["name"]), _week(central)]


def _months(central: Figures) -> Table:
    caption = _("%(central)s: calls and answer time by month") % {"central": central["name"]}
    rows = [_level(each["starts_on"][:7], each) for each in central["months"]]
    return Table(caption, (_("Month"), *_level_headings()), tuple(rows))


def _level_headings() -> tuple[str, ...]:
    return (
        _("Calls"),
        _("Answered within 2 minutes"),
        _("Calls that count"),
        _("Share in percent"),
        _("Answered"),
        _("Not answered"),
        _("Median wait in seconds"),
        _("Hours with data"),
        _("Hours in all"),
    )


def _level(name: str, level: Figures) -> Row:
    hours = (level["hours_with_feed"], level["hours_in_period"])
    if level["state"] == "no_data":
        return Row((name, *[UNKNOWN] * 7, *hours))
    counts = (level["offered"], level["numerator"], level["denominator"])
    ended = (level["answered"], level["unanswered"], _seconds(level["median_seconds"]))
    return Row((name, *counts, _decimal(level["percent"]), *ended, *hours))


def _seconds(seconds: float | None) -> Cell:
    return UNKNOWN if seconds is None else Decimal(str(seconds)).quantize(Decimal("0.1"))


def _decimal(value: str | None) -> Cell:
    return UNKNOWN if value is None else Decimal(value)


def _parts(year: Figures, *, name: str) -> list[Table]:
    """What happened to the calls; a hidden count is an empty cell."""
    captions = {
        "waits": _("%(central)s: all calls by what happened"),
        "bands": _("%(central)s: calls that were not answered, by how long they waited"),
        "outcomes": _("%(central)s: calls that were not answered, by how they ended"),
    }
    headings = (_("What happened"), _("Calls"))
    told = parts_of(year)
    return [
        Table(captions[part] % {"central": name}, headings, tuple(map(Row, told[part])))
        for part in captions
        if told[part]
    ]


def _week(central: Figures) -> Table:
    caption = _("%(central)s: hours of the week") % {"central": central["name"]}
    headings = (
        _("Weekday (1 is Monday)"),
        _("Hour"),
        _("Calls"),
        _("Answered within 2 minutes"),
    )
    rows = [
        Row((shown.hour.weekday, f"{shown.hour.hour:02d}", *_counts(shown)))
        for shown in shown_week(central["hour_of_week"])
    ]
    return Table(caption, headings, tuple(rows))


def _counts(shown: Any) -> tuple[Cell, Cell]:
    if shown.is_hidden or shown.is_few:
        return (UNKNOWN, UNKNOWN)
    return (shown.hour.denominator, shown.hour.numerator)
