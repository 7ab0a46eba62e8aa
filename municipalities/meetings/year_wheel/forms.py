"""The forms of the year wheel: an own event, what is done, and the filter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField, HappenedField, HappenedForm
from municipalities.access.rules import HOST_ROLES
from municipalities.access.words import ROLE_NAMES
from municipalities.meetings.year_wheel.models import EventCategory, YearEvent
from municipalities.meetings.year_wheel.rules import State
from municipalities.meetings.year_wheel.words import STATES, WORDS
from municipalities.obligations.rules import is_day

MOST_DAYS = 24


class EventForm(forms.Form):
    """An event of the cooperation's own."""

    title = forms.CharField(label=_("Title"), max_length=160)
    category = forms.ChoiceField(label=_("Category"), choices=EventCategory.choices)
    days = forms.CharField(
        label=_("Every year on"),
        required=False,
        help_text=_("Days as day.month with blanks between, for example 15.03 15.09."),
    )
    once_date = DateField(label=_("Or once, on"), required=False)
    responsible = forms.ChoiceField(
        label=_("Responsible"),
        required=False,
        choices=[
            ("", _("nobody in particular")),
            *((r.value, ROLE_NAMES[r]) for r in sorted(HOST_ROLES)),
        ],
    )
    starts_year = forms.IntegerField(label=_("From the year"), min_value=1990, max_value=2200)
    ends_year = forms.IntegerField(
        label=_("To and with the year"),
        min_value=1990,
        max_value=2200,
        required=False,
        help_text=_("Write the last year of an event that ends; the years before keep it."),
    )

    def clean_days(self) -> list[str]:
        """MM-DD, in order."""
        found = []
        for text in self.cleaned_data["days"].replace(",", " ").split():
            number, _dot, month = text.strip(".").partition(".")
            written = f"{month:0>2}-{number:0>2}"
            if not is_day(written):
                raise forms.ValidationError(
                    _("“%(text)s” is no day. Write day.month, for example 15.03."),
                    params={"text": text[:20]},
                )
            found.append(written)
        if len(found) > MOST_DAYS:
            raise forms.ValidationError(_("Write at most 24 days."))
        return sorted(set(found))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and bool(found.get("days")) == bool(found.get("once_date")):
            self.add_error("days", WORDS["event_is_every_year_or_once"])
        if once := found.get("once_date"):
            found |= {"starts_year": once.year, "ends_year": once.year}
        starts, ends = found.get("starts_year"), found.get("ends_year")
        if starts and ends and ends < starts:
            self.add_error("ends_year", WORDS["event_ends_after_start"])
        return found

    @staticmethod
    def initial_of(event: YearEvent) -> dict[str, Any]:
        """What a form on the event begins with."""
        names = ("title", "category", "once_date", "responsible", "starts_year", "ends_year")
        days = " ".join(f"{each[3:]}.{each[:2]}" for each in event.days)
        return {name: getattr(event, name) for name in names} | {"days": days}


class DoneForm(HappenedForm):
    """When it was done."""

    done_date = HappenedField(label=_("Done on"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class FilterForm(forms.Form):
    """Which entries the table shows."""

    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", _("every one")), *EventCategory.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("every one")), *((each.value, STATES[each][0]) for each in State)],
    )
