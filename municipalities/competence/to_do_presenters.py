"""What is to be done about which operators, for who keeps them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from legevakt.lib import words
from municipalities.competence.models import Operator
from municipalities.competence.queries import CentralCompetence
from municipalities.competence.rules import State
from municipalities.competence.standings import Held, Standing


@dataclass(frozen=True)
class LackingRow:
    """An operator, and each thing that is missing or has expired."""

    operator: Operator
    lacks: list[str]


@dataclass(frozen=True)
class ExpiryRow:
    """What expires on a day, and for whom."""

    day: str
    requirement: str
    operators: list[Operator]


@dataclass(frozen=True)
class DueRow:
    """A follow-up in the list; `state` is empty where it is neither late nor soon."""

    pk: int
    label: str
    due: str
    state: str
    color: str


@dataclass(frozen=True)
class ToDo:
    """Everything that is to be done, the most pressing first in each list."""

    lacking: list[LackingRow]
    expiring: list[ExpiryRow]
    unpaired: list[Operator]
    due: list[DueRow]

    def __bool__(self) -> bool:
        return bool(self.lacking or self.expiring or self.unpaired or self.due)


def to_do(found: CentralCompetence) -> ToDo:
    """Reads nothing more."""
    names = {each.requirement.pk: each.requirement.name for each in found.requirements}
    return ToDo(
        lacking=[_lacking_row(each, names=names) for each in found.lacking],
        expiring=_expiry_rows(found.operators, names=names),
        unpaired=[each.operator for each in found.unpaired],
        due=[due_row(each) for each in found.due],
    )


def due_row(standing: Standing) -> DueRow:
    """When the next follow-up is due, and whether that is late."""
    state, color = "", ""
    if standing.is_late:
        state, color = _("late"), "danger"
    elif standing.is_soon:
        state, color = _("due soon"), "warning"
    operator = standing.operator
    return DueRow(
        pk=operator.pk,
        label=operator.label,
        due=words.day(standing.due_date),
        state=state,
        color=color,
    )


def _lacking_row(standing: Standing, *, names: Mapping[int, str]) -> LackingRow:
    return LackingRow(standing.operator, [_lacks(each, names=names) for each in standing.lacking])


def _lacks(held: Held, *, names: Mapping[int, str]) -> str:
    name = names[held.requirement_id]
    if held.expires is None:
        return name
    return _("%(name)s (expired %(day)s)") % {"name": name, "day": words.day(held.expires)}


def _expiry_rows(found: Iterable[Standing], *, names: Mapping[int, str]) -> list[ExpiryRow]:
    """One row for those who took a course together, the earliest first."""
    together: dict[tuple[date, int], list[Operator]] = defaultdict(list)
    for each in found:
        for held in each.held:
            if held.state is State.EXPIRING and held.expires:
                together[held.expires, held.requirement_id].append(each.operator)
    return [
        ExpiryRow(words.day(day), names[requirement_id], operators)
        for (day, requirement_id), operators in sorted(together.items(), key=lambda row: row[0])
    ]
