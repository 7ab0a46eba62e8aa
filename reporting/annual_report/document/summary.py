"""The first chapter: the answer in one sentence, and the key figures of two years."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reporting.annual_report import numbers

Figures = dict[str, Any]


def summary_of(figures: Figures) -> Figures:
    """`state`, what the sentences need, and the rows of the table of key figures."""
    year, before = figures["total"]["year"], figures["total"]["previous"]
    target = figures["definition"]["target_percent"]
    return {
        "state": year["state"],
        "percent": numbers.percent(year["percent"]),
        "numerator": numbers.count(year["numerator"]),
        "denominator": numbers.count(year["denominator"]),
        "calls": numbers.count(year["offered"]),
        "unanswered": numbers.count(year["unanswered"]),
        "unanswered_percent": numbers.ratio(year["unanswered"], year["offered"]),
        "median": numbers.duration(year["median_seconds"]),
        "target": numbers.whole_percent(target),
        "is_met": _is_met(year, target=target),
        "missing_calls": numbers.count(_missing_calls(year, target=target)),
        "previous_year": str(figures["year"] - 1),
        "previous": _previous(year=year, before=before, at=figures["year"] - 1),
        **_completeness(year),
        "months_without_data": _months(figures, wanted=_is_empty),
        "months_partly": _months(figures, wanted=_is_partial),
        "rows": _rows(year=year, before=before),
        "central_rows": _central_rows(figures),
    }


def _is_met(level: Figures, *, target: int) -> bool | None:
    if not level["denominator"]:
        return None
    return 100 * level["numerator"] >= target * level["denominator"]


def _missing_calls(level: Figures, *, target: int) -> int:
    """How many more calls answered in time would have met the target, in whole calls."""
    return max(0, -(-target * level["denominator"] // 100) - level["numerator"])


def _previous(*, year: Figures, before: Figures | None, at: int) -> Figures | None:
    if before is None or before["percent"] is None or year["percent"] is None:
        return None
    return {
        "year": str(at),
        "percent": numbers.percent(before["percent"]),
        "points": numbers.points(year["percent"], before["percent"]),
        "is_partial": before["hours_with_feed"] < before["hours_in_period"],
        "completeness": _completeness(before)["completeness"],
    }


def _completeness(level: Figures) -> Figures:
    return {
        "hours": numbers.count(level["hours_with_feed"]),
        "all_hours": numbers.count(level["hours_in_period"]),
        "completeness": numbers.completeness(level["hours_with_feed"], level["hours_in_period"]),
        "is_complete": level["hours_with_feed"] == level["hours_in_period"],
    }


def _is_empty(month: list[Figures]) -> bool:
    """No central has told of a single hour."""
    return not any(level["hours_with_feed"] for level in month)


def _is_partial(month: list[Figures]) -> bool:
    """Some hour of some central is missing, but not all of all."""
    is_complete = all(level["hours_with_feed"] == level["hours_in_period"] for level in month)
    return not is_complete and not _is_empty(month)


def _months(figures: Figures, *, wanted: Callable[[list[Figures]], bool]) -> str:
    """The names of the months for which it holds of the centrals' figures."""
    by_month = zip(*(central["months"] for central in figures["centrals"]), strict=True)
    return numbers.listing(
        [numbers.month(month[0]["starts_on"]) for month in by_month if wanted(list(month))]
    )


def _rows(*, year: Figures, before: Figures | None) -> list[Figures]:
    levels = [year] if before is None else [year, before]
    return [
        {"name": _(name), "values": [value(level) for level in levels]}
        for name, value in KEY_FIGURES
    ]


def _share_of_offered(count: str):
    return lambda level: (
        _("%(count)s (%(percent)s)")
        % {
            "count": numbers.count(level[count]),
            "percent": numbers.ratio(level[count], level["offered"]),
        }
    )


KEY_FIGURES = [
    (gettext_noop("Calls"), lambda level: numbers.count(level["offered"])),
    (gettext_noop("Answered within 2 minutes"), _share_of_offered("numerator")),
    (gettext_noop("Answered within 10 minutes"), _share_of_offered("within_second")),
    (gettext_noop("Answered"), _share_of_offered("answered")),
    (gettext_noop("Not answered"), _share_of_offered("unanswered")),
    (
        gettext_noop("Half of the answered waited at most"),
        lambda level: numbers.duration(level["median_seconds"]),
    ),
    (
        gettext_noop("Nine of ten answered waited at most"),
        lambda level: numbers.duration(level["p90_seconds"]),
    ),
    (
        gettext_noop("Longest wait that was answered"),
        lambda level: numbers.duration(level["longest_seconds"]),
    ),
    (gettext_noop("Hours with data"), lambda level: _completeness(level)["completeness"]),
]


def _central_rows(figures: Figures) -> list[Figures]:
    """One row a central, where there are several."""
    if len(figures["centrals"]) < 2:
        return []
    return [
        {
            "name": central["name"],
            "calls": numbers.count(central["year"]["offered"]),
            "numerator": numbers.count(central["year"]["numerator"]),
            "percent": numbers.percent(central["year"]["percent"]),
            "completeness": _completeness(central["year"])["completeness"],
        }
        for central in figures["centrals"]
    ]
