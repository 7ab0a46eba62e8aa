"""The forms: a new series, and a report of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from callstats.aggregates.messages import of_file
from callstats.aggregates.models import AggregateSeries
from callstats.sources.aggregate_table import MAX_BYTES
from municipalities.models import Central, User
from municipalities.queries import cooperations_where
from municipalities.rules import Permission


class SeriesForm(forms.Form):
    """Whose counts, and who has counted them."""

    central = forms.ModelChoiceField(
        label=_("Central"), queryset=Central.objects.none(), empty_label=_("Choose …")
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=50,
        help_text=_("Letters, digits, - and _. The command line names the series by it."),
    )
    origin = forms.CharField(
        label=_("Where the counts are from"),
        max_length=200,
        help_text=_("For example “HDO månadsrapport”. Another way of counting is another series."),
    )
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=40,
        initial="Europe/Oslo",
        help_text=_("The zone of the report's days and times."),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        centrals = centrals_managed_by(user)
        self.fields["central"].queryset = centrals
        if len(centrals) == 1:
            self.initial.setdefault("central", centrals[0])

    def clean(self):
        cleaned = super().clean()
        central, slug = cleaned.get("central"), cleaned.get("slug")
        if AggregateSeries.objects.filter(central=central, slug=slug).exists():
            self.add_error("slug", _("The central has a series of this short name already."))
        return cleaned


class ReportForm(forms.Form):
    """A report as the vendor exports it."""

    file = forms.FileField(
        label=_("Report"),
        allow_empty_file=True,
        help_text=_(
            "An Excel, ODS, CSV or TSV file with counts. It needs a column of periods (Måned,"
            " Periode or Dato), one of all calls (Tilbudt or Mottatt) and one of answered calls"
            " (Besvart or Svara)."
            " Columns of bands are called Besvart innen 20 s, Svara innan 2 min and so on; our own"
            " English names, such as period_from, offered, answered and within_120, do as well."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size == 0:
            raise forms.ValidationError(of_file("empty_file", {}))
        if file.size > MAX_BYTES:
            params = {"limit": MAX_BYTES, "size": file.size}
            raise forms.ValidationError(of_file("file_too_large", params))
        return file


class DeleteForm(forms.Form):
    """Why a series is taken away."""

    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("Stands in the history."))


def centrals_managed_by(user: User):
    """The centrals for which the person may set up a series."""
    held = cooperations_where(user=user, permission=Permission.MANAGE_FEEDS)
    return Central.objects.counted().filter(cooperation__in=held).order_by("name", "pk")
