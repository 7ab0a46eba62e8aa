"""The forms of a meeting: when and where, who is called, what they answer, documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from legevakt.lib.periods import OSLO
from municipalities.access.models import User
from municipalities.documents.forms import DocumentMixin
from municipalities.meetings.agenda.models import AgendaItem
from municipalities.meetings.agenda.words import title_of
from municipalities.meetings.forums.forms import municipalities_of, users_of
from municipalities.meetings.forums.models import Duty, Forum
from municipalities.meetings.meeting.models import Answer, Meeting
from municipalities.meetings.meeting.rules import NoSuchTime, moment_of
from municipalities.meetings.meeting.words import WORDS
from municipalities.register.models import Municipality

LANGUAGES = [("nn", "Nynorsk"), ("nb", "Bokmål")]


def _clock(label) -> forms.TimeField:
    return forms.TimeField(
        label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class MeetingForm(forms.Form):
    """When and where; `starts_at` and `ends_at` are the moments of a clean form."""

    day = DateField(label=_("Day"))
    starts = _clock(_("Begins at"))
    ends = _clock(_("Ends at"))
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    video_url = forms.URLField(
        label=_("Address of the video meeting"), required=False, assume_scheme="https"
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        required=False,
        help_text=_("Only where the forum's name does not say enough."),
    )
    message = forms.CharField(
        label=_("Message in the call"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(label=_("Language of the minutes"), choices=LANGUAGES)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for name in ("starts", "ends"):
            if found.get("day") and found.get(name) is not None:
                self._take_moment(name)
        if not self.errors and found["ends_at"] <= found["starts_at"]:
            self.add_error("ends", WORDS["ends_before_start"])
        return found

    def _take_moment(self, name: str) -> None:
        try:
            moment = moment_of(day=self.cleaned_data["day"], wall=self.cleaned_data[name])
        except NoSuchTime as error:
            self.add_error(name, WORDS[error.code])
        else:
            self.cleaned_data[f"{name}_at"] = moment

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the meeting, clean."""
        names = ("starts_at", "ends_at", "place", "video_url", "title", "message", "language")
        return {name: self.cleaned_data[name] for name in names}

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """What a form on the meeting begins with."""
        starts, ends = (_local(each) for each in (meeting.starts_at, meeting.ends_at))
        names = ("place", "video_url", "title", "message", "language")
        return {"day": starts.date(), "starts": starts.time(), "ends": ends.time()} | {
            name: getattr(meeting, name) for name in names
        }


class CancelForm(forms.Form):
    """Why a meeting is not held."""

    cancel_reason = forms.CharField(label=_("Why it is cancelled"), max_length=300)


class InviteForm(forms.Form):
    """One more to call."""

    user = forms.ModelChoiceField(
        label=_("User"), queryset=User.objects.none(), required=False, empty_label=_("Choose …")
    )
    name = forms.CharField(label=_("Or name"), max_length=120, required=False)
    email = forms.EmailField(label=_("and e-mail address"), required=False)
    municipality = forms.ModelChoiceField(
        label=_("Speaks for"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("no municipality"),
    )
    duty = forms.ChoiceField(label=_("Duty"), choices=Duty.choices, initial=Duty.GUEST.value)

    def __init__(self, *args: Any, forum: Forum, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = users_of(forum)
        self.fields["municipality"].queryset = municipalities_of(forum)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        has_person = bool(found.get("name")) and bool(found.get("email"))
        is_empty = not found.get("name") and not found.get("email")
        if not self.errors and not (is_empty if found.get("user") else has_person):
            self.add_error("user", WORDS["invitee_is_a_user_or_a_name_with_an_address"])
        return found


class AddressForm(forms.Form):
    """The right address of one without a login."""

    email = forms.EmailField(label=_("E-mail address"))


class AnswerForm(forms.Form):
    """Whether one who is called comes, or who does instead."""

    answer = forms.ChoiceField(
        label=_("Do you come?"),
        choices=[each for each in Answer.choices if each[0] != Answer.NONE],
        widget=forms.RadioSelect,
    )
    deputy = forms.CharField(
        label=_("Who meets instead"),
        max_length=120,
        required=False,
        help_text=_("Name, if somebody else meets for you."),
    )


class AgendaItemField(forms.ModelChoiceField):
    """An item by its title."""

    def label_from_instance(self, obj: AgendaItem) -> str:
        return title_of(obj)


class MeetingDocumentForm(DocumentMixin):
    """A document of the meeting, or of an item."""

    item = AgendaItemField(
        label=_("Belongs to"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("the meeting as a whole"),
    )
    field_order = ("document", "item", "exemption_basis")

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["document"].required = True
        items = meeting.items.select_related("forum").order_by("position")
        self.fields["item"].queryset = items


def _local(moment: datetime) -> datetime:
    return moment.astimezone(OSLO)
