"""What a person writes when a period is published or revised."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 400


class PublishForm(forms.Form):
    """Nothing, or why a figure is published though too few hours have data."""

    provisional_reason = forms.CharField(
        label=_("Why it is published though data are missing"),
        help_text=_("It is shown with the figures for as long as they stand."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, needs_reason: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["provisional_reason"]


class ReviseForm(forms.Form):
    """Why what is published is to be corrected."""

    reason = forms.CharField(
        label=_("Why it is revised"),
        help_text=_(
            "For example: “The log of 24 October came late.” It is shown with the figures."
        ),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
