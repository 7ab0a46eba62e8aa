"""The way of a key: drafted, sent to the councils, adopted by all; or dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from legevakt.lib.money import Unit
from municipalities.access.models import User
from municipalities.cooperations.reasons import because
from municipalities.costs.allocation.keys import check
from municipalities.costs.keys.errors import CannotChangeKey
from municipalities.costs.keys.models import (
    AllocationKey,
    FixedPercent,
    KeyAdoption,
    KeyPart,
    KeyState,
    PartKind,
)
from municipalities.costs.keys.queries import deciding
from municipalities.costs.keys.terms import as_key
from municipalities.costs.pools.models import Pool
from municipalities.register.models import Municipality

UNDER_WAY = (KeyState.DRAFT, KeyState.SENT)


@dataclass(frozen=True, kw_only=True)
class PartTerms:
    """A part as it is asked for; `fixed` is percent by municipality of a part by fixed ones."""

    kind: PartKind
    percent: Decimal
    is_capital: bool = False
    fixed: Mapping[Municipality, Decimal] = field(default_factory=dict)


@transaction.atomic
def draft(*, pool: Pool, valid_from: date, by: User | None, at: datetime) -> AllocationKey:
    """The next version, with the terms of the latest adopted one. Raises CannotChangeKey."""
    Pool.objects.select_for_update().get(pk=pool.pk)
    under_way = pool.keys.filter(state__in=UNDER_WAY).first()
    if under_way:
        raise CannotChangeKey("under_way", number=under_way.number)
    earlier = pool.keys.filter(state=KeyState.ADOPTED).order_by("-valid_from").first()
    key = AllocationKey(pool=pool, valid_from=valid_from, created_at=at, created_by=by)
    key.number = (pool.keys.aggregate(last=Max("number"))["last"] or 0) + 1
    for name in COPIED if earlier else ():
        setattr(key, name, getattr(earlier, name))
    key.save()
    for part in earlier.parts.all() if earlier else ():
        _copy(part, key)
    return key


COPIED = (
    "population_date",
    "usage_measure",
    "usage_years",
    "overhead_nok",
    "overhead_percent_of_wages",
    "floor_unit",
    "floor_value",
    "cap_unit",
    "cap_value",
)


def _copy(part: KeyPart, key: AllocationKey) -> None:
    fixed = list(part.fixed_percents.all())
    made = KeyPart.objects.create(
        key=key, kind=part.kind, percent=part.percent, is_capital=part.is_capital
    )
    for each in fixed:
        FixedPercent.objects.create(part=made, municipality=each.municipality, percent=each.percent)


@transaction.atomic
def write(
    *, key: AllocationKey, parts: Sequence[PartTerms], terms: Mapping[str, object]
) -> AllocationKey:
    """Give a draft its parts and its other fields. Raises CannotChangeKey, CannotAllocate.

    What the parts sum to is checked when it is sent: a draft may be unfinished.
    """
    found = _locked(key, KeyState.DRAFT)
    for name, value in terms.items():
        setattr(found, name, value)
    found.save()
    found.parts.all().delete()
    for part in parts:
        row = KeyPart.objects.create(
            key=found, kind=part.kind, percent=part.percent, is_capital=part.is_capital
        )
        FixedPercent.objects.bulk_create(
            FixedPercent(part=row, municipality=municipality, percent=percent)
            for municipality, percent in part.fixed.items()
        )
    return found


@transaction.atomic
def send(*, key: AllocationKey, at: datetime) -> AllocationKey:
    """Send the draft to the councils; terms and parts are frozen from then on.

    Raises CannotChangeKey, and CannotAllocate where the parts miss 100 per cent.
    """
    found = _locked(key, KeyState.DRAFT)
    check(as_key(found, unit=Unit(found.pool.unit)))
    if any(p.kind == PartKind.USAGE for p in found.parts.all()) and not found.usage_measure:
        raise CannotChangeKey("usage_without_measure")
    if not deciding(found):
        raise CannotChangeKey("nobody_shares", day=found.valid_from)
    found.state, found.sent_at = KeyState.SENT, at
    found.save()
    return found


@transaction.atomic
def record_adoption(
    *,
    key: AllocationKey,
    municipality: Municipality,
    is_adopted: bool,
    decided_date: date,
    case_number: str,
    remark: str = "",
    by: User | None,
    at: datetime,
) -> KeyAdoption:
    """What a council decided; recording it again corrects it. Raises CannotChangeKey.

    When all have adopted the key it is adopted, and the one before it ends on its first day.
    """
    found = _locked(key, KeyState.SENT)
    if not deciding(found).filter(pk=municipality.pk).exists():
        raise CannotChangeKey("does_not_share", municipality=municipality.name)
    adoption, _ = KeyAdoption.objects.update_or_create(
        key=found,
        municipality=municipality,
        defaults={
            "is_adopted": is_adopted,
            "decided_date": decided_date,
            "case_number": case_number,
            "remark": remark,
            "recorded_at": at,
            "recorded_by": by,
        },
    )
    _adopt_if_all_have(found, at=at)
    return adoption


def _adopt_if_all_have(key: AllocationKey, *, at: datetime) -> None:
    adopted = key.adoptions.filter(is_adopted=True).values("municipality")
    if deciding(key).exclude(pk__in=adopted).exists():
        return
    earlier = key.pool.keys.filter(state=KeyState.ADOPTED)
    if earlier.filter(valid_from__gte=key.valid_from).exists():
        raise CannotChangeKey("begins_before_the_one_in_force", day=key.valid_from)
    for each in earlier.filter(valid_to__isnull=True):
        each.valid_to = key.valid_from
        each.save(update_fields=["valid_to"])
    key.state, key.adopted_at = KeyState.ADOPTED, at
    key.save()


@transaction.atomic
def drop(*, key: AllocationKey, why: str, by: User | None) -> AllocationKey:
    """Give up a key that is not adopted; it stays to be read. Raises CannotChangeKey."""
    found = _locked(key, *UNDER_WAY)
    found.state = KeyState.DROPPED
    with because(why=why, by=by):
        found.save()
    return found


def _locked(key: AllocationKey, *states: KeyState) -> AllocationKey:
    Pool.objects.select_for_update().get(pk=key.pool_id)
    found = AllocationKey.objects.select_related("pool__cooperation").get(pk=key.pk)
    if found.state not in states:
        raise CannotChangeKey("wrong_state", state=found.state)
    return found
