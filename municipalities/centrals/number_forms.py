"""Forms of a central's public numbers, with the words for what is refused."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.centrals.models import LineClass, PublicNumber
from municipalities.centrals.rules import MOST_DIGITS, NumberError, digits_of

DAY = timedelta(days=1)
ENDS_BEFORE = _("The last day cannot be before the first. Choose a later day.")
WORDS = {
    "number_is_listed_once": _(
        "The central has this number already. Change the days of the one that is listed."
    ),
    "number_ends_after_start": ENDS_BEFORE,
}
NUMBER_WORDS = {
    "not_digits": _("Write digits only, without country code: for example 56 34 90 00."),
    "not_national": _("The national number is 116 117. Choose another kind for other numbers."),
    "not_local": _("A local number has eight digits. Choose another kind for shorter ones."),
    "too_long": _("A number has at most 15 digits. Check it and write it again."),
}


def _number_field(*, required: bool, help_text) -> forms.CharField:
    return forms.CharField(
        label=_("Number"), max_length=MOST_DIGITS + 10, required=required, help_text=help_text
    )


def _checked_number(form: forms.Form, *, line_class: str) -> None:
    """The form's number as digits, or the error in words."""
    number = form.cleaned_data.get("number")
    if number:
        try:
            form.cleaned_data["number"] = digits_of(number, line_class=line_class)
        except NumberError as error:
            form.add_error("number", NUMBER_WORDS[error.code])


class NumberForm(forms.Form):
    """A new number, and from when it is answered."""

    line_class = forms.ChoiceField(
        label=_("Kind of line"), choices=[("", _("Choose …")), *LineClass.choices]
    )
    number = _number_field(required=True, help_text=_("Digits only, for example 56 34 90 00."))
    valid_from = DateField(
        label=_("In use from"),
        required=False,
        help_text=_("Left empty, it was in use before this register was kept."),
    )

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        _checked_number(self, line_class=cleaned.get("line_class", ""))
        return cleaned


class NumberDaysForm(forms.Form):
    """From and to when a number is in use, and why that is changed."""

    valid_from = NumberForm.base_fields["valid_from"]
    last_day = DateField(
        label=_("Last day in use"),
        required=False,
        help_text=_("Left empty, it is still in use. The calls that came in on it are kept."),
    )
    reason = forms.CharField(label=_("Why is it changed?"), max_length=200)

    def __init__(self, *args, line: PublicNumber, **more) -> None:
        super().__init__(*args, **more)
        self.line = line
        self.initial = {
            "valid_from": line.valid_from,
            "last_day": line.valid_to and line.valid_to - DAY,
        }
        if not line.number:
            told = _("It is not known yet. Once written it cannot be changed.")
            number = _number_field(required=False, help_text=told)
            self.fields = {"number": number, **self.fields}

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        _checked_number(self, line_class=self.line.line_class)
        first, last = cleaned.get("valid_from"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", ENDS_BEFORE)
        return cleaned

    @property
    def facts(self) -> dict:
        """What a clean form says, as `operations.change_number` takes it."""
        told = self.cleaned_data
        return {
            "number": told.get("number") or "",
            "valid_from": told["valid_from"],
            "valid_to": told["last_day"] and told["last_day"] + DAY,
            "reason": told["reason"],
        }
