"""The forms of a review: begun, judged, summed up, signed, and told of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField, HappenedField, HappenedForm
from municipalities.documents.forms import DocumentMixin
from municipalities.quality.review.models import PointStatus, ReviewPoint
from municipalities.quality.review.operations import mark_of_point


class BeginForm(forms.Form):
    """Which year; this one, and the one before where it was not begun."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [(year, str(year)) for year in years]


class PointForm(DocumentMixin):
    """How a point stands, what shows it, and what is to be done."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False)
    status = forms.ChoiceField(
        label=_("How it stands"), choices=PointStatus.choices, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Name no patient and no case: figures, routines, where it is described."),
    )
    measure = forms.CharField(
        label=_("Measure"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where it can be better, or is lacking."),
    )
    responsible = forms.CharField(
        label=_("Responsible"),
        max_length=120,
        required=False,
        help_text=_("A role rather than a name."),
    )
    deadline_date = DateField(label=_("Deadline"), required=False)

    field_order = (
        "mark",
        "status",
        "evidence",
        "document",
        "exemption_basis",
        "measure",
        "responsible",
        "deadline_date",
    )

    @staticmethod
    def initial_of(point: ReviewPoint) -> dict[str, Any]:
        """What the form begins with."""
        names = ("status", "evidence", "measure", "responsible", "deadline_date")
        return {name: getattr(point, name) for name in names} | {"mark": mark_of_point(point)}


class SummaryForm(forms.Form):
    """What the review comes to."""

    summary = forms.CharField(
        label=_("Summary"),
        max_length=8_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Stands first in the report to the councils."),
    )


class SignForm(forms.Form):
    """That the review is read and signed."""

    is_read = forms.BooleanField(
        label=_("I have read the review, and sign it for the host municipality")
    )


class CouncilForm(HappenedForm):
    """When a council was told, and its case number."""

    told_date = HappenedField(label=_("Told on"))
    case_number = forms.CharField(
        label=_("Case number"), max_length=40, help_text=_("For example PS 99/25.")
    )


class CouncilCorrectionForm(CouncilForm):
    """A correction, and why."""

    reason = forms.CharField(label=_("Why it is corrected"), max_length=200)


class DoneForm(HappenedForm):
    """When a measure was done."""

    done_date = HappenedField(label=_("Done on"))
