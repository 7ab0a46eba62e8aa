"""What if: the measured figures, and what may be changed of them."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from callstats.indicators.definitions import Definition
from callstats.staffing.planning import (
    AFTER_CALL_SECONDS,
    BOTH,
    ONLY_A,
    ONLY_C,
    Assumptions,
)
from callstats.staffing.rules import LONGEST_PATIENCE_SECONDS
from callstats.staffing.sliders import SliderInput
from callstats.staffing.words import clock_hour, percent

WEEKS = (
    (52, _("the last 52 weeks")),
    (26, _("the last 26 weeks")),
    (13, _("the last 13 weeks")),
    (4, _("the last 4 weeks")),
)
MODELS = (
    (BOTH, _("both")),
    (ONLY_A, _("Erlang A: callers hang up")),
    (ONLY_C, _("Erlang C: nobody hangs up")),
)
HOURS = [("", _("the busiest")), *((str(hour), clock_hour(hour)) for hour in range(24))]
DAYS = [("", _("every day")), *((str(day + 1), name) for day, name in WEEKDAYS.items())]


class WhatIfForm(forms.Form):
    """Always bound: what the address does not say is as measured."""

    weeks = forms.TypedChoiceField(label=_("Calls of"), choices=WEEKS, coerce=int)
    calls_percent = forms.IntegerField(
        label=_("Change in the number of calls (%)"),
        min_value=-90,
        max_value=300,
        widget=SliderInput(low=-50, high=100, step=5),
    )
    talk_seconds = forms.IntegerField(
        label=_("Talk time (seconds)"),
        required=False,
        min_value=1,
        max_value=3600,
        widget=SliderInput(
            low=30, high=900, step=10, is_seconds=True, start=240, empty=_("as measured")
        ),
        help_text=_("Empty: as measured in each hour."),
    )
    talk_percent = forms.IntegerField(
        label=_("Change in the measured talk time (%)"),
        min_value=-90,
        max_value=300,
        widget=SliderInput(low=-50, high=100, step=5),
    )
    after_call_seconds = forms.IntegerField(
        label=_("Work after the call (seconds)"),
        min_value=0,
        max_value=1800,
        widget=SliderInput(low=0, high=600, step=10, is_seconds=True),
        help_text=_(
            "Not in the call log. Measure your own; what stands here at first is an assumption."
        ),
    )
    patience_seconds = forms.IntegerField(
        label=_("Mean patience of the callers (seconds)"),
        required=False,
        min_value=5,
        max_value=LONGEST_PATIENCE_SECONDS,
        widget=SliderInput(
            low=10, high=900, step=10, is_seconds=True, start=240, empty=_("as estimated")
        ),
        help_text=_("Empty: estimated from the calls."),
    )
    target_percent = forms.IntegerField(
        label=_("Answered in time (%)"),
        min_value=1,
        max_value=99,
        widget=SliderInput(low=50, high=99),
    )
    models = forms.ChoiceField(label=_("Model"), choices=MODELS)
    weekday = forms.TypedChoiceField(
        label=_("Look closer at day"), choices=DAYS, coerce=int, empty_value=None, required=False
    )
    hour = forms.TypedChoiceField(
        label=_("Look closer at hour"), choices=HOURS, coerce=int, empty_value=None, required=False
    )

    def __init__(self, told: Mapping[str, str], *, definition: Definition):
        super().__init__({**_as_measured(definition), **told})
        self.threshold_seconds = definition.threshold_seconds
        self.fields["target_percent"].help_text = _(
            "Within %(seconds)s seconds. The requirement is %(target)s."
        ) % {
            "seconds": definition.threshold_seconds,
            "target": percent(definition.target_percent),
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("talk_seconds") and cleaned.get("talk_percent"):
            self.add_error(
                "talk_percent", _("Give the talk time in seconds or its change, not both.")
            )
        return cleaned

    def assumptions(self, *, estimated_patience: float | None) -> Assumptions:
        """What a valid form asks."""
        asked = self.cleaned_data
        return Assumptions(
            threshold_seconds=self.threshold_seconds,
            target_percent=asked["target_percent"],
            calls_percent=asked["calls_percent"],
            talk_seconds=asked["talk_seconds"],
            talk_percent=asked["talk_percent"],
            after_call_seconds=asked["after_call_seconds"],
            patience_seconds=asked["patience_seconds"] or estimated_patience,
            models=asked["models"],
        )


def _as_measured(definition: Definition) -> dict[str, str]:
    return {
        "weeks": "52",
        "calls_percent": "0",
        "talk_percent": "0",
        "after_call_seconds": str(AFTER_CALL_SECONDS),
        "target_percent": str(definition.target_percent),
        "models": BOTH,
    }
