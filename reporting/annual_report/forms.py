"""Which year to prepare a report of, and why one is corrected."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.models import Cooperation
from reporting.annual_report import queries, rules

LONGEST_TEXT = 20_000


class PrepareForm(forms.Form):
    """One of the cooperation's years with data; the cooperation is fixed by the page."""

    year = forms.TypedChoiceField(label=_("Year of the report"), coerce=int)

    def __init__(self, *args, cooperation: Cooperation, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        years = queries.years_with_data(cooperation=cooperation, today=today)
        self.fields["year"].choices = [(year, str(year)) for year in years]
        self.has_years = bool(years)
        self.initial.setdefault("year", today.year - 1)


class CorrectionForm(forms.Form):
    """Why a report is corrected; stands on the cover of the next edition."""

    reason = forms.CharField(
        label=_("What is corrected, and why"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands on the cover of the next edition."),
    )


def _area(label: str, *, language: str) -> forms.CharField:
    attrs = {"rows": 10, "lang": language, "spellcheck": "true"}
    widget = forms.Textarea(attrs=attrs)
    return forms.CharField(label=label, required=False, max_length=LONGEST_TEXT, widget=widget)


class ChapterForm(forms.Form):
    """A chapter's text in both written forms, and whether the report does without it.

    What stood there when the page was opened goes with it (`seen_…`), so that nobody writes over
    what another person has written meanwhile.
    """

    text_nn = _area(_("Text in nynorsk"), language="nn")
    text_nb = _area(_("Text in bokmål"), language="nb")
    is_left_out = forms.BooleanField(
        label=_("Leave this chapter out of the report"),
        required=False,
        help_text=_("The contents page says which chapters are not part of the report."),
    )
    shown = forms.ChoiceField(
        label=_("Preview in"),
        choices=[("nn", _("Nynorsk")), ("nb", _("Bokmål"))],
        widget=forms.RadioSelect,
        required=False,
    )
    seen_nn = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_nb = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_left_out = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def texts(self) -> dict[str, str]:
        """What is written now, by language."""
        return {each: self.cleaned_data[f"text_{each}"] for each in rules.DOCUMENT_LANGUAGES}

    @property
    def seen(self) -> dict[str, str]:
        """What the person began from, by language."""
        return {each: self.cleaned_data[f"seen_{each}"] for each in rules.DOCUMENT_LANGUAGES}

    @property
    def leaves_out(self) -> bool | None:
        """Whether the chapter is to be left out; None where the person did not change it."""
        wanted = self.cleaned_data["is_left_out"]
        return None if wanted == self.cleaned_data["seen_left_out"] else wanted
