"""The forms about the cooperation as such: its facts, participants and services."""

from __future__ import annotations

from datetime import date

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.cooperations.models import (
    Cooperation,
    CooperationForm,
    Participant,
    ServiceKind,
)
from municipalities.cooperations.operations import FACTS
from municipalities.register.models import Municipality


class MunicipalityField(forms.ModelChoiceField):
    """One of the register, by name; an ended number tells that it has."""

    def __init__(self, **settings) -> None:
        every = Municipality.objects.by_name()
        super().__init__(every, empty_label=_("Choose …"), **settings)

    def label_from_instance(self, municipality: Municipality) -> str:
        """The name and number; nobody can join by a number after it has ended."""
        told = f"{municipality.name} ({municipality.number})"
        if municipality.valid_to is None:
            return told
        return _("%(municipality)s, ended %(date)s") % {
            "municipality": told,
            "date": date_format(municipality.valid_to, "SHORT_DATE_FORMAT"),
        }


class ReasonForm(forms.Form):
    """A change that tells why; the fields of the form itself come first."""

    why = forms.CharField(
        label=_("Why"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example the case number. It stands in the history, and all can read it."),
    )

    def __init__(self, *args, **settings) -> None:
        super().__init__(*args, **settings)
        self.order_fields([name for name in self.fields if name != "why"] + ["why"])

    @property
    def facts(self) -> dict:
        """What a clean form says, as the operations take it."""
        return dict(self.cleaned_data)


class FactsForm(ReasonForm):
    """What the cooperation is."""

    name = forms.CharField(label=_("Name"), max_length=120)
    form = forms.ChoiceField(
        label=_("Form of cooperation"), choices=CooperationForm.choices, widget=forms.RadioSelect
    )
    board_members_each = forms.IntegerField(
        label=_("Board members of each participant"),
        required=False,
        min_value=2,
        max_value=20,
        help_text=_("Only for a joint elected board (§ 20-3): two or more."),
    )
    is_co_located = forms.BooleanField(
        label=_("Legevaktsentral and legevakt are under one roof"), required=False
    )
    is_transfer_of_undertaking = forms.BooleanField(
        label=_("The staff went over to the host as a transfer of undertaking"), required=False
    )
    leader_reports_to = forms.CharField(
        label=_("The head of the legevakt reports to"), max_length=120, required=False
    )
    language = forms.ChoiceField(label=_("Language of common letters"), choices=settings.LANGUAGES)

    def clean(self) -> dict:
        """A board needs its number of members."""
        cleaned = super().clean() or self.cleaned_data
        is_board = cleaned.get("form") == CooperationForm.BOARD
        if is_board and not cleaned.get("board_members_each"):
            self.add_error("board_members_each", _("Say how many members each participant has."))
        return cleaned


def facts_of(cooperation: Cooperation) -> dict:
    """The facts as the form shows them."""
    return {name: getattr(cooperation, name) for name in FACTS}


class JoinForm(ReasonForm):
    """Who joins, when, and perhaps only with a part."""

    municipality = MunicipalityField(label=_("Municipality"))
    on = DateField(
        label=_("Takes part from"),
        help_text=_("For example the turn of the year, or 1 July."),
    )
    area = forms.CharField(
        label=_("Part of the municipality"),
        max_length=120,
        required=False,
        help_text=_("Only where not all of it takes part."),
    )


class LeaveForm(ReasonForm):
    """When a participant leaves."""

    on = DateField(
        label=_("Takes part no more from"),
        help_text=_("The first day without it, for example 1 January."),
    )


class CorrectForm(ReasonForm):
    """What was recorded wrongly of a participant."""

    joined_date = DateField(label=_("Takes part from"))
    left_date = DateField(
        label=_("Takes part no more from"),
        required=False,
        help_text=_("Empty: it goes on."),
    )
    area = forms.CharField(label=_("Part of the municipality"), max_length=120, required=False)


class MergeForm(ReasonForm):
    """Participants whose numbers end, and the municipality that takes their place."""

    of = forms.ModelMultipleChoiceField(
        Municipality.objects.none(),
        label=_("Municipalities that end"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One alone, where it only gets a new number."),
    )
    into = MunicipalityField(label=_("Municipality that takes their place"))
    on = DateField(label=_("From"))

    def __init__(self, *args, cooperation: Cooperation, **settings) -> None:
        super().__init__(*args, **settings)
        self.fields["of"].queryset = (
            Municipality.objects.filter(participations__cooperation=cooperation)
            .distinct()
            .order_by("number", "pk")
        )

    @property
    def facts(self) -> dict:
        return {**self.cleaned_data, "of": list(self.cleaned_data["of"])}


class SplitForm(ReasonForm):
    """The municipalities that take a participant's place."""

    first = MunicipalityField(label=_("First municipality in its place"))
    second = MunicipalityField(label=_("Second municipality in its place"))
    third = MunicipalityField(label=_("Third municipality in its place"), required=False)
    on = DateField(label=_("From"))

    @property
    def facts(self) -> dict:
        told = dict(self.cleaned_data)
        into = [told.pop("first"), told.pop("second"), told.pop("third")]
        return {**told, "into": [municipality for municipality in into if municipality]}


class ServiceForm(ReasonForm):
    """A service; parties make it a bilateral one."""

    kind = forms.ChoiceField(
        label=_("Service"), choices=[("", _("Choose …")), *ServiceKind.choices]
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=120,
        required=False,
        help_text=_("As the agreement cites it."),
    )
    starts_date = DateField(label=_("From"))
    parties = forms.ModelMultipleChoiceField(
        Municipality.objects.none(),
        label=_("Only for"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: for all who take part. Chosen: bilateral, by its own agreement."),
    )

    def __init__(self, *args, cooperation: Cooperation, today: date, **settings) -> None:
        super().__init__(*args, **settings)
        partners = Participant.objects.filter(cooperation=cooperation).exclude(left_date__lte=today)
        self.fields["parties"].queryset = (
            Municipality.objects.filter(participations__in=partners)
            .exclude(pk=cooperation.host_id)
            .distinct()
            .order_by("number", "pk")
        )

    @property
    def facts(self) -> dict:
        return {**self.cleaned_data, "parties": list(self.cleaned_data["parties"])}


class ServiceEndForm(ReasonForm):
    """When a service ends."""

    on = DateField(label=_("Ends"), help_text=_("The first day without it."))
