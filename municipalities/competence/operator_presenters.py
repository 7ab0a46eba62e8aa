"""The operators in lists, and one of them with what is obtained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib import words
from municipalities.competence.models import Operator, Qualification
from municipalities.competence.presenters import STATES, day_or, experience, of_whole
from municipalities.competence.standings import Standing
from municipalities.competence.to_do_presenters import DueRow, due_row

COLUMNS = (
    gettext_lazy("Label"),
    gettext_lazy("Requirements fulfilled"),
    gettext_lazy("Next follow-up"),
    gettext_lazy("Experience"),
    gettext_lazy("Amount of shifts"),
    gettext_lazy("Mentor"),
    gettext_lazy("Started"),
)
OTHER_COLUMNS = (gettext_lazy("Label"), gettext_lazy("Started"), gettext_lazy("Ended"))
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
    started: str
    experience: str
    shifts: str
    mentor: str
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
            started=words.day(each.operator.started_date),
            experience=experience(each.operator, has_experience=each.has_experience),
            shifts=each.operator.get_volume_display(),
            mentor=_mentor(each),
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
    """What is known of the operator; the next follow-up only of who is at work."""
    has_experience = standing is not None and standing.has_experience
    told = [
        (_("Started"), words.day(operator.started_date)),
        (_("Ended"), day_or(operator.ended_date)),
        (_("Experience"), experience(operator, has_experience=has_experience)),
        (_("Amount of shifts"), operator.get_volume_display()),
        (_("Mentor"), operator.mentor.label if operator.mentor else "–"),
    ]
    if standing:
        told.append((_("Next follow-up"), words.day(standing.due_date)))
    return told


def held_rows(standing: Standing, *, names: Mapping[int, str]) -> list[HeldRow]:
    """The requirements in force, in their order; `names` are theirs by number."""
    return [
        HeldRow(
            requirement_id=each.requirement_id,
            name=names[each.requirement_id],
            state=str(STATES[each.state][0]),
            color=STATES[each.state][1],
            expires=day_or(each.expires, otherwise=""),
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


def _mentor(standing: Standing) -> str:
    if standing.needs_mentor:
        return _("lacks a mentor")
    mentor = standing.operator.mentor
    return mentor.label if mentor else "–"
