"""The forms: a file with inhabitants, and the confirmation of what it does."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.register.models import FigureStatus

MAX_BYTES = 10 * 1024 * 1024
STATUSES = (
    (FigureStatus.FINAL, _("Final")),
    (FigureStatus.PROVISIONAL, _("Provisional: Statistics Norway may still change them")),
)


class PopulationFileForm(forms.Form):
    """A file from the statbank, and whether its figures are final."""

    file = forms.FileField(
        label=_("File with inhabitants"),
        allow_empty_file=True,
        help_text=_("CSV or JSON-stat2 from table 07459 of SSB's statbank. At most 10 MB."),
    )
    status = forms.ChoiceField(
        label=_("The figures are"),
        choices=STATUSES,
        initial=FigureStatus.FINAL,
        widget=forms.RadioSelect,
    )
    counted_date = DateField(
        label=_("Day of the count"),
        required=False,
        help_text=_("Only where no year stands in the file."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Choose fewer municipalities or years.")
            )
        return file


class ConfirmForm(forms.Form):
    """What was looked at, to be stored; with the reason where final figures change."""

    figures = forms.CharField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why final figures are changed"),
        max_length=200,
        help_text=_("Stands on the page and in the history, for everybody who pays by them."),
    )

    def __init__(self, *args, needs_reason: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["why"]
