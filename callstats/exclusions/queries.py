"""Rules that leave calls out, what each leaves out, and what that does to the national figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q, QuerySet

from callstats.calls.hours import COLUMNS
from callstats.exclusions.models import Exclusion
from callstats.exclusions.rules import ExclusionState, months_touched
from callstats.exclusions.summing import SUMS
from callstats.imports.queries import limits_of
from callstats.indicators.definitions import Definition, default_definition
from callstats.indicators.parts import NOTHING, Part
from callstats.periods.stored import StoredLevel, stored_months
from legevakt.lib.periods import Period
from municipalities.models import Central

# The sums of these rules: those kept when one was approved, or, of one that waits, what its
# window holds now.
HOURS = f"""
    WITH rules AS (
        SELECT id, central_id, line_id, starts_at, ends_at FROM callstats_exclusion
        WHERE id = ANY(%(rules)s) AND state = 'proposed'
    ), hours AS (
        {SUMS} UNION ALL
        SELECT exclusion_id, {COLUMNS} FROM callstats_excludedhour
        WHERE exclusion_id = ANY(%(rules)s)
    )
"""
IN_TIME = """
    coalesce(sum(width_bucket(%(limit_ms)s, hours.waits_ms))
             FILTER (WHERE n.line_class = ANY(%(lines)s) AND outcome = ANY(%(numerator)s)), 0)
"""
COUNTED = """
    coalesce(sum(hours.calls)
             FILTER (WHERE n.line_class = ANY(%(lines)s) AND outcome = ANY(%(denominator)s)), 0)
"""
JOINED = "FROM hours JOIN municipalities_publicnumber n ON n.id = hours.line_id"
MONTHS_SQL = f"""
    {HOURS} SELECT exclusion_id,
        date_trunc('month', hour_at AT TIME ZONE 'Europe/Oslo')::date AS month,
        sum(hours.calls), {IN_TIME}, {COUNTED}
    {JOINED} GROUP BY 1, 2 ORDER BY 1, 2
"""
HOURS_SQL = f"""
    {HOURS} SELECT hour_at, n.line_class, n.number, outcome, sum(hours.calls), {IN_TIME}
    {JOINED} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class MonthEffect:
    """What a rule takes from a month of the national indicator.

    `calls` are all that the rule leaves out, on every line; `part` those of them that the
    indicator counts; `stored` is the month's figure that counts, None before it is computed.
    """

    month: date
    calls: int
    part: Part
    stored: StoredLevel | None

    @property
    def whole(self) -> Part | None:
        """The national figure, which leaves nothing out."""
        if self.stored is None:
            return None
        return Part(self.stored.level.numerator, self.stored.level.denominator)

    @property
    def without(self) -> Part | None:
        """The same without the rule's calls; None where they are not all in the figure yet."""
        if self.whole is None:
            return None
        numerator = self.whole.numerator - self.part.numerator
        denominator = self.whole.denominator - self.part.denominator
        return Part(numerator, denominator) if 0 <= numerator <= denominator else None


@dataclass(frozen=True)
class ExcludedCalls:
    """Calls of one hour, number and outcome that a rule leaves out; `in_time` of them counted."""

    hour_at: datetime
    line_class: str
    number: str
    outcome: str
    calls: int
    in_time: int


def colliding_with(rule: Exclusion) -> QuerySet[Exclusion]:
    """Other approved rules of the central that touch the same time on the same line."""
    same_line = Q(line__isnull=True) | Q(line=rule.line) if rule.line_id else Q()
    return (
        Exclusion.objects.filter(
            same_line,
            central=rule.central,
            state=ExclusionState.APPROVED,
            starts_at__lt=rule.ends_at,
            ends_at__gt=rule.starts_at,
        )
        .exclude(pk=rule.pk)
        .order_by("starts_at", "pk")
    )


def months_of(rule: Exclusion) -> list[Period]:
    """The months in which the rule's window lies."""
    return months_touched(starts_at=rule.starts_at, ends_at=rule.ends_at)


def effects(*, central: Central, rules: Sequence[Exclusion]) -> dict[int, list[MonthEffect]]:
    """Each rule's id → what it does to each month of its window. Two queries, however many."""
    if not rules:
        return {}
    definition = default_definition()
    found = {
        (rule_id, month): (int(calls), Part(int(numerator), int(denominator)))
        for rule_id, month, calls, numerator, denominator in _asked(
            MONTHS_SQL, rules=rules, definition=definition
        )
    }
    stored = _stored(central=central, rules=rules, definition=definition)
    return {
        rule.pk: [
            MonthEffect(
                month.starts_on,
                *found.get((rule.pk, month.starts_on), (0, NOTHING)),
                stored.get(month.starts_on),
            )
            for month in months_of(rule)
        ]
        for rule in rules
    }


def published_months(rule: Exclusion) -> list[date]:
    """Months of the window that are published, and of which no revision is under way."""
    locked = limits_of(central_id=rule.central_id).locked
    return [month.starts_on for month in months_of(rule) if month.starts_on in locked]


def excluded_calls(rule: Exclusion) -> list[ExcludedCalls]:
    """The calls that the rule leaves out, or would, by hour, number and outcome."""
    rows = _asked(HOURS_SQL, rules=[rule], definition=default_definition())
    return [
        ExcludedCalls(hour_at, line_class, number, outcome, int(calls), int(in_time))
        for hour_at, line_class, number, outcome, calls, in_time in rows
    ]


def _stored(
    *, central: Central, rules: Iterable[Exclusion], definition: Definition
) -> dict[date, StoredLevel]:
    months = [month for rule in rules for month in months_of(rule)]
    span = Period(min(each.starts_on for each in months), max(each.ends_on for each in months))
    found = stored_months(centrals=[central], definition=definition, period=span)
    return {each.starts_on: each for each in found}


def _asked(statement: str, *, rules: Sequence[Exclusion], definition: Definition) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "rules": [rule.pk for rule in rules],
                "limit_ms": 1000 * definition.limit_seconds,
                "lines": list(definition.line_classes),
                "numerator": list(definition.numerator_outcomes),
                "denominator": list(definition.denominator_outcomes),
            },
        )
        return cursor.fetchall()
