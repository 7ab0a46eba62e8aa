"""The forms of the agreement's terms, the shares and the shifts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.doctors.models import Decider, DutyTerms
from municipalities.doctors.operations import Owes
from municipalities.doctors.shift_files import MAX_BYTES, MOST
from municipalities.doctors.shift_rules import Counts
from municipalities.register.models import Municipality

DAY = timedelta(days=1)


class ReasonForm(forms.Form):
    """A change that the history tells the reason of."""

    reason = forms.CharField(
        label=_("Why it is changed"),
        max_length=200,
        help_text=_("Stands in the history. Name no doctor and nobody's circumstances."),
    )


class TermsForm(ReasonForm):
    """What the agreement says of the duty."""

    decider = forms.ChoiceField(label=_("Exemptions are decided by"), choices=Decider.choices)
    consulted = forms.CharField(
        label=_("Who is consulted first"),
        max_length=160,
        required=False,
        help_text=_("Where somebody is named, no exemption is decided without the day of it."),
    )
    undelivered = forms.CharField(
        label=_("What undelivered duty costs the municipality"), max_length=240, required=False
    )
    field_order = ("decider", "consulted", "undelivered", "reason")

    @staticmethod
    def initial_of(terms: DutyTerms) -> dict[str, str]:
        return {name: getattr(terms, name) for name in ("decider", "consulted", "undelivered")}


class SharesForm(ReasonForm):
    """From when, and for each municipality its posts and its share."""

    valid_from = DateField(label=_("From"))

    def __init__(self, *args, municipalities: Iterable[Municipality], **kwargs):
        super().__init__(*args, **kwargs)
        self.municipalities = list(municipalities)
        for each in self.municipalities:
            self.fields[f"posts_{each.pk}"] = forms.IntegerField(
                label=_("Posts for general practitioners"), min_value=0, max_value=500
            )
            self.fields[f"share_{each.pk}"] = forms.DecimalField(
                label=_("Share of the duty (%)"),
                min_value=0,
                max_value=100,
                decimal_places=2,
                localize=True,
            )

    @property
    def owes(self) -> dict[int, Owes]:
        told = self.cleaned_data
        return {
            each.pk: Owes(posts=told[f"posts_{each.pk}"], share_percent=told[f"share_{each.pk}"])
            for each in self.municipalities
        }

    @property
    def rows(self) -> list[tuple[Municipality, list[forms.BoundField]]]:
        """Each municipality with its two fields."""
        return [
            (each, [self[f"posts_{each.pk}"], self[f"share_{each.pk}"]])
            for each in self.municipalities
        ]


class ShiftFileForm(forms.Form):
    """The counts as they are kept."""

    file = forms.FileField(
        label=_("File with shifts"),
        allow_empty_file=True,
        help_text=_(
            "CSV or XLSX with the columns municipality, from, to, owed, delivered, hired and"
            " unfilled. The day in “to” is the last one that counts. At most 1 MB."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB. Divide it."))
        return file


class CountsForm(forms.Form):
    """Days with the last one that counts, and the four counts."""

    starts_date = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"))
    owed = forms.IntegerField(label=_("Shifts owed"), min_value=0, max_value=MOST)
    delivered = forms.IntegerField(label=_("Delivered by own doctors"), min_value=0, max_value=MOST)
    hired = forms.IntegerField(
        label=_("Filled by hired doctors"), min_value=0, max_value=MOST, initial=0
    )
    unfilled = forms.IntegerField(
        label=_("Filled by nobody"), min_value=0, max_value=MOST, initial=0
    )

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_date"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first. Correct one of them."))
        return cleaned

    @property
    def days(self) -> dict[str, date]:
        told = self.cleaned_data
        return {"starts_date": told["starts_date"], "ends_date": told["last_day"] + DAY}

    @property
    def counts(self) -> Counts:
        return Counts(*(self.cleaned_data[name] for name in Counts._fields))


class ShiftForm(CountsForm):
    """One count of a municipality by hand."""

    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), empty_label=_("Choose …")
    )
    field_order = ("municipality",)

    def __init__(self, *args, municipalities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities


class ChangeShiftForm(CountsForm, ReasonForm):
    """A count corrected."""

    field_order = ("starts_date", "last_day", *Counts._fields, "reason")
