"""Inhabitants and usage that a key shares by, each with its day and source.

A merged municipality has none of its own before the merger: it carries over its predecessors'.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial

from municipalities.costs.keys.models import AllocationKey, UsageFigure
from municipalities.costs.pools.models import AreaPopulation, Pool, PoolMember
from municipalities.register.models import Population


@dataclass(frozen=True, kw_only=True)
class Count:
    """A figure with where it is from; `carried_from` names whose it was before a merger."""

    value: int | Fraction
    source: str
    status: str = ""
    carried_from: tuple[str, ...] = ()


Figures = dict[tuple[int, object], Count]


@dataclass(frozen=True)
class Counted:
    """Everything that is counted for the members of a pool, for a year."""

    year: int
    population: Figures = field(default_factory=dict)  # (municipality, day)
    areas: Figures = field(default_factory=dict)  # (member, day)
    used: Figures = field(default_factory=dict)  # (municipality, (measure, year))
    before: dict[int, list[PoolMember]] = field(default_factory=dict)

    def inhabitants(self, member: PoolMember, key: AllocationKey) -> Count | None:
        """On the key's 1 January; None where nobody has told."""
        day = counted_date(key, year=self.year)
        return self._carried(member, lambda each: self._living(each, day))

    def usage(self, member: PoolMember, key: AllocationKey) -> Count | None:
        """Of the year before, or the mean of three; None where a year is missing.

        Each year is carried over by itself: of three, a merger may have come after the first.
        """
        if not key.usage_measure:
            return None
        years = usage_years(key, year=self.year)
        asked = [(key.usage_measure, year) for year in years]
        each_year = [self._carried(member, partial(self._used, of)) for of in asked]
        found = [count for count in each_year if count]
        if len(found) < len(years):
            return None
        return Count(
            value=sum((Fraction(count.value) for count in found), Fraction(0)) / len(found),
            source="; ".join(sorted({count.source for count in found})),
            carried_from=tuple(dict.fromkeys(n for count in found for n in count.carried_from)),
        )

    def _living(self, member: PoolMember, day: date) -> Count | None:
        if member.area:
            return self.areas.get((member.pk, day))
        return self.population.get((member.municipality_id, day))

    def _used(self, of: tuple[str, int], member: PoolMember) -> Count | None:
        return self.used.get((member.municipality_id, of))

    def _carried(
        self, member: PoolMember, of: Callable[[PoolMember], Count | None]
    ) -> Count | None:
        own = of(member)
        earlier = self.before.get(member.pk, [])
        if own or not earlier:
            return own
        found = [self._carried(each, of) for each in earlier]
        if not all(found):
            return None
        return _together([count for count in found if count], earlier)


def _together(counts: Sequence[Count], members: Sequence[PoolMember]) -> Count:
    return Count(
        value=sum(count.value for count in counts),
        source="; ".join(sorted({count.source for count in counts})),
        status="provisional"
        if any(c.status == "provisional" for c in counts)
        else counts[0].status,
        carried_from=tuple(member.municipality.name for member in members),
    )


def counted_date(key: AllocationKey, *, year: int) -> date:
    """The 1 January on which the key counts inhabitants for the year."""
    return date(year + key.population_date, 1, 1)


def usage_years(key: AllocationKey, *, year: int) -> list[int]:
    """The years whose usage the key counts for the year, oldest first."""
    return list(range(year - key.usage_years, year))


def counted_for(
    *, pool: Pool, members: Sequence[PoolMember], keys: Sequence[AllocationKey], year: int
) -> Counted:
    """Everything that the keys may ask for. Four queries, and one more for each merger before."""
    before = _predecessors(members)
    everyone = [*members, *(each for found in before.values() for each in found)]
    days = {counted_date(key, year=year) for key in keys}
    years = {each for key in keys for each in usage_years(key, year=year)}
    living = Population.objects.filter(
        municipality__in=[m.municipality_id for m in everyone], counted_date__in=days
    )
    areas = AreaPopulation.objects.filter(member__in=everyone, counted_date__in=days)
    used = UsageFigure.objects.filter(
        cooperation=pool.cooperation_id,
        municipality__in=[m.municipality_id for m in everyone],
        year__in=years,
    )
    return Counted(
        year=year,
        population={(row.municipality_id, row.counted_date): _living(row) for row in living},
        areas={
            (row.member_id, row.counted_date): Count(value=row.inhabitants, source=row.source)
            for row in areas
        },
        used={
            (row.municipality_id, (row.measure, row.year)): Count(
                value=row.count, source=row.source
            )
            for row in used
        },
        before=before,
    )


def _living(row: Population) -> Count:
    return Count(value=row.inhabitants, source=row.source, status=getattr(row, "status", ""))


def _predecessors(members: Sequence[PoolMember]) -> dict[int, list[PoolMember]]:
    """Member → those it carries over, to any depth."""
    before: dict[int, list[PoolMember]] = defaultdict(list)
    asked = [member.pk for member in members]
    while asked:
        links = PoolMember.predecessors.through.objects.filter(from_poolmember__in=asked)
        pairs = links.select_related("to_poolmember__municipality").order_by(
            "to_poolmember__municipality__number", "pk"
        )
        asked = []
        for link in pairs:
            earlier = link.to_poolmember
            if earlier not in before[link.from_poolmember_id]:
                before[link.from_poolmember_id].append(earlier)
                asked.append(earlier.pk)
    return dict(before)
