"""Whom to invoice, when claims are issued and due, and which claims are shown."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.costs.invoicing.models import BillingDetails, VatCategory
from municipalities.costs.invoicing.rules import is_account_number, is_org_number
from municipalities.costs.invoicing.words import FAULTS

OF_PAYER = ["org_number", "reference", "street", "postal_code", "city"]
OF_HOST = [
    "org_number",
    "street",
    "postal_code",
    "city",
    "account_number",
    "series",
    "vat_category",
    "is_vat_registered",
    "exemption_reason",
    "posting",
]


class PayerForm(forms.ModelForm):
    """A municipality that is invoiced."""

    org_number = forms.CharField(label=_("Organisation number"), max_length=20)

    class Meta:
        model = BillingDetails
        fields = OF_PAYER
        help_texts = {
            "reference": _("What the municipality wants on its invoices, so that they find home."),
        }

    def clean_org_number(self):
        number = _digits(self.cleaned_data["org_number"])
        if not is_org_number(number):
            raise forms.ValidationError(FAULTS["bad_org_number"])
        return number


class HostForm(PayerForm):
    """The host, which invoices: also its account, its numbers and what it says of VAT."""

    account_number = forms.CharField(label=_("Bank account"), max_length=20, required=False)

    class Meta:
        model = BillingDetails
        fields = OF_HOST
        help_texts = {
            "series": _(
                "Capital letters A to Z and digits, such as LV. It must differ from every series"
                " in the accounting system."
            ),
            "vat_category": _("The host's accountant decides. Health services may be exempt."),
            "exemption_reason": _("Stands on the invoice: what the accountant has decided."),
            "posting": _("Where the host's accounts post it: ansvar, project. Yours alone."),
        }

    def clean_account_number(self):
        number = _digits(self.cleaned_data["account_number"])
        if number and not is_account_number(number):
            raise forms.ValidationError(FAULTS["bad_account_number"])
        return number

    def clean(self):
        told = super().clean()
        is_exempt = told.get("vat_category") == VatCategory.EXEMPT
        if is_exempt and not told.get("is_vat_registered"):
            self.add_error("vat_category", FAULTS["exempt_without_registration"])
        return told


def _digits(text: str) -> str:
    """As people write numbers: «920 290 922», «8601.11.17947».

    >>> _digits("8601.11.17947")
    '86011117947'
    """
    return "".join(text.split()).replace(".", "")


class ClaimsForm(forms.Form):
    """When the claims are issued, and when they are due."""

    issue_date = DateField(label=_("Issued on"))
    due_date = DateField(label=_("Due on"))

    def clean(self):
        told = super().clean()
        issued, due = told.get("issue_date"), told.get("due_date")
        if issued and due and due < issued:
            self.add_error("due_date", FAULTS["due_before_issue"])
        return told


class ClaimFilterForm(forms.Form):
    """Which claims are shown, and are in the files."""

    year = forms.ChoiceField(label=_("Year"), required=False)
    pool = forms.ChoiceField(label=_("Pool"), required=False)
    batch = forms.ChoiceField(label=_("Claimed for"), required=False)

    def __init__(
        self,
        *args,
        years: Sequence[int],
        pools: Sequence[tuple[str, str]],
        batches: Sequence[tuple[str, str]],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]
        self.fields["pool"].choices = [("", _("all")), *pools]
        self.fields["batch"].choices = [("", _("all")), *batches]
