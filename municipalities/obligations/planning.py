"""From what is agreed to the days on which it is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import cast

import pghistory
from django.db import transaction
from django.db.models import Max

from legevakt.lib.periods import Period, local_day
from municipalities.access.models import User
from municipalities.agreements.models import AgreementVersion, Layer, VersionState
from municipalities.cooperations.models import Cooperation, Participant
from municipalities.obligations.models import Due, Obligation, Rhythm, Scope
from municipalities.obligations.principles import Principle, principles
from municipalities.obligations.rules import Span, due_dates, replanned

ADAPTED = ("title", "clause", "scope", "rhythm", "due_days", "topics", "responsible")


class VersionIsNotInForce(Exception):
    """Obligations follow from an agreement that is in force, from that day on."""


@transaction.atomic
def establish(*, version: AgreementVersion, by: User | None, at: datetime) -> list[Obligation]:
    """The obligations of the principles from the day the version is in force, and their dues.

    An earlier one of the same code ends that day; what the cooperation has adapted in it stays.
    Dues are planned for the year of `at` and the next. Agreements of other layers demand no
    routines. Safe to repeat. Raises VersionIsNotInForce.
    """
    if version.agreement.layer != Layer.POLITICAL:
        return []
    if version.state != VersionState.IN_FORCE:
        raise VersionIsNotInForce(str(version))
    with pghistory.context(version=str(version), by=by.pk if by else None):
        return _established_all(version=version, today=local_day(at))


def _established_all(*, version: AgreementVersion, today: date) -> list[Obligation]:
    cooperation = Cooperation.objects.select_for_update(no_key=True).get(
        pk=version.agreement.cooperation_id
    )
    of_version = Obligation.objects.filter(version=version).values_list("code", flat=True)
    there = set(of_version)
    made = [
        _established(cooperation=cooperation, principle=each, version=version)
        for each in principles()
        if each.code not in there
    ]
    for obligation in made:
        plan(obligation=obligation, today=today)
    return made


@transaction.atomic
def plan_year(*, cooperation: Cooperation, year: int, since: date | None = None) -> None:
    """Dues of every yearly obligation in the year, as it and the participants now are.

    Before `since` nothing comes or goes; None is the whole year. Safe to repeat.
    """
    days = Period.year(year)
    touching = Obligation.objects.filter(
        cooperation=cooperation, rhythm=Rhythm.YEARLY, starts_date__lt=days.ends_on
    ).exclude(ends_date__lte=days.starts_on)
    for obligation in touching.select_for_update(no_key=True).order_by("pk"):
        plan_obligation(obligation=obligation, year=year, since=since or date.min)


def plan(*, obligation: Obligation, today: date, since: date = date.min) -> None:
    """Dues of a yearly obligation in this year and the next; none before `since`."""
    if obligation.rhythm == Rhythm.YEARLY:
        for year in (today.year, today.year + 1):
            plan_obligation(obligation=obligation, year=year, since=since)


def plan_obligation(*, obligation: Obligation, year: int, since: date = date.min) -> None:
    """Dues of one yearly obligation, that the caller has locked, in the year."""
    existing = list(obligation.dues.with_kept().filter(year=year).order_by("due_date", "pk"))
    wanted = dict(_wanted(obligation=obligation, year=year))
    for municipality_id in {*wanted, *(due.municipality_id for due in existing)}:
        here = [due for due in existing if due.municipality_id == municipality_id]
        movable = [due for due in here if _is_open(due) and due.due_date >= since]
        change = replanned(
            wanted=wanted.get(municipality_id, set()),
            settled=[due.due_date for due in here if due not in movable],
            movable=[due.due_date for due in movable],
            since=since,
        )
        gone = [due.pk for due in movable if due.due_date in change.remove]
        Due.objects.filter(pk__in=gone).delete()
        first = next_number(obligation=obligation, year=year, municipality_id=municipality_id)
        Due.objects.bulk_create(
            Due(
                obligation=obligation,
                municipality_id=municipality_id,
                year=year,
                number=number,
                due_date=due_date,
            )
            for number, due_date in enumerate(change.add, first)
        )


def next_number(*, obligation: Obligation, year: int, municipality_id: int | None) -> int:
    """The first number of the year that no due has."""
    dues = obligation.dues.filter(year=year, municipality=municipality_id)
    return (dues.aggregate(last=Max("number"))["last"] or 0) + 1


def _is_open(due: Due) -> bool:
    return due.kept_date is None and not due.waived_reason


def _wanted(*, obligation: Obligation, year: int) -> Iterator[tuple[int | None, set[date]]]:
    """Municipality → its days; None for all together."""
    in_force = Span(obligation.starts_date, obligation.ends_date)
    if obligation.scope == Scope.COMMON:
        yield None, due_dates(days=obligation.due_days, year=year, spans=[in_force])
        return
    taking_part: dict[int, set[date]] = {}
    for each in _partners(obligation.cooperation):
        spans = [in_force, Span(each.joined_date, each.left_date)]
        dates = due_dates(days=obligation.due_days, year=year, spans=spans)
        taking_part.setdefault(each.municipality_id, set()).update(dates)
    yield from taking_part.items()


def _partners(cooperation: Cooperation) -> Iterator[Participant]:
    participants = Participant.objects.filter(cooperation=cooperation)
    yield from participants.exclude(municipality=cooperation.host_id).order_by("pk")


def _established(
    *, cooperation: Cooperation, principle: Principle, version: AgreementVersion
) -> Obligation:
    """The obligation from the version's first day, in the place of the one before."""
    starts = cast(date, version.in_force_from)  # the version is in force
    before = Obligation.objects.filter(
        cooperation=cooperation, code=principle.code, ends_date__isnull=True
    ).first()
    told = {name: getattr(before or principle, name) for name in ADAPTED}
    if before is not None:
        told["remind_days"] = before.remind_days
        before.ends_date = max(before.starts_date, starts)
        before.save(update_fields=["ends_date"])
        drop_after(before)
    told |= {name: list(told[name]) for name in ("due_days", "topics")}
    return Obligation.objects.create(
        cooperation=cooperation,
        version=version,
        code=principle.code,
        starts_date=starts,
        ends_date=version.in_force_to,
        **told,
    )


def drop_after(obligation: Obligation) -> None:
    """Take away the open dues of the calendar from the day the obligation ends on.

    What is expected because of something that has happened stays.
    """
    later = obligation.dues.open().filter(due_date__gte=obligation.ends_date)
    if obligation.rhythm == Rhythm.YEARLY:
        Due.objects.filter(pk__in=list(later.values_list("pk", flat=True))).delete()
