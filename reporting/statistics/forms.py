"""What a page is asked for: months, and an indicator. Everything stands in the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from callstats.queries import Definition, all_definitions, by_id, default_definition
from legevakt.lib.periods import Period, PeriodError, rolling_months
from reporting.statistics.series import indicator_name

SHOWN_MONTHS = 12
MOST_MONTHS = 240
MOST_MONTHS_COUNTED = 60
YEARS = range(2000, 2100)
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
STEPS = {
    "month": _("Month"),
    "day": _("Day"),
    "rolling": _("Rolling twelve months"),
}


class MonthInput(forms.TextInput):
    """A month and year; a browser that cannot pick one takes it as text."""

    input_type = "month"


class MonthField(forms.CharField):
    """A month of the years 2000 to 2099 as 2025-10, which is cleaned to its period."""

    widget = MonthInput
    default_error_messages = {"invalid": _("Write year and month, for example 2025-10.")}

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        found = MONTH.fullmatch(text)
        if not found or int(found[1]) not in YEARS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return Period.month(int(found[1]), int(found[2]))
        except PeriodError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class PeriodForm(forms.Form):
    """First and last month; what the address leaves out is the last twelve complete months."""

    to = MonthField(label=_("Last month"))

    def __init__(self, asked: Mapping[str, str], *, today: date) -> None:
        super().__init__({**self.defaults(today), **asked})
        # "from" is a word of Python's, so it cannot be a name of the class.
        self.fields["from"] = MonthField(label=_("First month"))
        self.order_fields([*self.chosen, "from", "to"])

    chosen: tuple[str, ...] = ()

    @classmethod
    def defaults(cls, today: date) -> dict[str, str]:
        """What is shown where nothing is asked for."""
        period = rolling_months(SHOWN_MONTHS, before=today)
        first, *_rest, last = period.months()
        return {"from": f"{first.starts_on:%Y-%m}", "to": f"{last.starts_on:%Y-%m}"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("from") and cleaned.get("to"):
            self._judge(cleaned["from"], cleaned["to"])
        return cleaned

    @property
    def period(self) -> Period:
        """The months asked for; only of a form without errors."""
        return Period(self.cleaned_data["from"].starts_on, self.cleaned_data["to"].ends_on)

    @property
    def filters(self) -> dict[str, str]:
        """Every filter as it stands in the address, also those that were left out of it."""
        return {name: str(self.data[name]) for name in self.fields}

    def most_months(self) -> int:
        """How many months may be asked for at once."""
        return MOST_MONTHS_COUNTED

    def _judge(self, first: Period, last: Period) -> None:
        if last < first:
            self.add_error("to", _("The last month is before the first one."))
            return
        most = self.most_months()
        if len(Period(first.starts_on, last.ends_on).months()) > most:
            self.add_error("from", self.too_many(most))

    def too_many(self, most: int) -> str:
        """How to go on where too many months are asked for."""
        text = ngettext("Choose at most %(count)s month.", "Choose at most %(count)s months.", most)
        return text % {"count": most}


class DefinitionForm(PeriodForm):
    """An indicator that is a share, and the months."""

    chosen = ("definition",)
    kinds: tuple[str, ...] = ("share", "bands")

    definition = forms.ChoiceField(label=_("Indicator"))

    def __init__(self, asked: Mapping[str, str], *, today: date) -> None:
        super().__init__(asked, today=today)
        self.fields["definition"].choices = [
            (each.id, indicator_name(each))
            for each in all_definitions().values()
            if each.kind in self.kinds
        ]

    @classmethod
    def defaults(cls, today: date) -> dict[str, str]:
        return {**super().defaults(today), "definition": default_definition().id}

    @property
    def indicator(self) -> Definition:
        """The indicator asked for; only of a form without errors."""
        return by_id(self.cleaned_data["definition"])


class TrendForm(DefinitionForm):
    """Any indicator by day, month or rolling months."""

    chosen = ("definition", "by")
    kinds = ("share", "bands", "seconds")

    by = forms.ChoiceField(label=_("Per"), choices=STEPS)

    @classmethod
    def defaults(cls, today: date) -> dict[str, str]:
        return {**super().defaults(today), "by": "month"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        definition = cleaned.get("definition")
        if cleaned.get("by") == "rolling" and definition and by_id(definition).kind == "seconds":
            self.add_error(
                "by",
                _("An answer time in seconds cannot be summed over months. Choose day or month."),
            )
        return cleaned

    def most_months(self) -> int:
        is_by_day = self.cleaned_data.get("by") == "day"
        return MOST_MONTHS_COUNTED if is_by_day else MOST_MONTHS

    def too_many(self, most: int) -> str:
        if self.cleaned_data.get("by") != "day":
            return super().too_many(most)
        return _("By day at most %(count)s months can be shown. Choose fewer, or by month.") % {
            "count": most
        }
