"""Municipalities that join, leave, merge and split. Days are half-open.

What the database refuses itself: leaving before joining, taking part twice at a time, and joining
by a number that has ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Min

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation, Participant
from municipalities.cooperations.reasons import because
from municipalities.register.models import Municipality


class NotPossible(ValueError):
    """What is asked for is against the rules of taking part: `code`, told in words.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def join(
    *,
    cooperation: Cooperation,
    municipality: Municipality,
    on: date,
    area: str = "",
    why: str,
    by: User | None,
) -> Participant:
    """The municipality, or the part of it named by `area`, takes part from the day.

    Raises NotPossible.
    """
    _check_exists(municipality, on)
    with because(why=why, by=by):
        return Participant.objects.create(
            cooperation=cooperation, municipality=municipality, joined_date=on, area=area
        )


@transaction.atomic
def leave(*, participant: Participant, on: date, why: str, by: User | None) -> Participant:
    """It takes part no more from the day. Leaving again moves the day. Raises NotPossible."""
    if participant.municipality_id == participant.cooperation.host_id:
        raise NotPossible("host_stays")
    participant.left_date, participant.left_reason = on, why
    with because(why=why, by=by):
        participant.save(update_fields=["left_date", "left_reason"])
    return participant


@transaction.atomic
def correct(
    *,
    participant: Participant,
    joined_date: date,
    left_date: date | None,
    area: str,
    why: str,
    by: User | None,
) -> Participant:
    """Say rightly what was recorded wrongly; the history keeps what it said.

    Raises NotPossible.
    """
    _check_exists(participant.municipality, joined_date)
    is_host = participant.municipality_id == participant.cooperation.host_id
    if is_host and left_date:
        raise NotPossible("host_stays")
    participant.joined_date, participant.left_date = joined_date, left_date
    participant.area = area
    participant.left_reason = participant.left_reason if left_date else ""
    with because(why=why, by=by):
        participant.save(update_fields=["joined_date", "left_date", "area", "left_reason"])
    return participant


@transaction.atomic
def merge(
    *,
    cooperation: Cooperation,
    of: Sequence[Municipality],
    into: Municipality,
    on: date,
    why: str,
    by: User | None,
    today: date,
) -> Participant:
    """The numbers of `of` end, and `into` takes their place from the day. Safe to repeat.

    One municipality that only gets a new number is a merger of one. Where `into` takes part
    already it goes on as before. The host's place goes to `into` at once, and so not before the
    day. Raises NotPossible.
    """
    if into in of:
        raise NotPossible("replaced_by_itself")
    _check_host(cooperation, of=of, on=on, today=today)
    return _replace(cooperation, of=of, by_those=[into], on=on, why=why, by=by)[0]


@transaction.atomic
def split(
    *,
    cooperation: Cooperation,
    of: Municipality,
    into: Sequence[Municipality],
    on: date,
    why: str,
    by: User | None,
    today: date,
) -> list[Participant]:
    """The number of `of` ends, and those in `into` take its place from the day. Safe to repeat.

    The host's place goes to the first of them at once, and so not before the day. Raises
    NotPossible.
    """
    if len(set(into)) < 2:
        raise NotPossible("split_into_one")
    if of in into:
        raise NotPossible("replaced_by_itself")
    _check_host(cooperation, of=[of], on=on, today=today)
    return _replace(cooperation, of=[of], by_those=into, on=on, why=why, by=by)


def _replace(
    cooperation: Cooperation,
    *,
    of: Sequence[Municipality],
    by_those: Sequence[Municipality],
    on: date,
    why: str,
    by: User | None,
) -> list[Participant]:
    leaving = _taking_part_until(cooperation, of=of, on=on)
    for municipality in by_those:
        _check_exists(municipality, on)
    with because(why=why, by=by):
        if cooperation.host in of:
            cooperation.host = by_those[0]
            cooperation.save(update_fields=["host"])
        for participant in leaving:
            participant.left_date, participant.left_reason = on, why
            participant.save(update_fields=["left_date", "left_reason"])
        return [_in_place(cooperation, municipality, on) for municipality in by_those]


def _check_host(
    cooperation: Cooperation, *, of: Sequence[Municipality], on: date, today: date
) -> None:
    if cooperation.host in of and on > today:
        raise NotPossible("host_not_yet")


def _taking_part_until(
    cooperation: Cooperation, *, of: Sequence[Municipality], on: date
) -> list[Participant]:
    """The rows of `of` that end on the day, or have been ended on it before."""
    rows = cooperation.participants.filter(municipality__in=of, joined_date__lt=on).exclude(
        left_date__lt=on
    )
    found = list(rows.select_for_update().order_by("pk"))
    if not of or len(found) < len(set(of)):
        raise NotPossible("takes_no_part")
    return found


def _in_place(cooperation: Cooperation, municipality: Municipality, on: date) -> Participant:
    already = cooperation.participants.on(on).filter(municipality=municipality).first()
    return already or Participant.objects.create(
        cooperation=cooperation, municipality=municipality, joined_date=on
    )


def _check_exists(municipality: Municipality, day: date) -> None:
    """Before the register begins nothing is known, and every number of its first day will do."""
    begins = Municipality.objects.aggregate(first=Min("valid_from"))["first"]
    if municipality.valid_from > max(day, begins):
        raise NotPossible("does_not_exist_yet")
