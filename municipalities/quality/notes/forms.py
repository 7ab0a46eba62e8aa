"""What a note says, and why it is changed or taken away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from legevakt.lib.periods import DAY
from municipalities.quality.notes.models import QualityNote

WORDS = {"quality_note_ends_after_start": _("The last day is before the first.")}


class NoteForm(forms.Form):
    """What happened, and when; the last day is among the days."""

    starts_date = DateField(label=_("From"))
    last_date = DateField(
        label=_("To and including"),
        required=False,
        help_text=_("Empty where it goes on, or was on one day."),
    )
    text = forms.CharField(label=_("What happened"), max_length=200, help_text=_("Name nobody."))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        starts, last = found.get("starts_date"), found.get("last_date")
        if starts and last and last < starts:
            self.add_error("last_date", WORDS["quality_note_ends_after_start"])
        return found

    @property
    def told(self) -> dict[str, Any]:
        """The days, half-open, and the text, as the operations take them."""
        last: date | None = self.cleaned_data["last_date"]
        return {
            "starts_date": self.cleaned_data["starts_date"],
            "ends_date": last + DAY if last else None,
            "text": self.cleaned_data["text"],
        }


class ReasonForm(forms.Form):
    """Why a note is taken away."""

    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("Stands in the history."))


class ChangeForm(NoteForm, ReasonForm):
    """Other days or another text, and why."""

    field_order = ("starts_date", "last_date", "text", "reason")


def as_told(note: QualityNote) -> dict[str, Any]:
    """The note as the form shows it."""
    last = note.ends_date - DAY if note.ends_date else None
    return {"starts_date": note.starts_date, "last_date": last, "text": note.text}
