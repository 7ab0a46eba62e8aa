"""The forms of obligations, evidence and reasons."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.access.rules import PARTNER_ROLES, Role
from municipalities.access.words import ROLE_NAMES
from municipalities.documents.forms import DocumentMixin
from municipalities.obligations.inputs import DaysField, LinesField, as_written
from municipalities.obligations.models import Due, Obligation, Rhythm, Scope
from municipalities.obligations.rules import is_address
from municipalities.obligations.words import told, untold
from municipalities.register.models import Municipality

YEAR = timedelta(days=366)
RESPONSIBLE = [role for role in Role if role not in {*PARTNER_ROLES, Role.AUDITOR}]
WORDS = {
    "obligation_in_force_is_one": _(
        "An obligation with this title is in force already. Change that one, or choose another"
        " title."
    ),
    "obligation_ends_after_start": _(
        "It cannot end before it begins. Choose the day it began, or a later one."
    ),
    "yearly_obligation_has_its_days": _(
        "What is due on fixed days needs its days; what is due whenever it happens has none."
    ),
}


class ReasonForm(forms.Form):
    """Why; it stands in the history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At most 400 characters. It stands in the history."),
    )


class ChangeForm(ReasonForm):
    """What may be changed in an obligation that is in force."""

    title = forms.CharField(label=_("Title"), max_length=160)
    clause = forms.CharField(
        label=_("Where it is agreed"),
        max_length=120,
        required=False,
        help_text=_("For example point 7 of the agreement."),
    )
    due_days = DaysField(
        label=_("Due on"),
        max_length=200,
        required=False,
        help_text=_("Day and month, apart by commas: 31.3., 15.6. Empty: whenever it happens."),
    )
    topics = LinesField(
        longest=160,
        label=_("Minimum topics"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What must be dealt with, one topic on each line."),
    )
    responsible = forms.ChoiceField(
        label=_("Responsible"), choices=[(role.value, ROLE_NAMES[role]) for role in RESPONSIBLE]
    )
    remind_days = forms.IntegerField(
        label=_("Reminder, days before"),
        min_value=0,
        max_value=180,
        initial=21,
        help_text=_("Those responsible get an e-mail then, and one more when it is overdue."),
    )
    field_order = ("title", "clause", "due_days", "topics", "responsible", "remind_days", "reason")

    @property
    def facts(self) -> dict:
        """What a clean form says, as the operations take it; the principles' texts in English."""
        facts = dict(self.cleaned_data)
        facts["title"], facts["clause"] = untold(facts["title"]), untold(facts["clause"])
        facts["topics"] = [untold(topic) for topic in facts["topics"]]
        return facts


class AddForm(ChangeForm):
    """A new obligation."""

    scope = forms.ChoiceField(
        label=_("Kept"), choices=Scope.choices, widget=forms.RadioSelect, initial=Scope.COMMON
    )
    starts_date = DateField(label=_("From"))
    field_order = ("title", "clause", "scope", *ChangeForm.field_order[2:-1], "starts_date")

    @property
    def facts(self) -> dict:
        """By event where it has no days."""
        facts = super().facts
        return facts | {"rhythm": Rhythm.YEARLY if facts["due_days"] else Rhythm.ON_EVENT}


class EndForm(ReasonForm):
    """From when it obliges no more."""

    ends_date = DateField(
        label=_("No longer from"),
        help_text=_("What is due on this day or later is taken away. What is kept stays."),
    )
    field_order = ("ends_date", "reason")


class EventForm(forms.Form):
    """Something that happened, by which an obligation is due."""

    about = forms.CharField(label=_("What it is about"), max_length=200)
    due_date = DateField(label=_("Due"))
    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("all participants"),
    )

    def __init__(self, *args, partners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = partners


class EvidenceForm(DocumentMixin):
    """What shows that it was kept: a document, or an address."""

    title = forms.CharField(
        label=_("What shows it"),
        max_length=200,
        help_text=_("For example: Minutes of the meeting on 12 March."),
    )
    on = DateField(label=_("Date it happened"))
    path = forms.CharField(
        label=_("Address"),
        max_length=300,
        required=False,
        help_text=_("Where it can be read, beginning with https://. Or choose a document below."),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics that were dealt with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("title", "on", "topics", "path", "document", "exemption_basis")

    def __init__(self, *args, due: Due, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.earliest = today, due.due_date - YEAR
        self.fields["topics"].choices = [(each, told(each)) for each in due.obligation.topics]
        if not due.obligation.topics:
            del self.fields["topics"]

    def clean_on(self) -> date:
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(_("Hand in the evidence when it has happened."))
        if self.cleaned_data["on"] < self.earliest:
            raise forms.ValidationError(
                _(
                    "This is more than a year before the deadline. Correct the date, or hand it in"
                    " for an earlier deadline."
                )
            )
        return self.cleaned_data["on"]

    def clean_path(self) -> str:
        path = self.cleaned_data["path"].strip()
        if path and not is_address(path):
            raise forms.ValidationError(_("Write an address that begins with https://."))
        return path

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("path") and not cleaned.get("document"):
            self.add_error("path", _("Write an address, or choose a document."))
        return cleaned


def initial_of(obligation: Obligation) -> dict:
    """An obligation as the form shows it, in the reader's language."""
    return {
        "title": told(obligation.title),
        "clause": told(obligation.clause),
        "due_days": as_written(obligation.due_days),
        "topics": "\n".join(told(topic) for topic in obligation.topics),
        "responsible": obligation.responsible,
        "remind_days": obligation.remind_days,
    }
