"""The forms of items, of proposals and of their answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from legevakt.lib.words import moment
from municipalities.documents.forms import DocumentMixin
from municipalities.meetings.agenda.models import AgendaItem, ItemKind
from municipalities.meetings.meeting.models import Meeting
from municipalities.meetings.topics.prepared import prepared_topics
from municipalities.obligations import words as obligation_words
from municipalities.register.models import Municipality

KINDS = [each for each in ItemKind.choices if each[0] != ItemKind.STANDING]


class ItemForm(forms.Form):
    """An item: what it is, which minimum topic it covers, which prepared page it shows."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("What the meeting is to do"), choices=KINDS)
    text = forms.CharField(
        label=_("What the case is about"),
        max_length=12_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    proposal = forms.CharField(
        label=_("Proposed decision"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Of a case for decision."),
    )
    presented_by = forms.CharField(label=_("Presented by"), max_length=120, required=False)
    topic = forms.ChoiceField(label=_("Minimum topic that it covers"), required=False)
    page = forms.ChoiceField(
        label=_("Prepared page with figures"),
        required=False,
        help_text=_("Its figures are shown with the item, and frozen by the minutes."),
    )

    def __init__(self, *args: Any, topics: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        told = [(each, obligation_words.told(each)) for each in topics]
        self.fields["topic"].choices = [("", _("none")), *told]
        pages = [(each.code, each.title) for each in prepared_topics().values()]
        self.fields["page"].choices = [("", pgettext("page", "none")), *pages]

    @staticmethod
    def initial_of(item: AgendaItem) -> dict[str, Any]:
        """What a form on the item begins with."""
        names = ("title", "kind", "text", "proposal", "presented_by", "topic", "page")
        return {name: getattr(item, name) for name in names}


class StandingItemForm(forms.Form):
    """What a standing item can say more."""

    text = forms.CharField(
        label=_("What the case is about"),
        max_length=12_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    presented_by = forms.CharField(label=_("Presented by"), max_length=120, required=False)


class MoveForm(forms.Form):
    """A place on the agenda, counted from 1."""

    to = forms.IntegerField(min_value=1, max_value=500)


class ProposalForm(DocumentMixin):
    """An item that a municipality proposes."""

    municipality = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Municipality.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What the case is about, and what you want decided"),
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    field_order = ("municipality", "title", "text", "document", "exemption_basis")

    def __init__(self, *args: Any, municipalities: QuerySet[Municipality], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].queryset = municipalities


class MeetingField(forms.ModelChoiceField):
    """A meeting by its day."""

    def label_from_instance(self, obj: Meeting) -> str:
        return moment(obj.starts_at)


class TakeForm(forms.Form):
    """The agenda that a proposed item goes on."""

    meeting = MeetingField(
        label=_("Meeting"), queryset=Meeting.objects.none(), empty_label=_("Choose …")
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["meeting"].queryset = meetings


class DeclineForm(forms.Form):
    """Why a proposed item is not taken up."""

    answer = forms.CharField(
        label=_("Why it is not taken up"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SupportForm(forms.Form):
    """On whose behalf an item is demanded."""

    municipality = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Municipality.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, municipalities: QuerySet[Municipality], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].queryset = municipalities
