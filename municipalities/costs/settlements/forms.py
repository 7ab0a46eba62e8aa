"""The forms of a settlement: prepared, corrected, sent, commented and approved."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.costs.settlements.models import SettlementKind


class PrepareForm(forms.Form):
    """Which settlement of the year is prepared."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=SettlementKind.choices,
        widget=forms.RadioSelect,
        help_text=_("A final settlement is made when the accounts of the year are closed."),
    )


class CorrectForm(forms.Form):
    """Why an approved settlement is corrected."""

    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the correction, for the municipalities to read."),
    )


class SendForm(forms.Form):
    """Until when the municipalities can comment."""

    comments_until = DateField(label=_("Comments until"))


class CommentForm(forms.Form):
    """What a municipality says of a settlement."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=(
            ("accepted", _("we have checked it and have no objections")),
            ("objection", _("we object")),
        ),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Comment"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("An objection must say what it is about."),
    )

    def clean(self):
        told = super().clean()
        if told.get("answer") == "objection" and not told.get("text"):
            self.add_error("text", _("Say what the municipality objects to."))
        return told

    @property
    def facts(self) -> dict:
        told = self.cleaned_data
        return {"is_accepted": told["answer"] == "accepted", "text": told["text"]}


class ApproveForm(forms.Form):
    """Approval; where somebody objects or has not answered, that is confirmed to be known."""

    is_read = forms.BooleanField(
        label=_("I have read what is objected and who has not answered, and approve all the same")
    )

    def __init__(self, *args, is_agreed: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_agreed:
            del self.fields["is_read"]
