"""One central's chapter: month by month, how long callers waited, over the week."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from callstats.queries import suppressed
from legevakt.lib import words
from reporting.annual_report import numbers
from reporting.annual_report.document.events import events
from reporting.annual_report.document.week import has_hidden_cells, week_rows

Figures = dict[str, Any]

LINE_CLASSES = {
    "116117": gettext_noop("116 117"),
    "lokal8": gettext_noop("local 8-digit number"),
    "professional": gettext_noop("line for health professionals"),
    "other": gettext_noop("other line"),
}
OUTCOMES = {
    "abandoned": gettext_noop("The caller gave up"),
    "timeout": gettext_noop("Left the queue by its time limit"),
    "no_agents": gettext_noop("No operator logged in"),
    "queue_full": gettext_noop("Queue full"),
    "closed": gettext_noop("Closed"),
    "callback_requested": gettext_noop("Asked to be called back"),
    "voicemail": gettext_noop("Answered by voicemail"),
    "incomplete": gettext_noop("End not seen in the log"),
    "unknown": gettext_noop("Unknown outcome"),
}
BANDS = {
    "0-5": gettext_noop("up to 5 seconds"),
    "5-30": gettext_noop("5 to 30 seconds"),
    "30-120": gettext_noop("30 seconds to 2 minutes"),
    "120-600": gettext_noop("2 to 10 minutes"),
    "600-": gettext_noop("more than 10 minutes"),
    "unknown": gettext_noop("unknown"),
}


def central_content(central: Figures, *, definition: Figures) -> Figures:
    """The words and tables of a central; `charts` are added when they are drawn."""
    year = central["year"]
    parted = {
        "waits": _parts(_waits(year), whole=year["offered"]),
        "bands": _parts(_bands(year), whole=year["unanswered"]),
        "outcomes": _parts(_outcomes(year), whole=year["unanswered"]),
    }
    return {
        "slug": central["slug"],
        "name": central["name"],
        "lines": [_line(line, definition=definition) for line in central["lines"]],
        "sources": [_source(source) for source in central["sources"]],
        "state": year["state"],
        "months": [_month(month, definition=definition) for month in central["months"]],
        **parted,
        "has_hidden_parts": any(
            part["calls"] == numbers.NOTHING for parts in parted.values() for part in parts
        ),
        "unanswered": numbers.count(year["unanswered"]),
        "week": week_rows(central["hour_of_week"]),
        "has_hidden_cells": has_hidden_cells(central["hour_of_week"]),
        "events": events(central.get("annotations", [])),
        "unknown_waits": numbers.count(year["unknown_waits"]) if year["unknown_waits"] else "",
        "ambiguous": numbers.count(year["ambiguous_times"]) if year["ambiguous_times"] else "",
        "before_queue": numbers.count(year["before_queue"]) if year["before_queue"] else "",
        "hours": numbers.count(year["hours_with_feed"]),
        "all_hours": numbers.count(year["hours_in_period"]),
        "completeness": numbers.completeness(year["hours_with_feed"], year["hours_in_period"]),
    }


def _line(line: Figures, *, definition: Figures) -> Figures:
    return {
        "name": _(LINE_CLASSES[line["line_class"]]),
        "number": words.phone_number(line["number"]).replace(" ", numbers.NO_BREAK)
        if line["line_class"] != "116117"
        else "",
        "is_counted": line["line_class"] in definition["line_classes"],
    }


def _source(source: Figures) -> Figures:
    return {"name": source["name"], "is_synthetic": source["is_synthetic"]}


def _month(month: Figures, *, definition: Figures) -> Figures:
    target = definition["target_percent"] * month["denominator"]
    return {
        "name": numbers.month(month["starts_on"]).capitalize(),
        "state": month["state"],
        "calls": numbers.count(month["offered"]),
        "numerator": numbers.count(month["numerator"]),
        "percent": numbers.percent(month["percent"]),
        "is_met": bool(month["denominator"]) and 100 * month["numerator"] >= target,
        "unanswered": numbers.count(month["unanswered"]),
        "unanswered_percent": numbers.ratio(month["unanswered"], month["offered"]),
        "median": numbers.duration(month["median_seconds"]),
        "completeness": numbers.completeness(month["hours_with_feed"], month["hours_in_period"]),
    }


def parts_of(year: Figures) -> dict[str, list[tuple[str, int | str]]]:
    """What happened to the year's calls, as numbers; "" where a count is hidden."""
    told = {"waits": _waits(year), "bands": _bands(year), "outcomes": _outcomes(year)}
    return {
        part: [(name, "" if name in hidden else calls) for name, calls in counts.items()]
        for part, counts in told.items()
        for hidden in [suppressed(counts).cells]
    }


def _waits(year: Figures) -> dict[str, int]:
    unknown = year["unknown_waits"] - year["bands"]["unknown"]
    rows = [
        (_("Answered within 2 minutes"), year["numerator"]),
        (_("Answered within 2 to 10 minutes"), year["within_second"] - year["numerator"]),
        (_("Answered later"), year["answered"] - year["within_second"] - unknown),
        (_("Answered, wait unknown"), unknown),
        (_("Not answered"), year["unanswered"]),
    ]
    return {name: calls for name, calls in rows if calls or name != rows[3][0]}


def _bands(year: Figures) -> dict[str, int]:
    counts = {name: year["bands"].get(name, 0) for name in BANDS}
    return {_(BANDS[name]): calls for name, calls in counts.items() if calls or name != "unknown"}


def _outcomes(year: Figures) -> dict[str, int]:
    """How unanswered calls ended; only what happened."""
    return {
        _(text): year["outcomes"][outcome]
        for outcome, text in OUTCOMES.items()
        if year["outcomes"].get(outcome)
    }


def _parts(told: dict[str, int], *, whole: int) -> list[Figures]:
    """Of the calls that sum to the whole, those that are 1 to 4 hidden with the next smallest."""
    hidden = suppressed(told).cells
    return [
        {"name": name, "calls": numbers.NOTHING, "percent": numbers.NOTHING}
        if name in hidden
        else {"name": name, "calls": numbers.count(calls), "percent": numbers.ratio(calls, whole)}
        for name, calls in told.items()
    ]
