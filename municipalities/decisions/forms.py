"""The forms of a decision: registered, corrected, notified, and what follows it."""

from __future__ import annotations

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from legevakt.lib.words import day
from municipalities.cooperations.models import Cooperation
from municipalities.decisions import queries
from municipalities.decisions.facts import Facts
from municipalities.decisions.models import Decision, DecisionKind, Level
from municipalities.decisions.rules import appeal_deadline, receipt_by
from municipalities.decisions.words import ERRORS
from municipalities.documents.forms import DocumentMixin
from municipalities.documents.models import Document
from municipalities.register.models import Municipality

CHOOSE = ("", _("Choose …"))


class HostsDecisionField(forms.ModelChoiceField):
    """A decision of the host, by title, case number and day."""

    def label_from_instance(self, obj: Decision) -> str:
        return f"{obj.title} ({obj.case_number}, {day(obj.decided_date)})"


class DecisionForm(DocumentMixin):
    """A decision as it was made. `writable`: whose decisions the person may register."""

    municipality = forms.ModelChoiceField(
        label=_("Municipality that decided"),
        queryset=Municipality.objects.none(),
        empty_label=CHOOSE[1],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=DecisionKind.choices,
        initial=DecisionKind.DECISION.value,
        help_text=_(
            "A participant can instruct the host in what concerns itself alone, and reverse the"
            " host's decision (kommuneloven § 20-2, forvaltningslova § 35)."
        ),
    )
    reverses = HostsDecisionField(
        label=_("The host's decision that is reversed"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("Only for a reversal."),
    )
    level = forms.ChoiceField(label=_("Level"), choices=[CHOOSE, *Level.choices])
    body = forms.CharField(
        label=_("Decided by"), max_length=120, help_text=_("For example kommunestyret.")
    )
    case_number = forms.CharField(label=_("Case number"), max_length=40)
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("What was decided"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "All who take part read it, also where it is exempt. Name no patient and no person."
        ),
    )
    decided_date = DateField(label=_("Decided on"))
    parties_notified_date = DateField(
        label=_("The parties were notified on"),
        required=False,
        help_text=_(
            "Only where it can be appealed. The deadline is then three weeks later, on a working"
            " day (forvaltningslova § 29)."
        ),
    )
    appeal_deadline_date = DateField(
        label=_("Deadline for appeal"),
        required=False,
        help_text=_("Empty: computed from the day the parties were notified, if any."),
    )
    is_exempt = forms.TypedChoiceField(
        label=_("Public disclosure"),
        choices=[("", _("public")), ("exempt", _("exempt from public disclosure"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    field_order = [
        "municipality",
        "kind",
        "reverses",
        "level",
        "body",
        "case_number",
        "title",
        "decided_date",
        "summary",
        "document",
        "is_exempt",
        "exemption_basis",
        "parties_notified_date",
        "appeal_deadline_date",
    ]

    def __init__(self, *args, cooperation: Cooperation, writable: QuerySet, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = writable
        if len(writable) == 1:
            self.initial.setdefault("municipality", writable[0])
        self.fields["reverses"].queryset = queries.reversible(cooperation)
        self.fields["exemption_basis"].label = _("Legal ground for the exemption")
        self.fields["exemption_basis"].help_text = _(
            "For example “offentleglova § 13, jf. forvaltningslova § 13”. It goes for the document"
            " too."
        )

    def clean(self) -> dict:
        """The deadline for appeal follows from the day the parties were notified."""
        cleaned = super().clean() or self.cleaned_data
        notified, decided = cleaned.get("parties_notified_date"), cleaned.get("decided_date")
        if notified and decided and notified < decided:
            self.add_error("parties_notified_date", str(ERRORS["notified_before_decision"]))
        elif notified and not cleaned.get("appeal_deadline_date"):
            cleaned["appeal_deadline_date"] = appeal_deadline(notified_date=notified)
        return cleaned

    def facts(self, *, document: Document | None) -> Facts:
        """What a clean form says, as the operations take it."""
        names = "municipality body case_number title summary decided_date reverses is_exempt"
        told = {name: self.cleaned_data[name] for name in names.split()}
        return Facts(
            **told,
            kind=DecisionKind(self.cleaned_data["kind"]),
            level=Level(self.cleaned_data["level"]),
            exemption_basis=self.cleaned_data["exemption_basis"].strip(),
            appeal_deadline_date=self.cleaned_data["appeal_deadline_date"],
            document=document,
        )


class NotifyMixin(forms.Form):
    """By when the other participants are to confirm."""

    receipt_by = DateField(
        label=_("Receipt by"),
        help_text=_("14 days, unless the agreement says another time."),
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("receipt_by", receipt_by(notified_date=today))


class NotifyForm(NotifyMixin):
    """Have the participants told of a decision that is registered already."""


class RegisterForm(NotifyMixin, DecisionForm):
    """A new decision, and whether the participants are to be told of it."""

    is_notified = forms.BooleanField(
        label=_("Notify the other participants, and ask for a receipt"),
        required=False,
        initial=True,
        help_text=_(
            "Those who answer for each municipality get an e-mail with a link. Leave it open for"
            " what they were told of before."
        ),
    )
    field_order = (*DecisionForm.field_order, "is_notified", "receipt_by")

    @property
    def receipt_date(self) -> date | None:
        """The deadline of the receipts; None where nobody is to be notified."""
        told = self.cleaned_data
        return told["receipt_by"] if told["is_notified"] else None


class CorrectForm(DecisionForm):
    """The same, with the reason. Without a new document the old one stays."""

    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=200,
        help_text=_("The history shows it, with what stood before."),
    )
    field_order = (*DecisionForm.field_order, "reason")

    @staticmethod
    def values_of(decision: Decision) -> dict:
        """The decision as the form shows it."""
        names = "municipality kind reverses level body case_number title decided_date summary"
        told = {name: getattr(decision, name) for name in names.split()}
        return told | {
            "is_exempt": "exempt" if decision.is_exempt else "",
            "exemption_basis": decision.exemption_basis,
            "appeal_deadline_date": decision.appeal_deadline_date,
        }
