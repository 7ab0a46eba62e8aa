"""Indicators in people's words; the definition files are in English."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from callstats.indicators.rules import Tally
from callstats.indicators.uncertainty import wilson
from legevakt.lib import words

PARAMETER_NAMES = {
    "clock_start": gettext_lazy("The clock starts"),
    "clock_stop": gettext_lazy("The clock stops"),
    "threshold": gettext_lazy("Threshold"),
    "short_abandon_cut_off": gettext_lazy("Short abandoned calls"),
    "abandoned": gettext_lazy("Abandoned calls"),
    "ended_before_queue": gettext_lazy("Hung up during the announcement"),
    "callback_requested": gettext_lazy("Asked to be called back"),
    "overflow": gettext_lazy("Overflow to another central"),
    "test_calls": gettext_lazy("Test calls"),
    "outage": gettext_lazy("Outages"),
    "unknown_wait": gettext_lazy("Unknown wait"),
    "period_key": gettext_lazy("A call belongs to"),
    "aggregation": gettext_lazy("Sums"),
    "rounding": gettext_lazy("Rounding"),
}

# The words of the definition files, so that translators find them; a test keeps both alike.
PARAMETER_WORDS = (
    gettext_noop("entry to the operator queue, after announcement and menu"),
    gettext_noop("first human pick-up"),
    gettext_noop("120 s, inclusive"),
    gettext_noop("0 s: none removed"),
    gettext_noop("in the denominator, never in the numerator"),
    gettext_noop("not in the denominator; counted beside it"),
    gettext_noop("in the denominator, not in the numerator"),
    gettext_noop("presented and not answered here is unanswered here"),
    gettext_noop("not removed (the national data cannot)"),
    gettext_noop("in the denominator, not in the numerator; shown"),
    gettext_noop("local date and hour (Europe/Oslo) when the clock starts"),
    gettext_noop("numerators and denominators are summed, percentages never averaged"),
    gettext_noop("one decimal, half up; compared with the target on whole numbers"),
    gettext_noop("one decimal, half up"),
    gettext_noop("600 s, inclusive"),
    gettext_noop("5 s: abandoned calls up to then are removed"),
    gettext_noop("10 s: abandoned calls up to then are removed"),
    gettext_noop("120 s: abandoned calls up to then are removed"),
    gettext_noop("in both"),
    gettext_noop("in neither"),
    gettext_noop("in the denominator if longer than the cut-off, never in the numerator"),
    gettext_noop("in the denominator; in the numerator if within the threshold"),
    gettext_noop("in the denominator; in the numerator if rung back within 120 s of arrival"),
    gettext_noop(
        "one call through all queues of the central, and the clock runs on; what another central"
        " answered is not known here"
    ),
    gettext_noop("removed by rules that name them and that another person has approved"),
    gettext_noop("answered with unknown wait: in the denominator, not in the numerator"),
    gettext_noop("counted as any other"),
    gettext_noop("in a band of its own"),
    gettext_noop("left out; shown"),
    gettext_noop("from all waits of the period, never from other periods' values"),
    gettext_noop("milliseconds; percentiles lie between the two nearest waits"),
)

# Profile → its title, and what its definitions are for.
PROFILES = {
    "NKI": (
        gettext_lazy("The national quality indicator"),
        gettext_lazy("As Helsedirektoratet defines it, of all calls, unanswered ones too."),
    ),
    "INNRINGER": (
        gettext_lazy("As the caller sees it"),
        gettext_lazy("Whoever was rung back in time was helped in time too."),
    ),
    "BESIDE": (
        gettext_lazy("Beside the indicator"),
        gettext_lazy("What the share within two minutes does not tell: long waits and hang-ups."),
    ),
    "SENSITIVITY": (
        gettext_lazy("Other formulas"),
        gettext_lazy(
            "As vendors and other services count, on the same calls. They show what the choice of"
            " formula does, and are never reported as the national figure."
        ),
    ),
}
STATISTIC_NAMES = {
    "mean": gettext_lazy("mean"),
    "median": gettext_lazy("median"),
    "p90": gettext_lazy("90th percentile"),
    "p95": gettext_lazy("95th percentile"),
}
EXCLUSION_NAMES = {
    "test_calls": gettext_lazy("Test calls"),
    "outage": gettext_lazy("Outages"),
}
BAND_NAMES = {
    "0-5": gettext_lazy("up to 5 seconds"),
    "5-30": gettext_lazy("5 to 30 seconds"),
    "30-120": gettext_lazy("30 seconds to 2 minutes"),
    "120-600": gettext_lazy("2 to 10 minutes"),
    "600-": gettext_lazy("more than 10 minutes"),
    "unknown": gettext_lazy("unknown wait"),
}


def parameter_words(parameters: Mapping[str, str]) -> list[tuple[str, str]]:
    """Name and value of each parameter in the active language, in the order a reader asks."""
    names = [name for name in PARAMETER_NAMES if name in parameters]
    names += sorted(set(parameters) - set(PARAMETER_NAMES))
    return [(str(PARAMETER_NAMES.get(name, name)), _(parameters[name])) for name in names]


def completeness_words(tally: Tally) -> str:
    """Hours of which a call log tells, of the period's hours."""
    return _("Data for %(part)s of %(whole)s hours") % {
        "part": words.number(tally.hours_with_feed),
        "whole": words.number(tally.hours_in_period),
    }


def state_words(name: str) -> str:
    """What stands in a percentage's place. Never 0 and never 100 %."""
    return {
        "none_counted": _("No calls to count"),
        "no_calls": _("No calls"),
        "no_data": _("No data"),
        "waiting": _("Not computed yet"),
    }[name]


def band_words() -> dict[str, str]:
    """Band of unanswered calls → how long they waited, shortest first."""
    return {
        "0-5": _("up to 5 seconds"),
        "5-30": _("5 to 30 seconds"),
        "30-120": _("30 seconds to 2 minutes"),
        "120-600": _("2 to 10 minutes"),
        "600-": _("more than 10 minutes"),
        "unknown": _("unknown wait"),
    }


def interval_words(numerator: int, denominator: int) -> str:
    """The ends of the share's 95 % interval in percent, without the sign; a dash where none is.

    Source: Wilson (1927); see `uncertainty`.
    """
    interval = wilson(numerator, denominator)
    if interval is None:
        return "–"
    low, high = (Decimal(100 * end).quantize(Decimal("0.1"), ROUND_HALF_UP) for end in interval)
    return f"{words.number(low)}–{words.number(high)}"
