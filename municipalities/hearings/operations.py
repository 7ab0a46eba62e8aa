"""A hearing's life: opened, answered by each municipality, closed with its outcome."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import pghistory
from django.db import transaction

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.decisions.models import Decision
from municipalities.documents.models import Document
from municipalities.hearings.evidence import participants_were_heard
from municipalities.hearings.models import Hearing, HearingAnswer, Position
from municipalities.hearings.rules import was_heard
from municipalities.register.models import Municipality


class HearingError(ValueError):
    """It cannot be done with the hearing: `code`, and the form's `field` it is about."""

    def __init__(self, code: str, *, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


@transaction.atomic
def open_hearing(
    *,
    cooperation: Cooperation,
    title: str,
    question: str,
    deadline_date: date,
    municipalities: Collection[Municipality],
    documents: Collection[Document] = (),
    by: User | None,
    at: datetime,
) -> Hearing:
    """Ask the municipalities, who answer by the deadline.

    Raises HearingError: a deadline that is not after today, nobody asked, or one that takes no
    part.
    """
    _require_askable(cooperation, municipalities=municipalities, deadline_date=deadline_date, at=at)
    hearing = Hearing.objects.create(
        cooperation=cooperation,
        title=title,
        question=question,
        deadline_date=deadline_date,
        opened_at=at,
        opened_by=by,
    )
    hearing.documents.set(documents)
    HearingAnswer.objects.bulk_create(
        HearingAnswer(hearing=hearing, municipality=each) for each in municipalities
    )
    return hearing


@transaction.atomic
def change(
    *,
    hearing: Hearing,
    title: str,
    question: str,
    deadline_date: date,
    reason: str,
    at: datetime,
) -> Hearing:
    """Ask otherwise, or until another day; then each is reminded anew, of the new day.

    Raises HearingError: closed, answered by somebody, or a new deadline that is not after today.
    """
    found = _open(hearing.pk)
    if found.answers.filter(answered_at__isnull=False).exists():
        raise HearingError("is_answered")
    is_moved = deadline_date != found.deadline_date
    if is_moved and deadline_date <= local_day(at):
        raise HearingError("deadline_has_passed", field="deadline_date")
    with pghistory.context(reason=reason):
        found.title, found.question, found.deadline_date = title, question, deadline_date
        found.save(update_fields=["title", "question", "deadline_date"])
        if is_moved:
            found.answers.update(reminded_at=None)
    return found


@transaction.atomic
def answer(
    *,
    answer: HearingAnswer,
    position: Position,
    text: str,
    document: Document | None,
    by: User,
    at: datetime,
) -> HearingAnswer:
    """A municipality's answer; again until the hearing is closed, and the history keeps the first.

    Raises HearingError: the hearing is closed, or remarks are promised and none are given.
    """
    _open(answer.hearing_id)
    if position == Position.WITH_REMARKS and not text.strip() and document is None:
        raise HearingError("remarks_are_missing", field="text")
    answer.position, answer.text, answer.document = position, text, document
    answer.answered_at, answer.answered_by = at, by
    answer.save(update_fields=["position", "text", "document", "answered_at", "answered_by"])
    return answer


@transaction.atomic
def close(
    *, hearing: Hearing, outcome: str, decision: Decision | None, by: User, at: datetime
) -> Hearing:
    """End it with its outcome; after that nothing about it changes. Raises HearingError."""
    found = _open(hearing.pk)
    if not outcome.strip():
        raise HearingError("outcome_is_missing", field="outcome")
    if decision is not None and decision.cooperation_id != found.cooperation_id:
        raise HearingError("another_cooperation", field="decision")
    found.outcome, found.decision = outcome, decision
    found.closed_at, found.closed_by = at, by
    found.save(update_fields=["outcome", "decision", "closed_at", "closed_by"])
    if _was_heard(found, today=local_day(at)):
        participants_were_heard(hearing=found, by=by, at=at)
    return found


@transaction.atomic
def claim_telling(*, answer: HearingAnswer, at: datetime) -> bool:
    """Whether it is the caller's to ask: of all that try, one gets it, and nobody later."""
    rows = HearingAnswer.objects.filter(pk=answer.pk, told_at__isnull=True)
    return _is_open(answer) and rows.update(told_at=at) == 1


@transaction.atomic
def claim_reminder(*, answer: HearingAnswer, at: datetime) -> bool:
    """The same of the one reminder, unless it is answered meanwhile."""
    rows = HearingAnswer.objects.filter(pk=answer.pk, reminded_at__isnull=True)
    waiting = rows.filter(answered_at__isnull=True)
    return _is_open(answer) and waiting.update(reminded_at=at) == 1


def _is_open(answer: HearingAnswer) -> bool:
    """Whether its hearing is open, and stays so until the transaction ends.

    Asked by itself: an update that joined the hearing would not ask again after waiting for a row.
    """
    try:
        _open(answer.hearing_id)
    except HearingError:
        return False
    return True


def _open(pk: int) -> Hearing:
    """The hearing, kept from others until the transaction ends. Raises HearingError."""
    rows = Hearing.objects.select_related("cooperation").select_for_update(of=("self",))
    found = rows.get(pk=pk)
    if found.closed_at is not None:
        raise HearingError("is_closed")
    return found


def _require_askable(
    cooperation: Cooperation,
    *,
    municipalities: Collection[Municipality],
    deadline_date: date,
    at: datetime,
) -> None:
    today = local_day(at)
    if deadline_date <= today:
        raise HearingError("deadline_has_passed", field="deadline_date")
    if not municipalities:
        raise HearingError("nobody_is_asked", field="municipalities")
    takes_part = set(cooperation.participants.on(today).values_list("municipality", flat=True))
    if not {each.pk for each in municipalities} <= takes_part:
        raise HearingError("takes_no_part", field="municipalities")


def _was_heard(hearing: Hearing, *, today: date) -> bool:
    answers = hearing.answers.all()
    return was_heard(
        asked=answers.count(),
        answered=answers.filter(answered_at__isnull=False).count(),
        deadline_date=hearing.deadline_date,
        today=today,
    )
