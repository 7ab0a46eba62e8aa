"""Form inputs that several features need."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib import words
from legevakt.lib.money import AmountError, parsed
from legevakt.lib.periods import YEARS


class DateInput(forms.DateInput):
    """The browser's own, which wants ISO 8601."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DateField(forms.DateField):
    """A day of the `years`, so that days and years can be added to each day that is stored."""

    widget = DateInput
    default_error_messages = {
        "out_of_reach": _("Choose a year between %(first)s and %(last)s."),
    }

    def __init__(self, *, years: range = YEARS, **options: Any) -> None:
        self.years = years
        super().__init__(**options)

    def validate(self, value: date | None) -> None:
        """Raises ValidationError for a day of another year."""
        super().validate(value)
        if value and value.year not in self.years:
            shown = {"first": self.years[0], "last": self.years[-1]}
            raise forms.ValidationError(
                self.error_messages["out_of_reach"], code="out_of_reach", params=shown
            )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """With a last day the browser takes no year of five or six figures."""
        limits = {"min": f"{self.years[0]}-01-01", "max": f"{self.years[-1]}-12-31"}
        return super().widget_attrs(widget) | limits


class HappenedField(DateField):
    """A day on which something has happened: today at the latest, where the form tells `today`."""

    default_error_messages = {
        "to_come": _("The day is still to come. Record it when it has happened.")
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.today: date | None = None

    def validate(self, value: date | None) -> None:
        """Raises ValidationError for a day that is to come."""
        super().validate(value)
        if value and self.today and value > self.today:
            raise forms.ValidationError(self.error_messages["to_come"], code="to_come")


class HappenedForm(forms.Form):
    """A form about what has happened by `today`."""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, HappenedField):
                field.today = today


LIMIT = Decimal(10) ** 11  # of amounts in the database (lib/amounts.py)


class AmountField(forms.Field):
    """Kroner as people write them («1 234 567,50»), as a Decimal; refuses what may be misread."""

    def __init__(self, *, least: Decimal | None = None, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)
        self.least = least

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        try:
            amount = parsed(str(value))
        except AmountError as error:
            raise forms.ValidationError(AMOUNT_ERRORS[error.code], code=error.code) from error
        if self.least is not None and amount < self.least:
            raise forms.ValidationError(_("The amount is too small."), code="too_small")
        if abs(amount) >= LIMIT:
            raise forms.ValidationError(
                _("The amount is too large to be true. Correct it."), code="too_large"
            )
        return amount

    def prepare_value(self, value: Any) -> Any:
        return words.kroner(value) if isinstance(value, Decimal) else value


AMOUNT_ERRORS = {
    "not_an_amount": _("Write an amount in kroner, such as 1 234 567,50."),
    "ambiguous": _(
        "The amount can be read in two ways. Write thousands with blanks and øre after a comma:"
        " 1 234 567,50."
    ),
}
