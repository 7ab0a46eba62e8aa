"""How a central's checklist stands, in a sentence, a bar and tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib import words
from municipalities.centrals.models import CheckResult, PublicNumber
from municipalities.centrals.requirements import Requirement
from municipalities.centrals.rows import Row
from municipalities.centrals.rules import State
from municipalities.centrals.states import ChecklistState
from municipalities.centrals.words import LAWS, TITLES

STATES: dict[State, tuple[str | Promise, str, str]] = {
    State.MET: (CheckResult.MET.label, "success", "check"),
    State.PARTLY: (CheckResult.PARTLY.label, "warning", "question"),
    State.NOT_MET: (CheckResult.NOT_MET.label, "danger", "below"),
    State.NEVER: (gettext_lazy("not yet checked"), "neutral", "question"),
}
LATE = gettext_lazy("the check is late")


@dataclass(frozen=True)
class Tag:
    """A state as components/_status_tag.html takes it."""

    label: str
    color: str
    icon: str


@dataclass(frozen=True)
class Part:
    """A stretch of the bar: `state` is its class, `start` and `width` count requirements."""

    state: State
    start: int
    width: int


@dataclass(frozen=True)
class Standing:
    """A checklist's state: the bar is as long as `total`."""

    sentence: str
    total: int
    parts: tuple[Part, ...]


def state_tag(state: State | str) -> Tag:
    label, color, icon = STATES[State(state)]
    return Tag(label=capfirst(str(label)), color=color, icon=icon)


def tags_of(row: Row) -> list[Tag]:
    """What the latest check found, and that the next one is late."""
    late = [Tag(label=capfirst(str(LATE)), color="warning", icon="below")] if row.is_late else []
    return [state_tag(row.state), *late]


def standing(state: ChecklistState) -> Standing:
    """The sentence and the bar of a checklist."""
    counts = (state.met, state.partly, state.not_met, state.never)
    parts, start = [], 0
    for each, count in zip(State, counts, strict=True):
        if count:
            parts.append(Part(state=each, start=start, width=count))
        start += count
    return Standing(sentence=sentence(state), total=state.total, parts=tuple(parts))


def sentence(state: ChecklistState) -> str:
    """«20 of 32 requirements are met; partly met: 3, not yet checked: 9.»"""
    met = ngettext(
        "%(met)s of %(total)s requirements is met",
        "%(met)s of %(total)s requirements are met",
        state.met,
    ) % {"met": state.met, "total": state.total}
    others = (
        (STATES[State.PARTLY][0], state.partly),
        (STATES[State.NOT_MET][0], state.not_met),
        (STATES[State.NEVER][0], state.never),
        (LATE, state.late),
    )
    told = ", ".join(f"{name}: {count}" for name, count in others if count)
    return f"{met}; {told}." if told else f"{met}."


def row_title(requirement: Requirement, number: PublicNumber | None) -> str:
    """What the row is about, with its number in the list and the public number."""
    title = f"{requirement.number}. {TITLES[requirement.key]}"
    return f"{title} – {line_name(number)}" if number else title


def line_name(number: PublicNumber) -> str:
    """The number in groups of digits, or its kind where none is known."""
    return words.phone_number(number.number) or str(number.get_line_class_display())


def basis(requirement: Requirement) -> str:
    """Where the requirement stands."""
    law = capfirst(str(LAWS[requirement.law]))
    return f"{law} {requirement.place}".strip()


def due_lines(rows: Iterable[Row]) -> list[str]:
    """The rows of a reminder: what, and when it is or was due."""
    return [_due_line(row) for row in rows]


def _due_line(row: Row) -> str:
    told = {
        "title": row_title(row.requirement, row.number),
        "day": words.day(row.due_date) if row.due_date else "–",
    }
    if row.is_late:
        return _("%(title)s: late, it was due %(day)s") % told
    return _("%(title)s: due %(day)s") % told
