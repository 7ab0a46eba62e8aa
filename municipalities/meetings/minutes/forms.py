"""The forms of minutes: the whole meeting on one page, and the small ones around it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.inputs import DateField
from municipalities.access.models import User
from municipalities.meetings.agenda.models import AgendaItem, ItemKind, Outcome
from municipalities.meetings.meeting.models import Answer, Invitee
from municipalities.meetings.minutes.rules import plain
from municipalities.meetings.minutes.words import heading
from municipalities.meetings.minutes.writing import Presence, Said, Written, WrittenMeanwhile
from municipalities.refused import Refused
from municipalities.register.models import Municipality

REMARK_DAYS = 14


class WrittenField(forms.CharField):
    """Running text; its clean value has one kind of line break."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=False, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "")


class WritingForm(forms.Form):
    """Who was there, the introduction, and every item; `marks` say what the page began from."""

    marks = forms.JSONField(widget=forms.HiddenInput)
    introduction = WrittenField(rows=3, label=gettext_lazy("Introduction"), max_length=4_000)

    def __init__(
        self,
        *args: Any,
        people: Iterable[Invitee],
        items: Iterable[AgendaItem],
        stored: Written,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.people, self.items, self.stored = list(people), list(items), stored
        self.theirs: dict[str, list[tuple[str, str]]] = {}
        self.initial |= {"marks": stored.marks, "introduction": stored.introduction}
        for person in self.people:
            self._add_person(person)
        for item in self.items:
            self._add_item(item)

    @property
    def said(self) -> Written:
        """What a clean form says."""
        told = self.cleaned_data
        return Written(
            introduction=told["introduction"],
            people={
                each.pk: Presence(
                    is_present=told[f"present-{each.pk}"], deputy=told[f"deputy-{each.pk}"]
                )
                for each in self.people
            },
            items={each.pk: self._said_of(each) for each in self.items},
        )

    def person_rows(self) -> Iterator[dict[str, Any]]:
        """Each person with the two fields, and what somebody else has stored meanwhile."""
        for each in self.people:
            yield {
                "person": each,
                "present": self[f"present-{each.pk}"],
                "deputy": self[f"deputy-{each.pk}"],
                "theirs": self.theirs.get(f"person-{each.pk}"),
            }

    def item_blocks(self) -> Iterator[dict[str, Any]]:
        """Each item with its fields, and what somebody else has stored meanwhile."""
        for each in self.items:
            yield {
                "item": each,
                "heading": heading(each),
                "kind": each.get_kind_display(),
                "fields": self._fields_of(each),
                "follow_ups": each.follow_ups.all(),
                "theirs": self.theirs.get(f"item-{each.pk}"),
            }

    def show_theirs(self, error: WrittenMeanwhile, *, words: str) -> None:
        """Show both where two have written; saving again stores what stands here then."""
        now = self.stored.marks
        data = self.data.copy()
        data["marks"] = json.dumps(
            self.cleaned_data["marks"] | {part: now[part] for part in error.parts if part in now}
        )
        self.theirs = {part: self._stored_words(part) for part in error.parts}
        for part in sorted(error.parts):
            self.add_error(self._first_field(part), words)
        self.data = data

    def _add_person(self, person: Invitee) -> None:
        known = self.stored.people[person.pk]
        was_there, deputy = f"present-{person.pk}", f"deputy-{person.pk}"
        self.fields[was_there] = forms.BooleanField(
            required=False, label=_("%(name)s was present") % {"name": person}
        )
        self.fields[deputy] = forms.CharField(
            required=False,
            max_length=120,
            label=_("Who met instead of %(name)s") % {"name": person},
        )
        came = person.answer == Answer.COMING if known.is_present is None else known.is_present
        self.initial |= {was_there: came, deputy: known.deputy}

    def _add_item(self, item: AgendaItem) -> None:
        known = self.stored.items[item.pk]
        made = {
            "discussion": WrittenField(rows=4, max_length=12_000, label=_("What was said")),
            "decision": WrittenField(rows=2, max_length=4_000, label=_("Decision")),
            "vote": forms.CharField(required=False, max_length=200, label=_("Vote")),
            "outcome": forms.ChoiceField(choices=Outcome.choices, label=_("Outcome")),
        }
        for name, field in made.items():
            self.fields[f"{name}-{item.pk}"] = field
            self.initial[f"{name}-{item.pk}"] = getattr(known, name)
        if item.proposal and not known.decision:
            self.fields[f"proposed-{item.pk}"] = forms.BooleanField(
                required=False, label=_("Decided as proposed")
            )

    def _fields_of(self, item: AgendaItem) -> list[BoundField]:
        names = ("discussion", "proposed", "decision", "vote", "outcome")
        found = [f"{name}-{item.pk}" for name in names]
        return [self[name] for name in found if name in self.fields]

    def _said_of(self, item: AgendaItem) -> Said:
        told = self.cleaned_data
        decision = told[f"decision-{item.pk}"]
        if told.get(f"proposed-{item.pk}") and not decision:
            decision = plain(item.proposal)
        return Said(
            discussion=told[f"discussion-{item.pk}"],
            decision=decision,
            vote=told[f"vote-{item.pk}"],
            outcome=told[f"outcome-{item.pk}"],
        )

    def _first_field(self, part: str) -> str:
        kind, _dash, pk = part.partition("-")
        return {"person": f"present-{pk}", "item": f"discussion-{pk}"}.get(kind, part)

    def _stored_words(self, part: str) -> list[tuple[str, str]]:
        """Label and words of what is stored of the part."""
        kind, _dash, pk = part.partition("-")
        if kind == "introduction":
            return [(_("Introduction"), self.stored.introduction)]
        if kind == "person":
            known = self.stored.people[int(pk)]
            there = _("present") if known.is_present else _("absent")
            return [(_("Presence"), there), (_("Who met instead"), known.deputy)]
        said = self.stored.items[int(pk)]
        return [
            (_("What was said"), said.discussion),
            (_("Decision"), said.decision),
            (_("Vote"), said.vote),
            (_("Outcome"), str(Outcome(said.outcome).label)),
        ]


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
        people = User.objects.filter(pk__in=item.meeting.invitees.values("user"))
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


def field_of(refused: Refused, form: forms.Form) -> str | None:
    """The form's field that a refusal is about, if it has it."""
    return refused.field if refused.field in form.fields else None
