"""Forms of the checklist: recording a check, and planning the next ones."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.centrals.models import CheckResult
from municipalities.centrals.rows import Row
from municipalities.centrals.rules import State, holds_number
from municipalities.centrals.words import STATES
from municipalities.documents.forms import DocumentMixin

MOST_MONTHS = 60
WORDS = {
    "requirement_is_checked_sometimes": _("Write how many months, at least one."),
}


class CheckForm(DocumentMixin):
    """What was found, on which day, and how one knows."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=[(each.value, STATES[State(each)]) for each in CheckResult],
        widget=forms.RadioSelect(),
    )
    checked_date = DateField(label=_("Checked on"))
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "What was looked at, and what was found. All who take part in the cooperation can read"
            " it. Write nothing about a patient, and no caller's number."
        ),
    )
    field_order = ["result", "checked_date", "evidence", "document", "exemption_basis"]

    def __init__(self, *args, today: date, own_numbers: Collection[str] = (), **more) -> None:
        super().__init__(*args, **more)
        self.today, self.own_numbers = today, own_numbers
        self.initial = {"checked_date": today}

    def clean_checked_date(self) -> date:
        day = self.cleaned_data["checked_date"]
        if day > self.today:
            raise forms.ValidationError(_("The day is to come. Record the check when it is done."))
        return day

    def clean_evidence(self) -> str:
        text = self.cleaned_data["evidence"]
        if holds_number(text, own=self.own_numbers):
            raise forms.ValidationError(
                _(
                    "This looks like a telephone number or a national identity number. Write it"
                    " without: no person may be recognised here."
                )
            )
        return text


class PlanForm(forms.Form):
    """Who looks after it, how often, and when next."""

    responsible = forms.CharField(
        label=_("Responsible"),
        max_length=120,
        required=False,
        help_text=_("Best a function, for example the head of the legevakt."),
    )
    interval_months = forms.IntegerField(
        label=_("Months between checks"), min_value=1, max_value=MOST_MONTHS
    )
    next_due_date = DateField(
        label=_("Next check due"),
        required=False,
        help_text=_("Left empty, it is reckoned from the latest check."),
    )
    reason = forms.CharField(label=_("Why is it changed?"), max_length=200, required=False)

    def __init__(self, *args, row: Row, **more) -> None:
        super().__init__(*args, **more)
        self.initial = {
            "responsible": row.responsible,
            "interval_months": row.interval_months,
            "next_due_date": row.due_date,
        }

    @property
    def facts(self) -> dict:
        """What a clean form says, as `checking.plan` takes it."""
        told = dict(self.cleaned_data)
        due = told.pop("next_due_date")
        return told | {"due_date": due}
