"""The forms of a key: its first day, its parts and terms, what a council decided, and usage."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import AmountField, DateField, HappenedField, HappenedForm
from municipalities.costs.keys.models import (
    AllocationKey,
    BoundUnit,
    PartKind,
    PopulationDate,
    UsageMeasure,
)
from municipalities.costs.keys.operations import PartTerms
from municipalities.register.models import Municipality

NOUGHT = Decimal(0)
BOUND_UNITS = [("", _("no limit")), *BoundUnit.choices]
USAGE_YEARS = [(1, _("the year before")), (3, _("the mean of the three years before"))]


class ReasonForm(forms.Form):
    """A change that the history tells the reason of."""

    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("Stands in the history."))


class ConfirmForm(forms.Form):
    """Only the button."""


class DraftForm(forms.Form):
    """From when a new version is to hold."""

    valid_from = DateField(
        label=_("Valid from"),
        help_text=_("Usually a 1 January. The key that holds today ends the day before."),
    )


class PercentField(forms.DecimalField):
    """0 to 100 per cent; a comma is understood too."""

    def __init__(self, **options):
        super().__init__(
            min_value=0, max_value=100, max_digits=7, decimal_places=4, required=False, **options
        )
        self.widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value):
        text = value.replace(",", ".") if isinstance(value, str) else value
        return super().to_python(text)


class TermsForm(forms.Form):
    """Everything that a key says. A percent that is empty is a part that the key has not."""

    changes = forms.CharField(
        label=_("What is changed, and why"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the councils: one or two sentences."),
    )
    valid_from = DateField(label=_("Valid from"))
    percent_equal = PercentField(label=_("Per cent shared equally"))
    percent_population = PercentField(label=_("Per cent shared by inhabitants"))
    percent_usage = PercentField(label=_("Per cent shared by usage"))
    percent_host = PercentField(label=_("Per cent that the host bears alone"))
    percent_fixed = PercentField(label=_("Per cent shared by fixed percentages"))
    population_date = forms.TypedChoiceField(
        label=_("Inhabitants are counted on"), choices=PopulationDate.choices, coerce=int
    )
    usage_measure = forms.ChoiceField(
        label=_("Usage is counted in"),
        choices=[("", _("usage is not part of the key")), *UsageMeasure.choices],
        required=False,
    )
    usage_years = forms.TypedChoiceField(label=_("Usage of"), choices=USAGE_YEARS, coerce=int)
    overhead_nok = AmountField(
        label=_("Administration to the host, kroner a year"), required=False, least=NOUGHT
    )
    overhead_percent_of_wages = PercentField(
        label=_("Administration to the host, per cent of wages")
    )
    floor_unit = forms.ChoiceField(
        label=_("The least that a municipality pays is given in"),
        choices=BOUND_UNITS,
        required=False,
    )
    floor_value = AmountField(label=_("The least"), required=False, least=NOUGHT)
    cap_unit = forms.ChoiceField(
        label=_("The most that a municipality pays is given in"),
        choices=BOUND_UNITS,
        required=False,
    )
    cap_value = AmountField(label=_("The most"), required=False, least=NOUGHT)

    def __init__(self, *args, municipalities: Sequence[Municipality], **kwargs):
        super().__init__(*args, **kwargs)
        self.municipalities = list(municipalities)
        for kind in (PartKind.EQUAL, PartKind.POPULATION, PartKind.HOST):
            self.fields[f"capital_{kind}"] = PercentField(
                label=CAPITAL_LABELS[kind],
                help_text=_("Only where rent and capital costs are shared in a way of their own."),
            )
        for each in self.municipalities:
            self.fields[f"fixed_{each.number}"] = PercentField(
                label=_("Fixed percentage of %(name)s") % {"name": each.name}
            )

    def clean(self):
        told = super().clean()
        for side in ("floor", "cap"):
            if bool(told.get(f"{side}_unit")) != (told.get(f"{side}_value") is not None):
                self.add_error(
                    f"{side}_value", _("Give both the amount and what it is in, or neither.")
                )
        if told.get("percent_usage") and not told.get("usage_measure"):
            self.add_error("usage_measure", _("Choose what usage is counted in."))
        return told

    @property
    def parts(self) -> list[PartTerms]:
        """The parts that a clean form asks for."""
        told = self.cleaned_data
        found = [
            PartTerms(kind=kind, percent=told[f"percent_{kind}"], fixed=self._fixed(kind))
            for kind in PartKind
            if told.get(f"percent_{kind}")
        ]
        return found + [
            PartTerms(kind=kind, percent=told[f"capital_{kind}"], is_capital=True)
            for kind in CAPITAL_LABELS
            if told.get(f"capital_{kind}")
        ]

    def _fixed(self, kind: PartKind) -> dict[Municipality, Decimal]:
        if kind != PartKind.FIXED:
            return {}
        given = {
            each: self.cleaned_data.get(f"fixed_{each.number}") for each in self.municipalities
        }
        return {each: percent for each, percent in given.items() if percent}

    @property
    def terms(self) -> dict:
        """The other fields of the key."""
        told = self.cleaned_data
        given = {name: told[name] for name in TERMS}
        for name in ("overhead_nok", "overhead_percent_of_wages"):
            given[name] = told[name] or NOUGHT
        return given

    @staticmethod
    def initial_of(key: AllocationKey) -> dict:
        """The form as the key is."""
        told = {name: getattr(key, name) for name in TERMS}
        for part in key.parts.prefetch_related("fixed_percents__municipality"):
            told[f"{'capital' if part.is_capital else 'percent'}_{part.kind}"] = plain(part.percent)
            for each in part.fixed_percents.all():
                told[f"fixed_{each.municipality.number}"] = plain(each.percent)
        told["overhead_percent_of_wages"] = plain(key.overhead_percent_of_wages)
        return told


CAPITAL_LABELS = {
    PartKind.EQUAL: _("Rent and capital: per cent shared equally"),
    PartKind.POPULATION: _("Rent and capital: per cent shared by inhabitants"),
    PartKind.HOST: _("Rent and capital: per cent that the host bears alone"),
}
TERMS = (
    "changes",
    "valid_from",
    "population_date",
    "usage_measure",
    "usage_years",
    "overhead_nok",
    "overhead_percent_of_wages",
    "floor_unit",
    "floor_value",
    "cap_unit",
    "cap_value",
)


def plain(value: Decimal) -> str:
    """Without noughts at the end, with a comma: 12,5."""
    return f"{value.normalize():f}".replace(".", ",")


class KeyAdoptionForm(HappenedForm):
    """What a council decided about a key."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(("adopted", _("adopted")), ("rejected", _("rejected"))),
        widget=forms.RadioSelect,
    )
    decided_date = HappenedField(label=_("Decided on"))
    case_number = forms.CharField(
        label=_("Case number"), max_length=40, help_text=_("For example PS 96/26.")
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example what the municipality wants changed."),
    )

    @property
    def facts(self) -> dict:
        told = dict(self.cleaned_data)
        return {"is_adopted": told.pop("decision") == "adopted", **told}


class UsageForm(forms.Form):
    """A year's usage of every municipality, with where it is from."""

    measure = forms.ChoiceField(label=_("Counted in"), choices=UsageMeasure.choices)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2200)
    source = forms.CharField(
        label=_("Where the figures are from"),
        max_length=200,
        help_text=_("For example the medical record system, report of 20 January."),
    )

    def __init__(self, *args, municipalities: Sequence[Municipality], **kwargs):
        super().__init__(*args, **kwargs)
        self.municipalities = list(municipalities)
        for each in self.municipalities:
            self.fields[f"count_{each.number}"] = forms.IntegerField(
                label=each.name, min_value=0, max_value=10_000_000, required=False
            )

    @property
    def counts(self) -> dict[Municipality, int]:
        """What is given; a municipality that is left empty keeps what it has."""
        given = {
            each: self.cleaned_data.get(f"count_{each.number}") for each in self.municipalities
        }
        return {each: count for each, count in given.items() if count is not None}
