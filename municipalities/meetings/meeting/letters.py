"""Letters to those who are called: claimed as rows, sent once, and never stopped by one address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from legevakt.lib import mail
from municipalities.meetings.meeting.models import (
    Invitee,
    LetterFailure,
    LetterKind,
    Meeting,
    MeetingLetter,
)

log = structlog.get_logger(__name__)

TRIED_FOR = timedelta(days=7)  # a mail server that is away for longer is known of
OF_CALENDAR = (LetterKind.CALL, LetterKind.UPDATE, LetterKind.CANCEL)
MAY_HAVE_ARRIVED = Q(sent_at__isnull=False) | Q(failure=LetterFailure.UNKNOWN)


def claim(*, meeting: Meeting, kind: str, sequence: int, at: datetime) -> None:
    """A letter to each who is called; again changes nothing."""
    _claim(meeting.invitees.called(), kind=kind, sequence=sequence, at=at)


def claim_call(*, invitees: Iterable[Invitee], kind: str, sequence: int, at: datetime) -> None:
    """A call or a change of it; what did not arrive before is not needed any more."""
    rows = list(invitees)
    _not_arrived(rows).delete()
    _claim(rows, kind=kind, sequence=sequence, at=at)


def claim_cancel(*, invitees: Iterable[Invitee], sequence: int, at: datetime) -> None:
    """A cancellation to those who may have the event in their calendar, and to no other."""
    rows = list(invitees)
    _not_arrived(rows).delete()
    told = MeetingLetter.objects.filter(
        MAY_HAVE_ARRIVED, invitee__in=rows, kind__in=OF_CALENDAR
    ).values_list("invitee", flat=True)
    has_event = set(told)
    _claim(
        [each for each in rows if each.pk in has_event],
        kind=LetterKind.CANCEL,
        sequence=sequence,
        at=at,
    )


def unsent(*, kinds: Iterable[str], at: datetime) -> list[int]:
    """The letters of the kinds that wait to be sent, the oldest first."""
    rows = MeetingLetter.objects.filter(
        kind__in=list(kinds), sent_at__isnull=True, failure="", claimed_at__gt=at - TRIED_FOR
    )
    return list(rows.order_by("claimed_at", "pk").values_list("pk", flat=True))


def send_claimed(pk: int, write: Callable[[MeetingLetter], None]) -> None:
    """Send one, unless another does or did; a refused address is marked, the others go on.

    A mail server that is away leaves it unsent, for the next tick of the timetable.
    """
    with transaction.atomic():
        letter = (
            MeetingLetter.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("invitee__user", "invitee__meeting__forum__cooperation__host")
            .filter(pk=pk, sent_at__isnull=True, failure="")
            .first()
        )
        if letter is None:
            return
        failure = _failure(letter, write)
        if failure is not None:
            letter.failure, letter.sent_at = failure, None if failure else timezone.now()
            letter.save(update_fields=["failure", "sent_at"])


def send_again(*, letter: MeetingLetter, at: datetime) -> None:
    """Try a letter once more, after its address was looked into."""
    letter.failure, letter.claimed_at = "", at
    letter.save(update_fields=["failure", "claimed_at"])


def _failure(letter: MeetingLetter, write: Callable[[MeetingLetter], None]) -> str | None:
    """Empty when it is sent, why it failed, or None when it is to be tried again."""
    try:
        write(letter)
    except mail.MailRefused as refusal:
        log.warning("letter not sent", letter=letter.pk, code=refusal.code)
        return LetterFailure.REFUSED if refusal.permanent else None
    except mail.InvalidMail:
        return LetterFailure.INVALID
    except mail.MailUnknown:
        log.warning("letter may have arrived", letter=letter.pk)
        return LetterFailure.UNKNOWN
    return ""


def _not_arrived(invitees: list[Invitee]) -> QuerySet[MeetingLetter]:
    rows = MeetingLetter.objects.filter(invitee__in=invitees, kind__in=OF_CALENDAR)
    return rows.exclude(MAY_HAVE_ARRIVED)


def _claim(invitees: Iterable[Invitee], *, kind: str, sequence: int, at: datetime) -> None:
    MeetingLetter.objects.bulk_create(
        [
            MeetingLetter(invitee=each, kind=kind, sequence=sequence, claimed_at=at)
            for each in invitees
        ],
        ignore_conflicts=True,
    )
