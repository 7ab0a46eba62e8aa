"""Which year to prepare a report of, and why one is corrected."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.models import Cooperation
from reporting.annual_report import queries


class PrepareForm(forms.Form):
    """One of the cooperation's years with data; the cooperation is fixed by the page."""

    year = forms.TypedChoiceField(label=_("Year of the report"), coerce=int)

    def __init__(self, *args, cooperation: Cooperation, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        years = queries.years_with_data(cooperation=cooperation, today=today)
        self.fields["year"].choices = [(year, str(year)) for year in years]
        self.has_years = bool(years)
        self.initial.setdefault("year", today.year - 1)


class CorrectionForm(forms.Form):
    """Why a report is corrected; stands on the cover of the next edition."""

    reason = forms.CharField(
        label=_("What is corrected, and why"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands on the cover of the next edition."),
    )
