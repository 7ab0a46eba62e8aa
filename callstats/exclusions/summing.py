"""What a rule leaves out, summed from the calls of its window as the hours themselves are."""

from __future__ import annotations

from datetime import UTC, datetime

from callstats.calls.hours import COLUMNS, RUNG_BACK, SUMMED, TYPES
from callstats.exclusions.rules import ExclusionState
from legevakt.lib import prepared
from legevakt.lib.periods import Period

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
KEY = "exclusion_id, hour_at, line_id, outcome, municipality"
# Columns KEY and COLUMNS, of the calls that are in the windows of `rules`.
SUMS = f"""
    SELECT rules.id AS exclusion_id, {", ".join(f"summed.{name}" for name in TYPES)}
    FROM rules CROSS JOIN LATERAL (
        SELECT date_trunc('hour', arrived_at, 'UTC') AS hour_at, {SUMMED}
        FROM (SELECT c.*, {RUNG_BACK} FROM callstats_call c
              WHERE c.central_id = rules.central_id
                AND c.arrived_at >= rules.starts_at AND c.arrived_at < rules.ends_at
                AND (rules.line_id IS NULL OR c.line_id = rules.line_id)) calls
        GROUP BY date_trunc('hour', arrived_at, 'UTC'), line_id, outcome,
                 coalesce(municipality, '')
    ) summed
"""
# Calls from before a purge are gone, and their sums stay as they are.
RESUM_SQL = f"""
    WITH rules AS (
        SELECT e.id, e.central_id, e.line_id, e.ends_at,
               greatest(e.starts_at, p.before_at) AS starts_at
        FROM callstats_exclusion e LEFT JOIN callstats_callpurge p USING (central_id)
        WHERE e.central_id = %(central)s::bigint AND e.state = %(approved)s::text
          AND e.starts_at < %(ends_at)s::timestamptz AND e.ends_at > %(starts_at)s::timestamptz
    ), sums AS ({SUMS}),
    gone AS (
        DELETE FROM callstats_excludedhour x USING rules
        WHERE x.exclusion_id = rules.id
          AND x.hour_at >= date_trunc('hour', rules.starts_at, 'UTC')
          AND NOT EXISTS (
            SELECT FROM sums
            WHERE (sums.exclusion_id, sums.hour_at, sums.line_id, sums.outcome, sums.municipality)
                = (x.exclusion_id, x.hour_at, x.line_id, x.outcome, x.municipality)))
    INSERT INTO callstats_excludedhour (exclusion_id, {COLUMNS})
    SELECT exclusion_id, {COLUMNS} FROM sums
    ON CONFLICT ({KEY}) DO UPDATE SET
        calls = EXCLUDED.calls, ambiguous_calls = EXCLUDED.ambiguous_calls,
        waits_ms = EXCLUDED.waits_ms, rung_back_ms = EXCLUDED.rung_back_ms,
        talk_seconds = EXCLUDED.talk_seconds
"""


def resum(*, central_id: int, period: Period) -> None:
    """Make the sums of the approved rules that touch the period follow what is stored now.

    A rule is summed whole. Run it inside a transaction that holds the central's lock.
    """
    resum_between(central_id=central_id, starts_at=period.starts_at, ends_at=period.ends_at)


def resum_before(*, central_id: int, before_at: datetime) -> None:
    """The same for all that began before then: for the last time before the calls go."""
    resum_between(central_id=central_id, starts_at=LONG_AGO, ends_at=before_at)


def resum_between(*, central_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """The same for the rules that have a moment in [starts_at, ends_at). One statement."""
    prepared.rows(
        RESUM_SQL,
        {
            "central": central_id,
            "approved": ExclusionState.APPROVED.value,
            "starts_at": starts_at,
            "ends_at": ends_at,
        },
    )
