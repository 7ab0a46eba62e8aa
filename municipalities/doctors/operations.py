"""Recording what the agreement says of the duty, its shares, and the shifts that were counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.doctors.models import Decider, DutyShare, DutyTerms, ShiftCount
from municipalities.doctors.rules import ExemptionFault
from municipalities.doctors.shares import sums_to_whole
from municipalities.doctors.shift_rules import Counts, Key, Plan, Row, plan


class SharesNotWhole(ValueError):
    """The shares do not sum to 100 %; `total` is what they give."""

    def __init__(self, total: Decimal) -> None:
        super().__init__(str(total))
        self.total = total


class LaterShares(ExemptionFault):
    """Shares from a later day are stored, so that these would not be the newest."""


@dataclass(frozen=True, kw_only=True)
class Owes:
    """A municipality's posts for general practitioners and its share of the duty."""

    posts: int
    share_percent: Decimal


@transaction.atomic
def set_terms(
    *, cooperation: Cooperation, decider: Decider, consulted: str, undelivered: str
) -> DutyTerms:
    """Record what the agreement says of the duty."""
    said = {"decider": decider, "consulted": consulted, "undelivered": undelivered}
    terms, _ = DutyTerms.objects.update_or_create(cooperation=cooperation, defaults=said)
    return terms


@transaction.atomic
def set_shares(
    *, cooperation: Cooperation, owes: Mapping[int, Owes], valid_from: date
) -> list[DutyShare]:
    """Divide the duty anew from the day; `owes` is by municipality, and all of the duty.

    What stays as it was keeps its row; what the municipalities left out owed ends that day.
    Repeating it changes nothing. Raises SharesNotWhole, LaterShares.
    """
    Cooperation.objects.select_for_update(no_key=True).get(pk=cooperation.pk)
    if not sums_to_whole(each.share_percent for each in owes.values()):
        raise SharesNotWhole(sum((e.share_percent for e in owes.values()), Decimal(0)))
    stored = DutyShare.objects.filter(cooperation=cooperation)
    if stored.filter(valid_from__gt=valid_from).exists():
        raise LaterShares("later_shares", field="valid_from")
    before = {share.municipality_id: share for share in stored.exclude(valid_to__lte=valid_from)}
    for pk in before.keys() - owes.keys():
        _end(before[pk], valid_from)
    return [
        _follow(before.get(pk), cooperation=cooperation, pk=pk, owes=each, valid_from=valid_from)
        for pk, each in owes.items()
    ]


def plan_shifts(*, cooperation: Cooperation, rows: Iterable[Row]) -> Plan:
    """What storing the rows would do now."""
    return plan(rows, stored={key: _told(count) for key, count in _stored(cooperation).items()})


@transaction.atomic
def store_shifts(
    *, cooperation: Cooperation, rows: Sequence[Row], source: str, by: User, at: datetime
) -> Plan:
    """Store the counts: new ones, and those that have changed; the history tells what they were.

    Repeating it changes nothing.
    """
    Cooperation.objects.select_for_update(no_key=True).get(pk=cooperation.pk)
    stored = _stored(cooperation)
    planned = plan(rows, stored={key: _told(count) for key, count in stored.items()})
    origin = {"source": source[:200], "imported_at": at, "imported_by": by}
    ShiftCount.objects.bulk_create(
        ShiftCount(cooperation=cooperation, **row.key._asdict(), **row.counts._asdict(), **origin)
        for row in planned.created
    )
    for row in planned.updated:
        _write(stored[row.key], row.counts._asdict() | origin)
    return planned


@transaction.atomic
def change_shifts(
    *,
    count: ShiftCount,
    starts_date: date,
    ends_date: date,
    counts: Counts,
    by: User,
    at: datetime,
    source: str,
) -> ShiftCount:
    """Correct one count by hand, its days too."""
    locked = ShiftCount.objects.select_for_update().get(pk=count.pk)
    days = {"starts_date": starts_date, "ends_date": ends_date}
    origin = {"source": source[:200], "imported_at": at, "imported_by": by}
    _write(locked, days | counts._asdict() | origin)
    return locked


def _end(share: DutyShare, valid_from: date) -> None:
    """A share that begins the same day has never been in force."""
    if share.valid_from == valid_from:
        share.delete()
    else:
        share.valid_to = valid_from
        share.save()


def _follow(
    before: DutyShare | None, *, cooperation: Cooperation, pk: int, owes: Owes, valid_from: date
) -> DutyShare:
    if before and (before.posts, before.share_percent) == (owes.posts, owes.share_percent):
        return before
    if before:
        _end(before, valid_from)
    return DutyShare.objects.create(
        cooperation=cooperation,
        municipality_id=pk,
        posts=owes.posts,
        share_percent=owes.share_percent,
        valid_from=valid_from,
    )


def _stored(cooperation: Cooperation) -> dict[Key, ShiftCount]:
    return {
        Key(each.municipality_id, each.starts_date, each.ends_date): each
        for each in ShiftCount.objects.filter(cooperation=cooperation)
    }


def _told(count: ShiftCount) -> Counts:
    return Counts(*(getattr(count, name) for name in Counts._fields))


def _write(count: ShiftCount, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(count, name, value)
    count.save()
