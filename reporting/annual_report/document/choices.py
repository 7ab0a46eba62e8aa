"""The choices of a definition in words; the definition file has them in English."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

NAMES = {
    "clock_start": gettext_noop("The clock starts"),
    "clock_stop": gettext_noop("The clock stops"),
    "threshold": gettext_noop("Limit"),
    "short_abandon_cut_off": gettext_noop("Short calls"),
    "abandoned": gettext_noop("Calls given up"),
    "ended_before_queue": gettext_noop("Ended before the queue"),
    "callback_requested": gettext_noop("Asked to be called back"),
    "overflow": gettext_noop("Passed on to another central"),
    "test_calls": gettext_noop("Test calls"),
    "unknown_wait": gettext_noop("Unknown wait"),
    "period_key": gettext_noop("Which period"),
    "aggregation": gettext_noop("Sums"),
    "rounding": gettext_noop("Rounding"),
}

# What the definition files say, so that the catalogues have it.
VALUES = (
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
)


def choices_of(definition: dict[str, Any]) -> list[dict[str, str]]:
    """`name` and `value` of each choice in the active language, in the order a reader asks."""
    chosen = definition["parameters"]
    names = [name for name in NAMES if name in chosen]
    names += sorted(set(chosen) - set(NAMES))
    return [{"name": _(NAMES.get(name, name)), "value": _(chosen[name])} for name in names]
