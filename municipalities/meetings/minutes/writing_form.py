"""The whole meeting on one page: who was there, what was said and decided on each item."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.meetings.agenda.models import AgendaItem, Outcome
from municipalities.meetings.meeting.models import Answer, Invitee
from municipalities.meetings.minutes.rules import plain
from municipalities.meetings.minutes.words import heading
from municipalities.meetings.minutes.writing import Presence, Said, Written, WrittenMeanwhile


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
        self.stored = stored
        parts = self._parts()
        self.people = [each for each in people if f"person-{each.pk}" in parts]
        self.items = [each for each in items if f"item-{each.pk}" in parts]
        self.theirs: dict[str, list[tuple[str, str]]] = {}
        self.initial.update(marks=stored.marks, introduction=stored.introduction)
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

    def clean_marks(self) -> dict[str, str]:
        """Raises ValidationError for what no page of ours sends."""
        if not isinstance(self.cleaned_data["marks"], dict):
            raise forms.ValidationError(_("Open the page again, and write it there."))
        return self.cleaned_data["marks"]

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
        data = {name: self.data[name] for name in self.data}
        data["marks"] = json.dumps(
            self.cleaned_data["marks"] | {part: now[part] for part in error.parts if part in now}
        )
        self.theirs = {part: self._stored_words(part) for part in error.parts}
        for part in sorted(error.parts):
            self.add_error(self._first_field(part), words)
        self.data = data

    def _parts(self) -> set[str]:
        """What the page began with; what has come since stands on the next one."""
        if not self.is_bound:
            return set(self.stored.marks)
        try:
            found = json.loads(self.data.get("marks", ""))
        except ValueError:
            return set()
        return set(found) if isinstance(found, dict) else set()

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
        self.initial.update({was_there: came, deputy: known.deputy})

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
            return [(_("Introduction"), self.stored.introduction or "–")]
        if kind == "person":
            known = self.stored.people[int(pk)]
            there = _("present") if known.is_present else _("absent")
            return [(_("Presence"), there), (_("Who met instead"), known.deputy or "–")]
        said = self.stored.items[int(pk)]
        return [
            (_("What was said"), said.discussion or "–"),
            (_("Decision"), said.decision or "–"),
            (_("Vote"), said.vote or "–"),
            (_("Outcome"), str(Outcome(said.outcome).label)),
        ]
