"""The small forms around minutes: an item, a follow-up, a deadline, a remark, an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.inputs import DateField
from municipalities.access.models import User
from municipalities.meetings.agenda.models import AgendaItem, ItemKind
from municipalities.meetings.minutes.words import heading
from municipalities.meetings.minutes.writing_form import WrittenField
from municipalities.register.models import Municipality

REMARK_DAYS = 14


class TakeUpForm(forms.Form):
    """An item that the meeting itself took up."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[each for each in ItemKind.choices if each[0] != ItemKind.STANDING],
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    text = WrittenField(rows=4, label=gettext_lazy("What the case is about"), max_length=12_000)
    presented_by = forms.CharField(
        label=gettext_lazy("Presented by"), max_length=120, required=False
    )


class AgreedForm(forms.Form):
    """Something to be followed up: by one of the users, or by somebody with a name."""

    text = forms.CharField(label=gettext_lazy("What is to be done"), max_length=400)
    user = forms.ModelChoiceField(
        label=gettext_lazy("Responsible"),
        queryset=User.objects.none(),
        required=False,
        help_text=gettext_lazy("One who was called to the meeting; is reminded by e-mail."),
    )
    responsible = forms.CharField(
        label=gettext_lazy("Responsible, if nobody on the list"), max_length=120, required=False
    )
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Municipality"), queryset=Municipality.objects.none(), required=False
    )
    deadline_date = DateField(label=gettext_lazy("Deadline"))

    def __init__(self, *args: Any, item: AgendaItem, **options: Any) -> None:
        super().__init__(*args, **options)
        forum = item.meeting.forum
        people = User.objects.filter(pk__in=item.meeting.invitees.called().values("user"))
        self.fields["user"].queryset = people.order_by("name", "pk")
        taking_part = Municipality.objects.filter(
            pk__in=forum.cooperation.participants.values("municipality")
        )
        if forum.partner_id:
            taking_part = taking_part.filter(pk__in=[forum.partner_id, forum.cooperation.host_id])
        self.fields["municipality"].queryset = taking_part.order_by("number", "pk")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("user")) == bool(told.get("responsible")):
            self.add_error("user", _("Choose who is responsible, or write a name; not both."))
        return told


class HearingForm(forms.Form):
    """Until when remarks are taken."""

    until = DateField(
        label=gettext_lazy("Remarks until"),
        help_text=gettext_lazy("To the end of the day. All who were called get an e-mail."),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("until", today + timedelta(days=REMARK_DAYS))


class RemarkForm(forms.Form):
    """A remark on the whole, or on one item."""

    item = forms.ChoiceField(label=gettext_lazy("What it is about"), required=False)
    text = WrittenField(rows=6, label=gettext_lazy("Remark"), max_length=4_000)

    def __init__(self, *args: Any, items: Iterable[AgendaItem], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items: Mapping[str, AgendaItem] = {str(each.pk): each for each in items}
        self.fields["text"].required = True
        self.fields["item"].choices = [
            ("", _("The whole")),
            *((pk, heading(each)) for pk, each in self.items.items()),
        ]

    @property
    def about(self) -> AgendaItem | None:
        """The item that a clean form is about; None for the whole."""
        return self.items.get(self.cleaned_data["item"])


class AnswerForm(forms.Form):
    """The secretary's answer to a remark."""

    answer = WrittenField(
        rows=4,
        label=gettext_lazy("Answer"),
        max_length=1_000,
        help_text=gettext_lazy("All who read the minutes see it."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].required = True
