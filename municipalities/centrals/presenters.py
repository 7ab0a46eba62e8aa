"""How a central's checklist stands, in a sentence, a bar and tags."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext

from municipalities.centrals.rows import Row
from municipalities.centrals.rules import State
from municipalities.centrals.states import ChecklistState
from municipalities.centrals.words import STATES

LOOKS: dict[State, tuple[str, str]] = {
    State.MET: ("success", "check"),
    State.PARTLY: ("warning", "question"),
    State.NOT_MET: ("danger", "below"),
    State.NEVER: ("neutral", "question"),
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
    color, icon = LOOKS[State(state)]
    return Tag(label=capfirst(str(STATES[State(state)])), color=color, icon=icon)


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
    """«20 of 32 requirements are fulfilled; partly fulfilled: 3, not yet checked: 9.»"""
    met = ngettext(
        "%(met)s of %(total)s requirements is fulfilled",
        "%(met)s of %(total)s requirements are fulfilled",
        state.met,
    ) % {"met": state.met, "total": state.total}
    others = (
        (STATES[State.PARTLY], state.partly),
        (STATES[State.NOT_MET], state.not_met),
        (STATES[State.NEVER], state.never),
        (LATE, state.late),
    )
    told = ", ".join(f"{name}: {count}" for name, count in others if count)
    return f"{met}; {told}." if told else f"{met}."
