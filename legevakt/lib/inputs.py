"""Form inputs that several features need."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib import words
from legevakt.lib.money import AmountError, parsed


class DateInput(forms.DateInput):
    """The browser's own, which wants ISO 8601."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AmountField(forms.CharField):
    """Kroner as people write them («1 234 567,50»), as a Decimal; refuses what may be misread."""

    def __init__(self, *, least: Decimal | None = None, **options):
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)
        self.least = least

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            amount = parsed(text)
        except AmountError as error:
            raise forms.ValidationError(AMOUNT_ERRORS[error.code], code=error.code) from error
        if self.least is not None and amount < self.least:
            raise forms.ValidationError(_("The amount is too small."), code="too_small")
        return amount

    def prepare_value(self, value):
        return words.kroner(value) if isinstance(value, Decimal) else value


AMOUNT_ERRORS = {
    "not_an_amount": _("Write an amount in kroner, such as 1 234 567,50."),
    "ambiguous": _(
        "The amount can be read in two ways. Write thousands with blanks and øre after a comma:"
        " 1 234 567,50."
    ),
}
