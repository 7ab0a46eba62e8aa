"""The operators in lists, and one of them with what is obtained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib import words
from municipalities.competence.models import Operator, Qualification
from municipalities.competence.presenters import STATES, day_or, experience, of_whole
from municipalities.competence.rules import State
from municipalities.competence.standings import Held, Standing
from municipalities.competence.to_do_presenters import DueRow, due_row

COLUMNS = (
    gettext_lazy("Label"),
    gettext_lazy("Requirements fulfilled"),
    gettext_lazy("Next follow-up"),
    gettext_lazy("Experience"),
    gettext_lazy("Amount of shifts"),
    gettext_lazy("Mentor"),
)
OTHER_COLUMNS = (
    gettext_lazy("Label"),
    gettext_lazy("Started"),
    gettext_lazy("No longer at work from"),
)
HELD_COLUMNS = (gettext_lazy("Requirement"), gettext_lazy("State"), gettext_lazy("Expires"))
OBTAINED_COLUMNS = (
    gettext_lazy("Requirement"),
    gettext_lazy("Obtained"),
    gettext_lazy("Expires"),
    gettext_lazy("Change"),
)


@dataclass(frozen=True, kw_only=True)
class OperatorRow:
    """An operator at work in the list."""

    pk: int
    label: str
    experience: str
    shifts: str
    mentor: str
    needs_mentor: bool
    fulfilled: str
    lacks_something: bool
    due: DueRow


@dataclass(frozen=True)
class OtherRow:
    """An operator who has ended, or is to start."""

    pk: int
    label: str
    started: str
    ended: str


@dataclass(frozen=True)
class HeldRow:
    """How the operator stands to a requirement."""

    requirement_id: int
    name: str
    state: str
    color: str
    expires: str


@dataclass(frozen=True)
class ObtainedRow:
    """Something obtained, to be changed or removed."""

    pk: int
    requirement: str
    obtained: str
    expires: str


def operator_rows(found: Iterable[Standing]) -> list[OperatorRow]:
    """The operators at work in the order they are given."""
    return [
        OperatorRow(
            pk=each.operator.pk,
            label=each.operator.label,
            experience=experience(each.operator, has_experience=each.has_experience),
            shifts=each.operator.get_volume_display(),
            mentor=_mentor(each.operator),
            needs_mentor=each.needs_mentor,
            fulfilled=of_whole(each.fulfilled, len(each.held)),
            lacks_something=each.fulfilled < len(each.held),
            due=due_row(each),
        )
        for each in found
    ]


def other_rows(operators: Iterable[Operator]) -> list[OtherRow]:
    return [
        OtherRow(
            pk=each.pk,
            label=each.label,
            started=words.day(each.started_date),
            ended=day_or(each.ended_date),
        )
        for each in operators
    ]


def facts(operator: Operator, *, standing: Standing | None) -> list[tuple[str, str]]:
    """What is known of the operator; of who is not at work today, only the days and shifts."""
    told = [
        (_("Started"), words.day(operator.started_date)),
        (_("Amount of shifts"), operator.get_volume_display()),
    ]
    if operator.ended_date:
        told.append((_("No longer at work from"), words.day(operator.ended_date)))
    if standing:
        mentor = _("lacks a mentor") if standing.needs_mentor else _mentor(operator)
        told += [
            (_("Experience"), experience(operator, has_experience=standing.has_experience)),
            (_("Mentor"), mentor),
            (_("Next follow-up"), words.day(standing.due_date)),
        ]
    return told


def held_rows(standing: Standing, *, names: Mapping[int, str]) -> list[HeldRow]:
    """The requirements in force, in their order; `names` are theirs by number."""
    return [
        HeldRow(
            requirement_id=each.requirement_id,
            name=names[each.requirement_id],
            state=str(STATES[each.state][0]),
            color=STATES[each.state][1],
            expires=_expires(each),
        )
        for each in standing.held
    ]


def obtained_rows(qualifications: Iterable[Qualification]) -> list[ObtainedRow]:
    return [
        ObtainedRow(
            pk=each.pk,
            requirement=each.requirement.name,
            obtained=words.day(each.obtained_date),
            expires=day_or(each.expires_date, otherwise=_("never")),
        )
        for each in qualifications
    ]


def _mentor(operator: Operator) -> str:
    return operator.mentor.label if operator.mentor else "–"


def _expires(held: Held) -> str:
    """The day; a dash where it is missing."""
    return "–" if held.state is State.MISSING else day_or(held.expires, otherwise=_("never"))
