"""The worked example in people's words: by one definition, and by all of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from callstats.calls.models import Outcome
from callstats.indicators.definitions import Definition
from callstats.indicators.presenters import name
from callstats.indicators.words import BAND_NAMES
from callstats.indicators.worked_example import ExampleCall, WorkedExample, worked_example
from legevakt.lib import words


class Shown(NamedTuple):
    """A table for components/_table.html."""

    caption: str
    columns: list[str]
    rows: list[list[str]]


def sentences(definition: Definition, example: WorkedExample) -> list[str]:
    """What the definition makes of the twelve calls."""
    if example.value_seconds is not None:
        return [_value(example)]
    shown = {
        "numerator": example.numerator,
        "denominator": example.denominator,
        "percent": _number(example.percent),
    }
    found = [_("%(numerator)s of %(denominator)s calls, %(percent)s percent.") % shown]
    return found + _beside(example) if definition.target_percent is not None else found


def bands(example: WorkedExample) -> Shown | None:
    """How many waited how long, where that is the figure."""
    if not example.bands:
        return None
    rows = [[str(BAND_NAMES[band]), str(calls)] for band, calls in example.bands.items()]
    return Shown(_("Unanswered calls of the example by wait"), [_("Wait"), _("Calls")], rows)


def calls(example: WorkedExample) -> Shown:
    """A row a call: outcome, wait, in the denominator, in the numerator."""
    return Shown(
        caption=_("The calls of the example"),
        columns=[
            _("Outcome"),
            _("Wait, seconds"),
            _("In the denominator"),
            _("In the numerator"),
        ],
        rows=[_call(call) for call in example.calls],
    )


def comparison(definitions: Sequence[Definition]) -> Shown:
    """A row a definition: the same twelve calls by each."""
    return Shown(
        caption=_("The same twelve calls by every definition"),
        columns=[_("Definition"), _("Numerator"), _("Denominator"), _("Figure")],
        rows=[_compared(definition) for definition in definitions],
    )


def _compared(definition: Definition) -> list[str]:
    example = worked_example(definition)
    return [
        name(definition),
        str(example.numerator),
        str(example.denominator),
        _figure(example),
    ]


def _figure(example: WorkedExample) -> str:
    if example.value_seconds is not None:
        return _("%(seconds)s s") % {"seconds": words.number(example.value_seconds)}
    return "–" if example.percent is None else words.percent(example.percent)


def _value(example: WorkedExample) -> str:
    return _("%(seconds)s seconds, of %(calls)s answered calls.") % {
        "seconds": _number(example.value_seconds),
        "calls": example.denominator,
    }


def _beside(example: WorkedExample) -> list[str]:
    second = {
        "within": example.within_second,
        "denominator": example.denominator,
        "percent": _number(example.second_percent),
    }
    middle = {"median": words.number(Decimal(str(example.median_seconds)))}
    return [
        _("Within the second threshold: %(within)s of %(denominator)s, %(percent)s percent.")
        % second,
        _("The median wait of the answered calls is %(median)s seconds.") % middle,
    ]


def _number(value: Decimal | None) -> str:
    return "–" if value is None else words.number(value)


def _call(call: ExampleCall) -> list[str]:
    wait = "–" if call.wait_seconds is None else str(call.wait_seconds)
    return [
        str(Outcome(call.outcome).label),
        wait,
        _("yes") if call.in_denominator else _("no"),
        _("yes") if call.in_numerator else _("no"),
    ]
