"""The form of a municipality that a central answers for, with the words for what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib import words
from legevakt.lib.inputs import DateField
from municipalities.centrals.models import Central, ServedMunicipality
from municipalities.centrals.rules import next_half_year
from municipalities.register.models import Municipality

DAY = timedelta(days=1)
ENDS_BEFORE = gettext_lazy("The last day cannot be before the first. Choose a later day.")
WORDS = {
    "municipality_is_served_by_one_central_at_a_time": gettext_lazy(
        "A legevaktsentral answers for the whole municipality in these days already. End that"
        " first, choose other days, or write which part this one answers for."
    ),
    "service_of_municipality_ends_after_start": ENDS_BEFORE,
    "served_municipality_exists": gettext_lazy(
        "The municipality number had ended on that day. Choose the municipality that followed, or"
        " an earlier day."
    ),
}


class MunicipalityField(forms.ModelChoiceField):
    """A municipality by name and number, with when its number ended."""

    def label_from_instance(self, obj: Municipality) -> str:
        name = f"{obj.name} ({obj.number})"
        if obj.valid_to is None:
            return name
        return _("%(name)s, until %(day)s") % {"name": name, "day": words.day(obj.valid_to - DAY)}


class ServedForm(forms.Form):
    """Which municipality, all of it or a part, and in which days."""

    municipality = MunicipalityField(
        label=gettext_lazy("Municipality"),
        queryset=Municipality.objects.none(),
        empty_label=gettext_lazy("Choose …"),
    )
    area = forms.CharField(
        label=gettext_lazy("Part of the municipality"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "Only where the central answers for a part. Left empty, it is all of it."
        ),
    )
    valid_from = DateField(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("Often 1 January or 1 July, but any day will do."),
    )
    last_day = DateField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Left empty, it goes on."),
    )

    def __init__(
        self, *args, central: Central, today: date, served: ServedMunicipality | None = None, **more
    ) -> None:
        super().__init__(*args, **more)
        field = cast(MunicipalityField, self.fields["municipality"])
        field.queryset = _choosable(central=central, today=today)
        self.initial = {"valid_from": next_half_year(today)}
        if served:
            self.initial = _told_of(served)
            self.fields["reason"] = forms.CharField(
                label=gettext_lazy("Why is it changed?"), max_length=200
            )

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", ENDS_BEFORE)
        return cleaned

    @property
    def facts(self) -> dict:
        """What a clean form says, as the operations take it."""
        told = dict(self.cleaned_data)
        last = told.pop("last_day")
        return told | {"valid_to": last and last + DAY}


def _choosable(*, central: Central, today: date):
    """Every municipality of today, and those of the cooperation that have ended."""
    living = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    taking_part = Q(participations__cooperation=central.cooperation_id)
    return Municipality.objects.filter(living | taking_part).distinct().by_name()


def _told_of(served: ServedMunicipality) -> dict:
    return {
        "municipality": served.municipality_id,
        "area": served.area,
        "valid_from": served.valid_from,
        "last_day": served.valid_to and served.valid_to - DAY,
    }
