"""The form: why a month differs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ExplanationForm(forms.Form):
    """One sentence of a person who has looked into it."""

    text = forms.CharField(
        label=_("Why the figures differ"),
        max_length=200,
        help_text=_(
            "One or two sentences, without names of persons. All who see the central see it."
        ),
    )
