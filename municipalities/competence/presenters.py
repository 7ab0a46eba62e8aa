"""Competence as the pages and the files show it: counts, days and states in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib import words
from legevakt.lib.tables import Row, Table
from municipalities.competence.models import CompetenceRequirement, Operator
from municipalities.competence.queries import CentralCompetence, RequirementCount
from municipalities.competence.rules import State
from municipalities.competence.standings import Standing

STATES = {
    State.FULFILLED: (gettext_lazy("fulfilled"), "success"),
    State.EXPIRING: (gettext_lazy("expires soon"), "warning"),
    State.EXPIRED: (gettext_lazy("expired"), "danger"),
    State.MISSING: (gettext_lazy("missing"), "danger"),
}

COUNT_COLUMNS = (
    gettext_lazy("Requirement"),
    gettext_lazy("Legal basis"),
    gettext_lazy("State"),
    gettext_lazy("Operators at work"),
    gettext_lazy("Fulfil it"),
    gettext_lazy("Of them, it expires within 90 days"),
    gettext_lazy("Lack it, or it has expired"),
)
REQUIREMENT_COLUMNS = (
    gettext_lazy("Requirement"),
    gettext_lazy("Kind"),
    gettext_lazy("Legal basis"),
    gettext_lazy("Valid for"),
    gettext_lazy("State"),
    gettext_lazy("Change"),
)


@dataclass(frozen=True)
class CountRow:
    """A requirement of the overview: its cells, as the file has them, and its colour.

    `labelled` is the cells as the page shows them, each with its heading.
    """

    cells: tuple[str | int, ...]
    color: str
    labelled: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DueRow:
    """A follow-up in the list."""

    pk: int
    label: str
    due: str
    state: str
    color: str


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


def count_rows(counts: Iterable[RequirementCount]) -> list[CountRow]:
    """A row a requirement, in the order they are given."""
    return [_count_row(each) for each in counts]


def count_table(rows: Iterable[CountRow]) -> Table:
    """What the page shows of the requirements, to download."""
    return Table(
        caption=_("Requirements, and how many operators fulfil them"),
        headings=tuple(str(heading) for heading in COUNT_COLUMNS),
        rows=tuple(Row(each.cells) for each in rows),
    )


def figures(found: CentralCompetence) -> list[dict[str, str]]:
    """The key numbers of the page, as components/_figure_card.html takes them."""
    required = sum(each.operators for each in found.requirements)
    fulfilled = sum(each.fulfilled for each in found.requirements)
    expiring = sum(each.expiring for each in found.requirements)
    late = sum(each.is_late for each in found.operators)
    unpaired = len(found.unpaired)
    return [
        {
            "label": _("Requirements fulfilled"),
            "value": of_whole(fulfilled, required) if required else "",
            "detail": _("Each requirement for each operator at work"),
            "state": ("met" if fulfilled == required else "below") if required else "unknown",
            "state_text": (_("All fulfilled") if fulfilled == required else _("Something lacks"))
            if required
            else _("Nothing is registered"),
        },
        {
            "label": _("Expire within 90 days"),
            "value": words.number(expiring),
            "detail": _("Fulfilled still, to be renewed"),
        },
        _counted(
            late, label=_("Late follow-ups"), detail=_("By the host's own intervals"), found=found
        ),
        _counted(
            unpaired,
            label=_("Inexperienced without a mentor"),
            detail=_("Each is paired with an experienced operator"),
            found=found,
        ),
    ]


def due_rows(found: Iterable[Standing]) -> list[DueRow]:
    """The follow-ups in the order they are given."""
    return [_due_row(each) for each in found]


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
            due=_due_row(each),
        )
        for each in found
    ]


def experience(operator: Operator, *, has_experience: bool) -> str:
    """Experienced or not, and from when."""
    if operator.experienced_date is None:
        return _("inexperienced")
    text = _("experienced from %(day)s") if has_experience else _("inexperienced until %(day)s")
    return text % {"day": words.day(operator.experienced_date)}


def validity(requirement: CompetenceRequirement) -> str:
    """How long it is valid."""
    if requirement.valid_months is None:
        return _("for life")
    months = requirement.valid_months
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def day_or(value: date | None, *, otherwise: str = "–") -> str:
    return words.day(value) if value else otherwise


def of_whole(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": words.number(part), "whole": words.number(whole)}


def _count_row(count: RequirementCount) -> CountRow:
    state, color = _overall(count)
    requirement = count.requirement
    cells = (
        requirement.name,
        requirement.legal_basis or "–",
        state,
        count.operators,
        count.fulfilled,
        count.expiring,
        count.lacking,
    )
    labelled = zip(map(str, COUNT_COLUMNS), Row(cells).shown, strict=True)
    return CountRow(cells=cells, color=color, labelled=tuple(labelled))


def _overall(count: RequirementCount) -> tuple[str, str]:
    if not count.operators:
        return _("no operators"), "neutral"
    if count.lacking:
        return _("not fulfilled by all"), "danger"
    if count.expiring:
        return _("expires soon"), "warning"
    return _("fulfilled by all"), "success"


def _due_row(standing: Standing) -> DueRow:
    state, color = _("later"), "neutral"
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


def _mentor(standing: Standing) -> str:
    if standing.needs_mentor:
        return _("lacks a mentor")
    mentor = standing.operator.mentor
    return mentor.label if mentor else "–"


def _counted(count: int, *, label: str, detail: str, found: CentralCompetence) -> dict[str, str]:
    if not found.operators:
        state, text = "unknown", _("No operators")
    else:
        state, text = ("below", _("To be done")) if count else ("met", _("None"))
    return {
        "label": label,
        "value": words.number(count),
        "detail": detail,
        "state": state,
        "state_text": text,
    }
