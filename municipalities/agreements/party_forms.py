"""The forms of what the parties do: adopt, delegate, leave; and of the county governor's letter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField, HappenedField, HappenedForm
from municipalities.agreements.forms import ReasonForm, agreements_to_leave
from municipalities.agreements.models import Adoption, Agreement, AgreementVersion, Delegation
from municipalities.cooperations.models import Cooperation
from municipalities.documents.forms import DocumentMixin
from municipalities.register.models import Municipality

DECISIONS = (("adopted", _("adopted")), ("rejected", _("rejected")))


class AdoptionForm(HappenedForm):
    """What a party decided about the version."""

    decision = forms.ChoiceField(label=_("Decision"), choices=DECISIONS, widget=forms.RadioSelect)
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
        """What a clean form says, as the operation takes it."""
        told = dict(self.cleaned_data)
        return {"is_adopted": told.pop("decision") == "adopted", **told}

    @staticmethod
    def values_of(adoption: Adoption) -> dict:
        names = ("decided_date", "case_number", "remark")
        decision = "adopted" if adoption.is_adopted else "rejected"
        return {"decision": decision} | {name: getattr(adoption, name) for name in names}


class DelegationForm(HappenedForm, DocumentMixin):
    """The council's instruction, and the letter when it is written."""

    instructed_date = HappenedField(
        label=_("The council instructed its chief executive on"),
    )
    case_number = forms.CharField(
        label=_("Case number"), max_length=40, help_text=_("For example PS 96/26.")
    )
    letter_date = HappenedField(
        label=_("The letter of delegation is dated"),
        required=False,
        help_text=_("Empty while the letter is not written."),
    )
    field_order = ("instructed_date", "case_number", "letter_date")

    @property
    def facts(self) -> dict:
        """What a clean form says, as the operation takes it, without the document."""
        names = ("instructed_date", "case_number", "letter_date")
        return {name: self.cleaned_data[name] for name in names}

    @staticmethod
    def values_of(delegation: Delegation) -> dict:
        names = ("instructed_date", "case_number", "letter_date")
        return {name: getattr(delegation, name) for name in names}


class WithdrawDelegationForm(HappenedForm, ReasonForm):
    """From which day the delegation does not hold any longer."""

    day = HappenedField(label=_("Withdrawn on"))
    field_order = ("day", "reason")


class GovernorForm(HappenedForm):
    """When the county governor was told."""

    informed_date = HappenedField(label=_("The county governor was oriented on"))
    reference = forms.CharField(
        label=_("Reference"),
        max_length=80,
        required=False,
        help_text=_("The letter's number in the archive."),
    )

    @staticmethod
    def values_of(version: AgreementVersion) -> dict:
        return {
            "informed_date": version.state_informed_date,
            "reference": version.state_informed_reference,
        }


class AgreementField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Agreement) -> str:
        return obj.title


class NoticeForm(HappenedForm):
    """Who leaves, when the notice came, and a day that all have agreed on.

    The host is not among those who leave. Only who manages the agreement, and so answers for all
    (None), says what all have agreed on.
    """

    agreement = AgreementField(
        label=_("Agreement"), queryset=Agreement.objects.none(), empty_label=None
    )
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), empty_label=_("Choose …")
    )
    received_date = HappenedField(label=_("Notice received"))
    case_number = forms.CharField(
        label=_("Case number"), max_length=40, help_text=_("For example PS 96/26.")
    )
    reason = forms.CharField(
        label=_("Why it leaves"),
        max_length=200,
        help_text=_("If another day is agreed below, say also why."),
    )
    agreed_date = DateField(
        label=_("Another day, that all have agreed on"),
        required=False,
        help_text=_("Empty: the day follows from the agreement's notice."),
    )
    all_agree = forms.BooleanField(label=_("Every party has agreed to that day"), required=False)
    field_order = (
        "agreement", "municipality", "received_date", "case_number", "reason", "agreed_date",
        "all_agree",
    )  # fmt: skip

    def __init__(
        self,
        *args,
        cooperation: Cooperation,
        answers_for: Collection[int] | None,
        today: date,
        **kwargs,
    ):
        super().__init__(*args, today=today, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["agreement"].queryset = agreements_to_leave(cooperation)
        known = Municipality.objects.filter(participations__cooperation=cooperation)
        known = known.exclude(pk=cooperation.host_id)
        if answers_for is not None:
            known = known.filter(pk__in=answers_for)
            fields["reason"].help_text = ""
            del fields["agreed_date"], fields["all_agree"]
        known = known.distinct().order_by("number", "pk")
        fields["municipality"].queryset = known
        if len(known) == 1:
            self.initial.setdefault("municipality", known[0])

    def clean(self):
        told = super().clean() or {}
        if told.get("agreed_date") and not told.get("all_agree"):
            self.add_error(
                "all_agree",
                _("Tick this only if it is so. Else leave the other day empty."),
            )
        return told

    @property
    def facts(self) -> dict:
        """What a clean form says, as the operation takes it."""
        return {name: told for name, told in self.cleaned_data.items() if name != "all_agree"}
