"""What the page of minutes shows besides their content: the next steps, and remarks to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from legevakt.lib.words import moment
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.meetings.minutes.addressed import VisibleMinutes
from municipalities.meetings.minutes.approving import may_approve
from municipalities.meetings.minutes.content import remarks_of
from municipalities.meetings.minutes.models import Minutes, MinutesState
from municipalities.meetings.minutes.rules import may_remark
from municipalities.meetings.minutes.words import heading
from municipalities.register.models import Municipality


@dataclass(frozen=True, kw_only=True)
class Steps:
    """What the reader may do with the minutes now."""

    write: bool
    open: bool
    remark: bool
    answer: bool
    approve: bool
    send: bool


@dataclass(frozen=True, kw_only=True)
class RemarkRow:
    """A remark while it can be answered."""

    pk: int
    about: str
    by: str
    text: str
    answer: str


def steps(*, seen: VisibleMinutes, minutes: Minutes, today: date) -> Steps:
    """Three queries at most."""
    writes = seen.may(Permission.MANAGE_MEETINGS)
    is_out = minutes.state == MinutesState.HEARING
    until = minutes.hearing_until_date
    waits = is_out and until is not None and may_remark(until=until, today=today)
    is_open = is_out or minutes.state == MinutesState.DRAFT
    approves = is_open and may_approve(minutes=minutes, user=seen.user)
    is_approved = minutes.state == MinutesState.APPROVED
    return Steps(
        write=writes and is_open and not waits,
        open=writes and is_open,
        remark=waits and takes_part(seen),
        answer=writes and is_out,
        approve=approves,
        send=is_approved and (writes or may_approve(minutes=minutes, user=seen.user)),
    )


def takes_part(seen: VisibleMinutes) -> bool:
    """Whether the user was called, or proposes items: who only reads makes no remarks."""
    if seen.may(Permission.PROPOSE_ITEMS):
        return True
    return seen.meeting.invitees.called().filter(user=seen.user.pk).exists()


def speaks_for(seen: VisibleMinutes) -> Municipality | None:
    """The municipality that the user was called for, or else acts for."""
    called = seen.meeting.invitees.called().filter(user=seen.user.pk, municipality__isnull=False)
    invitee = called.select_related("municipality").first()
    if invitee:
        return invitee.municipality
    return municipalities_acted_for(
        user=seen.user, permission=Permission.PROPOSE_ITEMS, cooperation=seen.cooperation
    ).first()


def remark_rows(minutes: Minutes) -> list[RemarkRow]:
    """The remarks in the order they were made. One query."""
    return [
        RemarkRow(
            pk=each.pk,
            about=heading(each.item) if each.item else _("The whole"),
            by=_("%(name)s, %(at)s")
            % {
                "name": ", ".join(str(who) for who in (each.made_by, each.municipality) if who),
                "at": moment(each.made_at),
            },
            text=each.text,
            answer=each.answer,
        )
        for each in remarks_of(minutes)
    ]
