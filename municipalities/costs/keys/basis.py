"""What a year of a pool is shared by: who shares when, by which key, and with which figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from legevakt.lib.money import Unit
from legevakt.lib.periods import Period
from municipalities.costs.allocation.errors import NoMembers
from municipalities.costs.allocation.keys import Key
from municipalities.costs.allocation.members import Member, Segment
from municipalities.costs.allocation.segments import By, Cut, Held, Stay, cut
from municipalities.costs.keys.counted import Counted, counted_for
from municipalities.costs.keys.kept import kept_segment
from municipalities.costs.keys.models import AllocationKey, KeyState
from municipalities.costs.keys.terms import as_key
from municipalities.costs.pools.models import Pool, PoolMember
from municipalities.costs.pools.queries import members_within, shared_days


@dataclass(frozen=True)
class Basis:
    """The year's segments, as `allocation.allocate` takes them, and the same as it is kept.

    `terms` is JSON: keys, members and figures with their sources, so that what was shared by them
    explains itself for ever. `keys` are the rows that were used.
    """

    segments: tuple[Segment, ...]
    terms: dict
    keys: tuple[AllocationKey, ...]


def basis_of(*, pool: Pool, year: int, keys: Sequence[AllocationKey] | None = None) -> Basis:
    """The basis by the adopted keys, or by `keys` (one for all of the year, or by their days).

    Raises CannotAllocate where some day has no key or nobody who shares.
    """
    starts, ends = shared_days(pool=pool, year=year)
    if ends <= starts:
        raise NoMembers(starts=starts, ends=ends)
    days = Period(starts, ends)
    members = members_within(pool=pool, starts=starts, ends=ends)
    used = list(adopted_keys(pool, days) if keys is None else keys)
    cuts = cut(
        year=year, stays=_stays(members), keys=_held(used, days), by=By(pool.proration), within=days
    )
    rows = {key.pk: key for key in used}
    counted = counted_for(pool=pool, members=members, keys=used, year=year)
    return _basis(pool, year, cuts=cuts, keys=rows, members=members, counted=counted)


def adopted_keys(pool: Pool, days: Period) -> list[AllocationKey]:
    """The keys that hold some day of the period, oldest first."""
    keys = pool.keys.filter(state=KeyState.ADOPTED, valid_from__lt=days.ends_on)
    return [key for key in keys.order_by("valid_from", "pk") if _holds(key, days)]


def _holds(key: AllocationKey, days: Period) -> bool:
    return key.valid_to is None or key.valid_to > days.starts_on


def _held(keys: Sequence[AllocationKey], days: Period) -> list[Held]:
    """A key that is tried alone holds all of the days."""
    if len(keys) == 1 and keys[0].state != KeyState.ADOPTED:
        return [Held(keys[0].pk, days.starts_on)]
    return [Held(key.pk, key.valid_from, key.valid_to) for key in keys]


def _stays(members: Sequence[PoolMember]) -> list[Stay]:
    return [Stay(m.municipality.number, m.joined_date, m.left_date) for m in members]


def _basis(
    pool: Pool,
    year: int,
    *,
    cuts: Sequence[Cut],
    keys: dict[int, AllocationKey],
    members: Sequence[PoolMember],
    counted: Counted,
) -> Basis:
    segments, kept = [], []
    made: dict[int, Key] = {pk: as_key(key, unit=Unit(pool.unit)) for pk, key in keys.items()}
    for piece in cuts:
        row = keys[piece.key_id]
        present = [_member_on(members, code, piece) for code in piece.codes]
        sharing = [member_of(pool, each, row, counted) for each in present]
        segments.append(Segment(key=made[piece.key_id], members=sharing, weight=piece.weight))
        kept.append(kept_segment(piece, key=row, members=sharing, counted=counted, of=present))
    terms = {"year": year, "unit": pool.unit, "segments": kept}
    return Basis(segments=tuple(segments), terms=terms, keys=tuple(keys.values()))


def _member_on(members: Sequence[PoolMember], code: str, piece: Cut) -> PoolMember:
    """The municipality's stay that the segment is of."""
    own = [m for m in members if m.municipality.number == code and m.joined_date < piece.ends]
    return max(own, key=lambda member: member.joined_date)


def member_of(pool: Pool, member: PoolMember, key: AllocationKey, counted: Counted) -> Member:
    """A municipality with the figures that the key counts."""
    inhabitants = counted.inhabitants(member, key)
    usage = counted.usage(member, key)
    return Member(
        code=member.municipality.number,
        name=member.municipality.name,
        is_host=member.municipality_id == pool.cooperation.host_id,
        inhabitants=inhabitants.value if inhabitants else None,
        usage=Fraction(usage.value) if usage else None,
    )
