"""The forms of agreements, versions and clauses."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from municipalities.agreements.models import (
    Adopter,
    Agreement,
    AgreementVersion,
    Clause,
    Layer,
)
from municipalities.agreements.rules import ITEMS
from municipalities.agreements.words import ITEM_WORDS
from municipalities.cooperations.models import Cooperation, Service
from municipalities.documents.forms import DocumentMixin
from municipalities.register.models import Municipality

LONGEST_NOTICE_MONTHS = 120


class AgreementForm(forms.Form):
    """Which agreement it is; a bilateral one has its service."""

    layer = forms.ChoiceField(label=_("Which agreement"), choices=Layer.choices)
    title = forms.CharField(label=_("Title"), max_length=160)
    adopter = forms.ChoiceField(
        label=_("Adopted in each municipality by"),
        choices=Adopter.choices,
        help_text=_("The law wants the political agreement adopted by the councils themselves."),
    )
    service = forms.ModelChoiceField(
        label=_("The service it is about"),
        queryset=Service.objects.none(),
        required=False,
        empty_label=_("no service of its own"),
        help_text=_("Only for a bilateral agreement."),
    )

    def __init__(self, *args, cooperation: Cooperation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = cooperation.services.filter(is_bilateral=True).order_by(
            "starts_date", "pk"
        )

    def clean(self):
        told = super().clean()
        layer, service = told.get("layer"), told.get("service")
        if layer == Layer.BILATERAL and not service and "service" not in self.errors:
            self.add_error("service", _("Choose the service that the agreement is about."))
        if layer and layer != Layer.BILATERAL and service:
            self.add_error("service", _("Only a bilateral agreement is about one service."))
        if layer == Layer.POLITICAL and told.get("adopter") == Adopter.DIRECTOR:
            self.add_error("adopter", _("Each council must adopt the political agreement itself."))
        return told


class DatedForm(forms.Form):
    """The day that a new draft is dated."""

    dated_date = DateField(
        label=_("Dated"),
        help_text=_("The text's own date. Nobody can adopt it before that day."),
    )


class FactsForm(DatedForm, DocumentMixin):
    """What a draft says of itself."""

    changes = forms.CharField(
        label=_("What is changed, and why"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For those who adopt it: one or two sentences."),
    )
    notice_months = forms.IntegerField(
        label=_("Notice, in months"),
        min_value=0,
        max_value=LONGEST_NOTICE_MONTHS,
        help_text=_("The law says one year, unless something else is agreed (§ 20-8)."),
    )
    leaves_at_new_year = forms.BooleanField(
        label=_("A participant leaves only at the turn of the year after the notice"),
        required=False,
    )
    field_order = ("dated_date", "changes", "notice_months", "leaves_at_new_year")

    @staticmethod
    def values_of(version: AgreementVersion) -> dict:
        names = ("dated_date", "changes", "notice_months", "leaves_at_new_year")
        return {name: getattr(version, name) for name in names}


class PartiesForm(forms.Form):
    """Whom a draft binds, and which of them is host."""

    parties = forms.ModelMultipleChoiceField(
        label=_("Parties"),
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    joining = forms.CharField(
        label=_("Number of a municipality that is to join"),
        max_length=4,
        required=False,
        help_text=_("Four figures. It becomes a party beside those above."),
    )
    host = forms.ModelChoiceField(
        label=_("Host municipality"), queryset=Municipality.objects.none(), empty_label=None
    )

    def __init__(self, *args, version: AgreementVersion, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = version.dated_date
        known = Municipality.objects.filter(
            participations__cooperation=version.agreement.cooperation
        ) | Municipality.objects.filter(pk__in=version.parties.values("municipality"))
        for name in ("parties", "host"):
            self.fields[name].queryset = known.distinct().order_by("number", "pk")

    def clean_joining(self) -> Municipality | None:
        """The one that has the number on the version's day, else the last that had it."""
        number = self.cleaned_data["joining"].strip()
        if not number:
            return None
        of_number = Municipality.objects.filter(number=number)
        found = of_number.valid_on(self.day).first() or of_number.order_by("-valid_from").first()
        if found is None:
            raise forms.ValidationError(
                _("No municipality has this number. Check it in the register of municipalities.")
            )
        return found

    @property
    def municipalities(self) -> set[Municipality]:
        """All the parties of a clean form."""
        joining = self.cleaned_data["joining"]
        return {*self.cleaned_data["parties"], *([joining] if joining else [])}

    @staticmethod
    def values_of(version: AgreementVersion) -> dict:
        parties = list(version.parties.values_list("municipality", "is_host"))
        return {
            "parties": [municipality for municipality, _host in parties],
            "host": next((each for each, is_host in parties if is_host), None),
        }


class ClauseForm(forms.Form):
    """A clause of a draft: plain text, where an empty line begins a paragraph."""

    heading = forms.CharField(label=_("Heading"), max_length=160)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Plain text. An empty line begins a new paragraph."),
    )
    items = forms.MultipleChoiceField(
        label=_("Which letters of § 20-4 it answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(each, f"{each}: {ITEM_WORDS[each][0]}") for each in ITEMS]

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")

    @staticmethod
    def values_of(clause: Clause) -> dict:
        return {"heading": clause.heading, "text": clause.text, "items": clause.items}


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button says it."""


class ReasonForm(forms.Form):
    """Why something is given up; it stands in the history."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the history."),
    )


class TitleForm(ReasonForm):
    """Another title of the agreement, and why."""

    title = forms.CharField(label=_("Title"), max_length=160)
    field_order = ("title", "reason")


class TakeBackForm(DatedForm, ReasonForm):
    """Why a version is taken back, and the day of the next."""

    field_order = ("reason", "dated_date")


class InForceForm(forms.Form):
    """From which day a version holds."""

    day = DateField(
        label=_("In force from"),
        help_text=_("Not before the last party has adopted it. A day to come is fine."),
    )


class DissolveForm(ReasonForm):
    """That the agreement ends, on which day, and that all have agreed."""

    day = DateField(
        label=_("The first day without the agreement"),
    )
    all_agree = forms.BooleanField(
        label=_("Every party has agreed to this"),
        error_messages={
            "required": _(
                "Only all parties together can end it at once (§ 20-8). If one of them leaves,"
                " record its notice instead."
            )
        },
    )
    field_order = ("day", "reason", "all_agree")


def agreements_to_leave(cooperation: Cooperation):
    """The agreements that one can give notice of: the administrative one follows the political."""
    return Agreement.objects.filter(
        cooperation=cooperation, layer__in=[Layer.POLITICAL, Layer.BILATERAL]
    ).order_by("-layer", "title", "pk")
