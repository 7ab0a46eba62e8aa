"""The forms of a plan of instalments, and of what is paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import AmountField, DateField


class DueDatesForm(forms.Form):
    """A day for each instalment, in their order."""

    def __init__(self, *args, usual: Sequence[date], **kwargs):
        super().__init__(*args, **kwargs)
        for number, day in enumerate(usual, 1):
            self.fields[f"due_{number}"] = DateField(
                label=_("Instalment %(number)s is due on") % {"number": number},
                initial=day,
            )

    def clean(self):
        told = super().clean()
        days = [told.get(name) for name in self.fields]
        for number, (before, after) in enumerate(pairwise(days), 2):
            if before and after and after <= before:
                self.add_error(
                    f"due_{number}", _("Give a day after that of the instalment before it.")
                )
        return told

    @property
    def due_dates(self) -> Mapping[int, date]:
        """Instalment number → the day."""
        return dict(enumerate(self.cleaned_data.values(), 1))


class PaidForm(forms.Form):
    """When something was paid."""

    paid_date = DateField(label=_("Paid on"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_paid_date(self):
        day = self.cleaned_data["paid_date"]
        if day > self.today:
            raise forms.ValidationError(
                _("The day is still to come. Record it when it has happened.")
            )
        return day


class PaymentForm(PaidForm):
    """What one municipality has paid."""

    amount = AmountField(
        label=_("Amount, kroner"),
        help_text=_("What was repaid, or recorded by mistake, is written with a minus."),
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=80,
        help_text=_("For example the number of the voucher. It can be used once."),
    )

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(_("Give an amount other than nought."))
        return amount
