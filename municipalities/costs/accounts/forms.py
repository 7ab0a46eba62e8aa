"""The forms of accounts files, their mapping, budgets, forecasts, arts and the year's closing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import AmountField, DateField
from municipalities.costs.accounts.headings import FIELDS, MAX_BYTES
from municipalities.costs.accounts.models import AccountsMapping, BudgetLine, Forecast, Treatment
from municipalities.costs.accounts.tertials import NET
from municipalities.costs.accounts.words import FIELDS as FIELD_WORDS
from municipalities.costs.pools.models import Pool

SELECTED_BY = ("unit", "function", "project")
CODE = r"[0-9]{3}"


class ConfirmForm(forms.Form):
    """Only the button."""


class ReasonForm(forms.Form):
    """A change that the history tells the reason of."""

    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("Stands in the history."))


class CodeField(forms.RegexField):
    """Three digits, those of KOSTRA."""

    def __init__(self, **options):
        super().__init__(
            rf"^{CODE}$",
            error_messages={"invalid": _("A KOSTRA code has three digits.")},
            **options,
        )
        self.widget.attrs["inputmode"] = "numeric"


class FileField(forms.FileField):
    """CSV or XLSX from the accounting system; no larger than is read."""

    def __init__(self, **options):
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(megabytes)s MB. Take out only the units of the pool.")
                % {"megabytes": MAX_BYTES // 1024**2}
            )
        return file


class BudgetFileForm(forms.Form):
    """A file, and how it is read."""

    file = FileField(
        label=_("File from the accounting system"),
        help_text=_("CSV or XLSX with function, art and amounts. At most 5 MB."),
    )
    mapping = forms.ModelChoiceField(
        label=_("Read by the mapping"), queryset=AccountsMapping.objects.none(), empty_label=None
    )

    def __init__(self, *args, mappings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mapping"].queryset = mappings


class AccountsFileForm(BudgetFileForm):
    """A file with the year's accounts until now."""

    up_to_month = forms.TypedChoiceField(
        label=_("Accounts up to and with"), choices=list(MONTHS.items()), coerce=int
    )


class SampleForm(forms.Form):
    """A file whose headings are guessed."""

    sample = FileField(
        label=_("A file from the accounting system"),
        help_text=_("Only its headings are read. Nothing of it is stored."),
    )


class MappingForm(forms.Form):
    """Which heading is which field, and which rows belong to which pool."""

    name = forms.CharField(
        label=_("Name of the mapping"),
        max_length=80,
        help_text=_("After the accounting system or the report it takes out."),
    )

    def __init__(self, *args, pools: Iterable[Pool], **kwargs):
        super().__init__(*args, **kwargs)
        self.pools = list(pools)
        for name in FIELDS:
            self.fields[f"column_{name}"] = forms.CharField(
                label=_("Heading of the column with %(field)s") % {"field": FIELD_WORDS[name]},
                max_length=80,
                required=name in ("function", "art", "amount"),
            )
        self.fields["is_revenue_positive"] = forms.BooleanField(
            label=_("The file writes revenue without a minus"), required=False
        )
        for pool in self.pools:
            for by in SELECTED_BY:
                self.fields[f"select_{pool.slug}_{by}"] = forms.CharField(
                    label=_("%(pool)s: rows with %(field)s")
                    % {"pool": pool.name, "field": FIELD_WORDS[by]},
                    max_length=400,
                    required=False,
                    help_text=_("One or several, with commas between. Empty: any."),
                )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        columns = {name: told[f"column_{name}"] for name in FIELDS if told.get(f"column_{name}")}
        selection = {pool.slug: self._selected(told, pool) for pool in self.pools}
        selection = {slug: chosen for slug, chosen in selection.items() if chosen}
        for slug, chosen in selection.items():
            for by in chosen:
                if by not in columns:
                    self.add_error(
                        f"select_{slug}_{by}",
                        _("Say above which column it is, since rows are chosen by it."),
                    )
        return told | {"columns": columns, "selection": selection}

    @staticmethod
    def _selected(told: Mapping[str, Any], pool: Pool) -> dict[str, list[str]]:
        given = {by: told.get(f"select_{pool.slug}_{by}") or "" for by in SELECTED_BY}
        split = {
            by: [each for each in re.split(r"[,;\s]+", text) if each] for by, text in given.items()
        }
        return {by: values for by, values in split.items() if values}

    @staticmethod
    def initial_of(mapping: AccountsMapping) -> dict[str, Any]:
        columns = {f"column_{name}": heading for name, heading in mapping.columns.items()}
        chosen = {
            f"select_{slug}_{by}": ", ".join(values)
            for slug, fields in mapping.selection.items()
            for by, values in fields.items()
        }
        told = {"name": mapping.name, "is_revenue_positive": mapping.is_revenue_positive}
        return told | columns | chosen


class ChangesForm(forms.Form):
    """A new budget; a revised one tells what is changed."""

    changes = forms.CharField(
        label=_("What is changed, and why"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The partners read it beside the new amounts."),
    )


class BudgetLineForm(forms.Form):
    """An amount on a function and an art."""

    function = CodeField(label=_("Function"), help_text=_("Usually 241, 256 or 290."))
    art = forms.ChoiceField(label=_("Art"))
    text = forms.CharField(label=_("What it is for"), max_length=120, required=False)
    amount = AmountField(
        label=_("Amount in kroner"), help_text=_("Costs without a sign, revenue with a minus.")
    )

    def __init__(self, *args, arts: Sequence[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["art"].choices = arts

    @staticmethod
    def initial_of(line: BudgetLine) -> dict[str, Any]:
        return {name: getattr(line, name) for name in ("function", "art", "text", "amount")}


class AdoptForm(forms.Form):
    """The council's decision."""

    adopted_date = DateField(label=_("Adopted on"))
    case_number = forms.CharField(label=_("Case number"), max_length=40, required=False)


class ForecastForm(forms.Form):
    """What the controller expects of the year, where it is not accounts and the rest of budget."""

    def __init__(self, *args, expected: Mapping[str, Any], **kwargs):
        super().__init__(*args, **kwargs)
        for name in NET:
            label = Treatment(name).label.capitalize()
            self.fields[f"amount_{name}"] = AmountField(
                label=_("Expected for the year, kroner: %(what)s") % {"what": label},
                required=False,
                help_text=_("Empty: %(amount)s kr, accounts and the rest of the budget.")
                % {"amount": expected[name]},
            )
            self.fields[f"comment_{name}"] = forms.CharField(
                label=_("Why: %(what)s") % {"what": label}, max_length=400, required=False
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name in NET:
            if told.get(f"amount_{name}") is not None and not told.get(f"comment_{name}"):
                self.add_error(f"comment_{name}", _("Say why you expect another amount."))
        return told

    @property
    def amounts(self) -> dict[str, tuple[Any, str]]:
        """Treatment → (kroner with KOSTRA's sign, why); own revenue is written without a minus."""
        told = self.cleaned_data
        given = {name: told.get(f"amount_{name}") for name in NET}
        if given["own_revenue"] is not None:
            given["own_revenue"] = -given["own_revenue"]
        return {name: (amount, told[f"comment_{name}"]) for name, amount in given.items()}

    @staticmethod
    def initial_of(forecasts: Mapping[str, Forecast]) -> dict[str, Any]:
        signs = {"own_revenue": -1}
        return {
            f"amount_{name}": each.amount * signs.get(name, 1) for name, each in forecasts.items()
        } | {f"comment_{name}": each.comment for name, each in forecasts.items()}


class ArtForm(forms.Form):
    """How the cooperation counts an art."""

    name = forms.CharField(label=_("Name"), max_length=120)
    treatment = forms.ChoiceField(label=_("Counts as"), choices=Treatment.choices)
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("The host's practice. Stands in the history.")
    )


class NewArtForm(ArtForm):
    """An art with its code."""

    art = CodeField(label=_("Art"), help_text=_("KOSTRA's three digits."))
    field_order = ("art", "name", "treatment", "reason")
