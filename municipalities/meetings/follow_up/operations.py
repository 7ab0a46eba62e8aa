"""Agreeing on what is to be done, reporting on it, closing it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pghistory
from django.db import transaction

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.meetings.agenda.models import AgendaItem
from municipalities.meetings.follow_up.models import (
    FollowUpReport,
    FollowUpState,
    MeetingFollowUp,
)
from municipalities.meetings.forums.models import Forum
from municipalities.meetings.meeting.models import Meeting
from municipalities.refused import Refused
from municipalities.register.models import Municipality


@transaction.atomic
def agree(
    *,
    item: AgendaItem | None = None,
    forum: Forum,
    text: str,
    user: User | None = None,
    responsible: str = "",
    municipality: Municipality | None = None,
    deadline_date: date,
    by: User | None,
    at: datetime,
) -> MeetingFollowUp:
    """What is to be done, by whom, by which day. Raises Refused without one who is responsible."""
    _require_responsible(user, responsible)
    return MeetingFollowUp.objects.create(
        forum=forum,
        item=item,
        text=text,
        user=user,
        responsible=responsible,
        municipality=municipality,
        deadline_date=deadline_date,
        created_at=at,
        created_by=by,
    )


@transaction.atomic
def change(*, follow_up: MeetingFollowUp, reason: str = "", **facts: Any) -> MeetingFollowUp:
    """Change what is agreed while it is open; a new deadline is reminded of anew.

    Raises Refused.
    """
    found = _open(follow_up)
    for name, value in facts.items():
        setattr(found, name, value)
    _require_responsible(found.user, found.responsible)
    with pghistory.context(reason=reason):
        found.save(update_fields=list(facts))
    return found


@transaction.atomic
def report(
    *,
    follow_up: MeetingFollowUp,
    text: str,
    meeting: Meeting | None = None,
    is_done: bool,
    by: User | None,
    at: datetime,
) -> FollowUpReport:
    """What is done, perhaps back to a meeting; `is_done` closes it. Raises Refused."""
    found = _open(follow_up)
    made = FollowUpReport.objects.create(
        follow_up=found, meeting=meeting, text=text, reported_at=at, reported_by=by
    )
    if is_done:
        _close(found, state=FollowUpState.DONE, on=local_day(at))
    return made


@transaction.atomic
def give_up(*, follow_up: MeetingFollowUp, reason: str, at: datetime) -> MeetingFollowUp:
    """It is not to be done after all; the reason stays in the history. Raises Refused."""
    with pghistory.context(reason=reason):
        return _close(_open(follow_up), state=FollowUpState.DROPPED, on=local_day(at))


@transaction.atomic
def reopen(*, follow_up: MeetingFollowUp) -> MeetingFollowUp:
    """It is to be done after all; again changes nothing."""
    found = _locked(follow_up)
    found.state, found.closed_date = FollowUpState.OPEN, None
    found.save(update_fields=["state", "closed_date"])
    return found


def _close(follow_up: MeetingFollowUp, *, state: str, on: date) -> MeetingFollowUp:
    follow_up.state, follow_up.closed_date = state, on
    follow_up.save(update_fields=["state", "closed_date"])
    return follow_up


def _open(follow_up: MeetingFollowUp) -> MeetingFollowUp:
    found = _locked(follow_up)
    if found.state != FollowUpState.OPEN:
        raise Refused("follow_up_is_closed")
    return found


def _locked(follow_up: MeetingFollowUp) -> MeetingFollowUp:
    rows = MeetingFollowUp.objects.select_related("user")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=follow_up.pk)


def _require_responsible(user: User | None, responsible: str) -> None:
    if bool(user) == bool(responsible):
        raise Refused("responsible_is_missing", field="user")
