"""The form of what followed a decision."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.decisions.rules import DATED, EventKind
from municipalities.decisions.words import EVENT_HELP, EVENT_LABELS


class EventForm(forms.Form):
    """One thing that followed: its day, or its outcome in words. Over again, the reason too."""

    def __init__(self, *args, event: EventKind, before: date | str | None, **kwargs):
        super().__init__(*args, **kwargs)
        field: forms.Field = forms.CharField(max_length=200)
        if event in DATED:
            field = DateField()
        field.label, field.help_text = EVENT_LABELS[event], EVENT_HELP.get(event, "")
        field.initial = before
        self.fields["value"] = field
        if before:
            self.fields["reason"] = forms.CharField(
                label=_("Why it is corrected"),
                max_length=200,
                help_text=_("The history shows it, with what stood before."),
            )
