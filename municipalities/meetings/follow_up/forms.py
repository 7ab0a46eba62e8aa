"""The forms of a follow-up, its reports, and the filter of the list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from legevakt.lib.inputs import DateField
from legevakt.lib.words import moment
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.follow_up.models import FollowUpState, MeetingFollowUp
from municipalities.meetings.follow_up.words import WORDS
from municipalities.meetings.forums.forms import municipalities_of
from municipalities.meetings.forums.models import Forum
from municipalities.meetings.meeting.models import Meeting, MeetingState
from municipalities.register.models import Municipality

ALL, LATE = "all", "late"


class FollowUpForm(forms.Form):
    """What is to be done, by whom, by which day."""

    text = forms.CharField(
        label=_("What is to be done"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    user = forms.ModelChoiceField(
        label=_("Responsible"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("somebody without a login"),
    )
    responsible = forms.CharField(
        label=_("Responsible, if not a user"), max_length=120, required=False
    )
    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("none in particular"),
    )
    deadline_date = DateField(label=_("Deadline"))

    def __init__(self, *args: Any, forum: Forum, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = users_of(forum)
        self.fields["municipality"].queryset = municipalities_of(forum)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if bool(found.get("user")) == bool(found.get("responsible")):
            self.add_error("user", WORDS["responsible_is_missing"])
        return found

    @staticmethod
    def initial_of(follow_up: MeetingFollowUp) -> dict[str, Any]:
        """What a form on the follow-up begins with."""
        names = ("text", "user", "responsible", "municipality", "deadline_date")
        return {name: getattr(follow_up, name) for name in names}


class ChangeFollowUpForm(FollowUpForm):
    """A change, and why."""

    reason = forms.CharField(label=_("Why it is changed"), max_length=200)


class MeetingField(forms.ModelChoiceField):
    """A meeting by its day."""

    def label_from_instance(self, obj: Meeting) -> str:
        return moment(obj.starts_at)


class ReportForm(forms.Form):
    """What is done."""

    text = forms.CharField(
        label=_("What is done"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    meeting = MeetingField(
        label=_("Reported back in the meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("not in a meeting"),
    )
    is_done = forms.BooleanField(label=_("It is done"), required=False)

    def __init__(self, *args: Any, follow_up: MeetingFollowUp, **options: Any) -> None:
        super().__init__(*args, **options)
        meetings = follow_up.forum.meetings.exclude(state=MeetingState.CANCELLED)
        self.fields["meeting"].queryset = meetings.order_by("-starts_at")


class GiveUpForm(forms.Form):
    """Why it is not to be done after all."""

    reason = forms.CharField(label=_("Why it is given up"), max_length=200)


class FilterForm(forms.Form):
    """Which follow-ups the list shows."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("open")),
            (LATE, _("late")),
            (FollowUpState.DONE.value, _("done")),
            (FollowUpState.DROPPED.value, _("given up")),
            (ALL, _("all")),
        ],
    )
    forum = forms.ModelChoiceField(
        label=_("Forum"), queryset=Forum.objects.none(), required=False, empty_label=_("every one")
    )
    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("every one"),
    )
    user = forms.ModelChoiceField(
        label=_("Responsible"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("every one"),
    )

    def __init__(
        self, *args: Any, cooperation: Cooperation, rows: QuerySet, seen: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        forums = Forum.objects.visible_to(seen).filter(cooperation=cooperation)
        self.fields["forum"].queryset = forums.order_by("name")
        municipalities = Municipality.objects.filter(pk__in=rows.values("municipality"))
        self.fields["municipality"].queryset = municipalities.order_by("number")
        self.fields["user"].queryset = User.objects.filter(pk__in=rows.values("user")).order_by(
            "name"
        )

    def chosen(self, rows: QuerySet, *, today: date) -> QuerySet:
        """The rows that the filter leaves."""
        for name in ("forum", "municipality", "user"):
            if self.cleaned_data[name]:
                rows = rows.filter(**{name: self.cleaned_data[name]})
        state = self.cleaned_data["state"] or FollowUpState.OPEN.value
        if state == LATE:
            return rows.filter(state=FollowUpState.OPEN, deadline_date__lt=today)
        return rows if state == ALL else rows.filter(state=state)


def users_of(forum: Forum) -> QuerySet[User]:
    """Who can be made responsible: the cooperation's people; of a bilateral forum the two's."""
    users = User.objects.filter(memberships__cooperation=forum.cooperation, is_active=True)
    if forum.partner_id:
        own = (forum.cooperation.host_id, forum.partner_id)
        users = users.filter(
            memberships__cooperation=forum.cooperation, memberships__municipality__in=own
        )
    return users.distinct().order_by("name", "pk")
