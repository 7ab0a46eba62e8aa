"""Own events of the year, what is done of it, and a person's calendar address."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.year_wheel.models import CalendarFeed, YearEvent, YearMark

NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def add_event(*, cooperation: Cooperation, by: User | None, **facts: Any) -> YearEvent:
    """An event of the cooperation's own; `facts` are fields of YearEvent."""
    return YearEvent.objects.create(cooperation=cooperation, created_by=by, **facts)


@transaction.atomic
def change_event(*, event: YearEvent, **facts: Any) -> YearEvent:
    """Change the facts that are given."""
    for name, value in facts.items():
        setattr(event, name, value)
    event.save(update_fields=list(facts))
    return event


@transaction.atomic
def mark_done(
    *,
    cooperation: Cooperation,
    code: str,
    due_date: date,
    done_date: date,
    note: str = "",
    by: User | None,
    at: datetime,
) -> YearMark:
    """That an anchor or own event of a day is done; again tells it anew."""
    mark, _ = YearMark.objects.update_or_create(
        cooperation=cooperation,
        code=code,
        due_date=due_date,
        defaults={"done_date": done_date, "note": note, "marked_at": at, "marked_by": by},
    )
    return mark


@transaction.atomic
def unmark(*, mark: YearMark) -> None:
    """It is not done after all; the history keeps that it was marked."""
    mark.delete()


@transaction.atomic
def new_address(*, user: User, at: datetime) -> str:
    """A private calendar address in the place of the one before; its token is told once."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=user,
        defaults={"digest": digest_of(token), "made_at": at, "read_at": None},
    )
    return token


@transaction.atomic
def take_address_away(*, user: User) -> None:
    """The address stops working."""
    CalendarFeed.objects.filter(user=user).delete()


def digest_of(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode()).hexdigest()


def note_read(*, feed: CalendarFeed, at: datetime) -> None:
    """That the address is in use; at most once an hour."""
    if feed.read_at is None or at - feed.read_at >= NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=at)
