"""The forms of a unit's quarter and of a file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.quality.absence.files import Told
from municipalities.quality.file_words import FigureFileField

FIRST_YEAR, LAST_YEAR = 2000, 2100


class DaysField(forms.DecimalField):
    """Days (dagsverk) with at most two decimals."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            min_value=Decimal(0), max_digits=9, decimal_places=2, localize=True, **options
        )
        self.widget.attrs["inputmode"] = "decimal"


class ChangeAbsenceForm(forms.Form):
    """Days of a unit in a quarter, why they are changed."""

    employees = forms.IntegerField(
        label=_("Employees"),
        min_value=1,
        max_value=30_000,
        help_text=_("With fewer than 5 nothing is shown of the unit, with fewer than 20 no split."),
    )
    agreed = DaysField(label=_("Agreed working days"))
    certified = DaysField(label=_("Lost days, certified by a doctor"))
    self_certified = DaysField(label=_("Lost days, self-certified"))
    short = DaysField(label=_("Of all lost days: absence of 1–16 days"), required=False)
    long = DaysField(label=_("Of all lost days: absence of 17 days and more"), required=False)
    reason = forms.CharField(
        label=_("Why it is changed"), max_length=200, help_text=_("Stands in the history.")
    )

    def told(self, *, year: int, quarter: int, unit: str) -> Told:
        """What a clean form tells of the unit."""
        names = ("employees", "agreed", "certified", "self_certified", "short", "long")
        return Told(year, quarter, unit, *(self.cleaned_data[name] for name in names))


class AbsenceForm(ChangeAbsenceForm):
    """A unit's quarter that is typed."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    quarter = forms.TypedChoiceField(
        label=_("Quarter"), choices=[(each, str(each)) for each in range(1, 5)], coerce=int
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=80, help_text=_("The name of a unit, never of a person.")
    )
    reason = None
    field_order = ("year", "quarter", "unit")


class FileForm(forms.Form):
    """A file of units and quarters."""

    file = FigureFileField(
        label=_("File with sickness absence"),
        help_text=_("CSV, XLSX or ODS with sums of each unit, never of people. At most 5 MB."),
    )
    year = forms.IntegerField(
        label=_("Year, where the file has quarters only"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
    )


class ReasonForm(forms.Form):
    """Why something is removed."""

    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("Stands in the history."))
