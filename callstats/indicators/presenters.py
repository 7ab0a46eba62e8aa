"""A definition in people's words. The definition files are written in English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import get_language, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from callstats.calls.models import Outcome
from callstats.indicators.definitions import Definition
from callstats.indicators.worked_example import ExampleCall, WorkedExample
from municipalities.models import LineClass

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
)


class Pair(NamedTuple):
    """A parameter and its value."""

    name: str
    value: str


def name(definition: Definition) -> str:
    """The definition's name in the language of the page."""
    return _in_language(definition.name)


def statement(definition: Definition) -> str:
    """What the definition counts, in one sentence."""
    return _in_language(definition.statement)


def parameters(definition: Definition) -> list[Pair]:
    """Every parameter with its value: what the files decide first, then the recorded choices."""
    return [
        Pair(_("Target"), _("%(number)s%%") % {"number": definition.target_percent}),
        Pair(_("Answered in time, seconds"), str(definition.threshold_seconds)),
        Pair(_("Second threshold, seconds"), str(definition.second_threshold_seconds)),
        Pair(_("Lines"), _labels(LineClass, definition.line_classes)),
        Pair(_("Numerator"), _labels(Outcome, definition.numerator_outcomes)),
        Pair(_("Denominator"), _labels(Outcome, definition.denominator_outcomes)),
        *(
            Pair(str(PARAMETER_NAMES.get(key, key)), _(value))
            for key, value in definition.parameters.items()
        ),
        Pair(_("Written by"), definition.author),
        Pair(_("Reviewed by"), definition.reviewer or _("not reviewed yet")),
    ]


def example_rows(example: WorkedExample) -> list[list[str]]:
    """A row a call of the example: outcome, wait, in the denominator, in the numerator."""
    return [_example_row(call) for call in example.calls]


def _example_row(call: ExampleCall) -> list[str]:
    wait = "–" if call.wait_seconds is None else str(call.wait_seconds)
    return [
        str(Outcome(call.outcome).label),
        wait,
        _("yes") if call.in_denominator else _("no"),
        _("yes") if call.in_numerator else _("no"),
    ]


def _labels(choices, values: Iterable[str]) -> str:
    return ", ".join(str(choices(value).label) for value in values)


def _in_language(texts: dict[str, str]) -> str:
    return texts.get(get_language() or "nn", texts["nn"])
