"""The form of a note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from callstats.annotations.models import Annotation, AnnotationKind
from callstats.annotations.rules import holds_number
from legevakt.lib.inputs import DateField

DAY = timedelta(days=1)
YEARS = range(2000, 2101)


def without_numbers(text: str) -> None:
    """A validator for what everybody can read."""
    if holds_number(text):
        raise forms.ValidationError(
            _(
                "This looks like a telephone number or a national identity number. Write it"
                " without: no person may be recognised here."
            )
        )


class AnnotationForm(forms.Form):
    """What happened, and on which days. `last_day` is the last one that it lasted."""

    kind = forms.ChoiceField(
        label=_("What kind of event"), choices=[("", _("Choose …")), *AnnotationKind.choices]
    )
    starts_on = DateField(label=_("First day"), years=YEARS)
    last_day = DateField(
        years=YEARS,
        label=_("Last day"),
        required=False,
        help_text=_("Left empty, it is the first day alone."),
    )
    text = forms.CharField(
        label=_("What happened"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[without_numbers],
        help_text=_(
            "At most 200 characters. Everybody who sees the figures reads it, and it stands in the"
            " annual report. Name no person and no patient."
        ),
    )

    def clean(self) -> dict:
        """The days as a half-open period."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day cannot be before the first."))
        return cleaned

    @property
    def facts(self) -> dict:
        """What a clean form says, as the operations take it."""
        told = self.cleaned_data
        return {
            "kind": AnnotationKind(told["kind"]),
            "starts_on": told["starts_on"],
            "ends_on": (told["last_day"] or told["starts_on"]) + DAY,
            "text": told["text"],
        }


def initial_of(annotation: Annotation) -> dict:
    """A note as the form shows it."""
    return {
        "kind": annotation.kind,
        "starts_on": annotation.starts_on,
        "last_day": annotation.ends_on - DAY,
        "text": annotation.text,
    }


def asked_days(address: Mapping[str, str]) -> dict[str, date]:
    """The days that an address fills in; what is no day there is left empty."""
    days = {}
    for name in ("starts_on", "last_day"):
        try:
            days[name] = date.fromisoformat(address.get(name, ""))
        except ValueError:
            continue
    return days
