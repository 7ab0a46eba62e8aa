"""What has happened to one thing, and what happened last to everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import CharField, Field, Model, Q, QuerySet, Value

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.history.kinds import KINDS, Kind
from municipalities.history.values import told_fields

LATEST = 100


@dataclass(frozen=True)
class Turn:
    """A field that went from one stored value to another."""

    field: Field
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """What happened at a moment: `happening` is insert, update or delete.

    `who` is None where no person is known, `why` is empty where nobody said.
    """

    at: datetime
    happening: str
    who: User | None
    why: str
    turns: list[Turn]


@dataclass(frozen=True)
class Event:
    """One of the latest changes, and the thing that it was made to."""

    kind: Kind
    thing: Model
    at: datetime
    happening: str
    who: User | None
    why: str


def changes_of(thing: Model, *, kind: Kind, with_drafts: bool = False) -> list[Change]:
    """Every change of the thing, the latest first. Two queries.

    A row that was saved without any change is none. Without drafts the first is the text as it
    was sent.
    """
    told = kind.events._default_manager.filter(pgh_obj=thing.pk)
    if kind.drafted is not None and not with_drafts:
        last = told.filter(kind.drafted).order_by("-pgh_id").values("pgh_id")[:1]
        told = told.filter(~kind.drafted | Q(pgh_id__in=last))
    rows: list[Any] = list(told.select_related("pgh_context").order_by("pgh_id"))
    people = _people(_metadata(row) for row in rows)
    fields = told_fields(kind.model)
    changes = [
        _change(after, turns=_turns(fields, before=before, after=after), people=people)
        for before, after in pairwise([None, *rows])
    ]
    return [each for each in changes[::-1] if each.turns or each.happening != "update"]


def latest(
    *,
    cooperation: Cooperation,
    user: User,
    kinds: Iterable[Kind] | None = None,
    with_drafts: bool = False,
) -> list[Event]:
    """The last LATEST changes of what the user may see, newest first.

    Without drafts nothing is told of what was done in them. One query for the changes, one for
    people, and one for each kind among them.
    """
    first, *others = [
        _last_rows(kind, cooperation=cooperation, user=user, with_drafts=with_drafts)
        for kind in (KINDS.values() if kinds is None else kinds)
    ]
    if others:
        first = first.union(*others, all=True).order_by("-pgh_created_at", "-pgh_id")
    rows = list(first[:LATEST])
    things = _things(rows)
    people = _people(row["pgh_context__metadata"] or {} for row in rows)
    return [
        Event(
            kind=KINDS[row["pgh_kind"]],
            thing=things[row["pgh_kind"], row["pgh_obj_id"]],
            at=row["pgh_created_at"],
            happening=row["pgh_label"],
            **_told(row["pgh_context__metadata"] or {}, people),
        )
        for row in rows
        if (row["pgh_kind"], row["pgh_obj_id"]) in things
    ]


def _last_rows(kind: Kind, *, cooperation: Cooperation, user: User, with_drafts: bool) -> QuerySet:
    seen = kind.seen(cooperation=cooperation, user=user).order_by().values("pk")
    events = kind.events._default_manager.filter(pgh_obj__in=seen)
    if kind.drafted is not None and not with_drafts:
        events = events.exclude(kind.drafted)
    return (
        events.annotate(pgh_kind=Value(kind.slug, output_field=CharField()))
        .order_by("-pgh_id")
        .values(
            "pgh_kind",
            "pgh_id",
            "pgh_obj_id",
            "pgh_label",
            "pgh_created_at",
            "pgh_context__metadata",
        )[:LATEST]
    )


def _things(rows: list[dict]) -> dict[tuple[str, Any], Model]:
    found: dict[tuple[str, Any], Model] = {}
    for slug in {row["pgh_kind"] for row in rows}:
        kind = KINDS[slug]
        pks = {row["pgh_obj_id"] for row in rows if row["pgh_kind"] == slug}
        named = kind.model._default_manager.select_related(*kind.named_by)
        found |= {(slug, thing.pk): thing for thing in named.filter(pk__in=pks)}
    return found


def _change(row: Any, *, turns: list[Turn], people: Mapping[int, User]) -> Change:
    return Change(
        at=row.pgh_created_at,
        happening=row.pgh_label,
        turns=turns,
        **_told(_metadata(row), people),
    )


def _metadata(row: Any) -> dict:
    return row.pgh_context.metadata if row.pgh_context else {}


def _told(metadata: dict, people: Mapping[int, User]) -> dict[str, Any]:
    return {"who": people.get(metadata.get("user", 0)), "why": metadata.get("reason", "")}


def _people(metadata: Iterable[dict]) -> dict[int, User]:
    return User.objects.in_bulk({told["user"] for told in metadata if told.get("user")})


def _turns(fields: list[Field], *, before: Any, after: Any) -> list[Turn]:
    """The fields that differ; of a first row those that say something."""
    turns = []
    for field in fields:
        is_first = before is None
        was = None if is_first else getattr(before, field.attname)
        now = getattr(after, field.attname)
        if now != was and not (is_first and now in ("", [], False)):
            turns.append(Turn(field=field, before=was, after=now))
    return turns
