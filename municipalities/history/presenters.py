"""Changes in the words of the page and the file."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import moment
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.history.queries import Change, Event
from municipalities.history.values import NOTHING, field_name, in_words, name_of, names_of
from municipalities.history.words import HAPPENINGS, KIND_NAMES

TURN_COLUMNS = (gettext_lazy("What"), gettext_lazy("Before"), gettext_lazy("After"))
FILE_COLUMNS = (
    gettext_lazy("When"),
    gettext_lazy("Who"),
    gettext_lazy("What happened"),
    gettext_lazy("Why"),
    *TURN_COLUMNS,
)
LATEST_COLUMNS = (
    gettext_lazy("When"),
    gettext_lazy("What"),
    gettext_lazy("Happened"),
    gettext_lazy("Who"),
    gettext_lazy("Why"),
)


@dataclass(frozen=True)
class ToldChange:
    """A change as the page shows it; `turns` are rows of (what, before, after)."""

    when: str
    who: str
    happening: str
    why: str
    turns: list[tuple[str, str, str]]


@dataclass(frozen=True)
class ToldEvent:
    """One of the latest changes; `url` leads to the thing's whole history."""

    when: str
    kind: str
    name: str
    happening: str
    who: str
    why: str
    url: str


def told(changes: list[Change]) -> list[ToldChange]:
    """The changes in words, in the order given."""
    values = [(t.field, value) for c in changes for t in c.turns for value in (t.before, t.after)]
    names = names_of(values)
    return [
        ToldChange(
            when=moment(change.at),
            who=_who(change.who),
            happening=str(HAPPENINGS[change.happening]),
            why=change.why,
            turns=[
                (
                    field_name(turn.field),
                    in_words(turn.field, turn.before, names=names),
                    in_words(turn.field, turn.after, names=names),
                )
                for turn in change.turns
            ],
        )
        for change in changes
    ]


def table(changes: list[ToldChange], *, name: str) -> Table:
    """The same, one row a field, for the file."""
    nothing = [(NOTHING, NOTHING, NOTHING)]
    return Table(
        caption=_("History: %(name)s") % {"name": name},
        headings=tuple(str(column) for column in FILE_COLUMNS),
        rows=tuple(
            Row((change.when, change.who, change.happening, change.why or NOTHING, *turn))
            for change in changes
            for turn in change.turns or nothing
        ),
    )


def told_events(events: list[Event], *, cooperation: Cooperation) -> list[ToldEvent]:
    """The latest changes in words."""
    return [
        ToldEvent(
            when=moment(event.at),
            kind=str(KIND_NAMES[event.kind.slug]),
            name=name_of(event.thing),
            happening=str(HAPPENINGS[event.happening]),
            who=_who(event.who),
            why=event.why or NOTHING,
            url=reverse("history", args=[cooperation.slug, event.kind.slug, event.thing.pk]),
        )
        for event in events
    ]


def kind_choices() -> list[tuple[str, str]]:
    """Every kind by its name in the language of the page."""
    return sorted(
        ((slug, str(name)) for slug, name in KIND_NAMES.items()), key=lambda kind: kind[1]
    )


def _who(user: User | None) -> str:
    return user.name if user else _("the system")
