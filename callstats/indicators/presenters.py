"""A definition in people's words. The definition files are written in English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from callstats.calls.models import Outcome
from callstats.indicators.definitions import Definition
from callstats.indicators.words import parameter_words
from callstats.indicators.worked_example import ExampleCall, WorkedExample
from municipalities.models import LineClass


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
        *(Pair(*pair) for pair in parameter_words(definition.parameters)),
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
