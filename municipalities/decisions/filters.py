"""Which decisions the list shows."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from municipalities.cooperations.models import Cooperation
from municipalities.decisions import queries
from municipalities.decisions.models import DecisionKind, Level
from municipalities.register.models import Municipality

SEARCHED = ("title", "summary", "body", "case_number")


class FilterForm(forms.Form):
    """Municipality, level, kind, year and words; what is left empty chooses nothing away."""

    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("all"),
    )
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("all")), *Level.choices], required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("all")), *DecisionKind.choices], required=False
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False)
    words = forms.CharField(label=_("Search"), max_length=100, required=False)

    def __init__(self, *args, cooperation: Cooperation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = queries.participants_of(cooperation)
        years = [(year, str(year)) for year in queries.years_of(cooperation)]
        self.fields["year"].choices = [("", _("all")), *years]

    @property
    def is_chosen(self) -> bool:
        """Whether the list shows a part only."""
        return any(self.cleaned_data.values())

    def chosen(self, rows: QuerySet) -> QuerySet:
        """Those of the rows that a clean form asks for."""
        told = self.cleaned_data
        named = {"municipality": told["municipality"], "level": told["level"], "kind": told["kind"]}
        rows = rows.filter(**{name: value for name, value in named.items() if value})
        if told["year"]:
            rows = rows.filter(decided_date__year=told["year"])
        for word in told["words"].split():
            rows = rows.filter(
                Q.create([(f"{name}__icontains", word) for name in SEARCHED], connector=Q.OR)
            )
        return rows
