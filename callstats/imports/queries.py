"""Reads about imports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from callstats.imports.models import STORED, CallImport
from legevakt.lib import prepared

LOOKED_BACK = timedelta(days=2)
IMPORTS_LOOKED_AT = 5000

# A later revision of the month is under way: it takes rows again.
REVISED = """EXISTS (
    SELECT FROM callstats_indicatorperiod r
    WHERE (r.central_id, r.starts_on, r.ends_on) = (p.central_id, p.starts_on, p.ends_on)
      AND r.revision > p.revision AND r.state <> 'published')"""
NOT_COMPUTED_SQL = f"""
    SELECT DISTINCT s.central_id, month
    FROM callstats_source s
    JOIN callstats_callimport i ON i.source_id = s.id AND i.created_at > %(since)s
    CROSS JOIN jsonb_array_elements_text(i.affected_months) month
    WHERE i.state IN ('completed', 'completed_with_errors')
      AND NOT EXISTS (
        SELECT FROM callstats_indicatorperiod p
        WHERE p.central_id = s.central_id AND p.starts_on = (month || '-01')::date
          AND p.ends_on <= p.starts_on + 31
          AND (p.computed_at >= i.finished_at OR p.state = 'published' AND NOT {REVISED}))
    ORDER BY 1, 2
"""


LIMITS_SQL = f"""
    SELECT (SELECT array_agg(DISTINCT starts_on) FROM callstats_indicatorperiod p
            WHERE central_id = %(central)s::bigint AND state = 'published'
              AND ends_on <= starts_on + 31 AND NOT {REVISED}),
           (SELECT before_at FROM callstats_callpurge WHERE central_id = %(central)s::bigint),
           EXISTS (SELECT FROM callstats_exclusion
                   WHERE central_id = %(central)s::bigint AND state = 'approved')
"""


@dataclass(frozen=True)
class Limits:
    """What of a central takes no more rows: published months, and the time before a moment.

    And whether something is left out of its figures, which is to follow what is stored.
    """

    locked: tuple[date, ...]
    purged_before: datetime | None
    leaves_out: bool


def limits_of(*, central_id: int) -> Limits:
    """Read them under the central's lock."""
    [(locked, purged_before, leaves_out)] = prepared.rows(LIMITS_SQL, {"central": central_id})
    return Limits(locked=tuple(locked or ()), purged_before=purged_before, leaves_out=leaves_out)


def months_not_computed(*, at: datetime) -> list[tuple[int, int, int]]:
    """(central id, year, month) touched by an import of the last days and not computed since.

    A worker may die between storing the calls and queueing the computing.
    """
    with connection.cursor() as cursor:
        cursor.execute(NOT_COMPUTED_SQL, {"since": at - LOOKED_BACK})
        return [
            (central_id, *map(int, month.split("-"))) for central_id, month in cursor.fetchall()
        ]


def stored_before(call_import: CallImport) -> CallImport | None:
    """The newest stored import of the very same file, among the source's latest ones.

    Index import_source_created; a system that sends every minute has a million imports.
    """
    every = CallImport.objects.filter(source_id=call_import.source_id)
    latest = every.order_by("-created_at", "pk")[:IMPORTS_LOOKED_AT]
    same = CallImport.objects.filter(pk__in=latest.values("pk"), state__in=STORED)
    found = same.filter(sha256=call_import.sha256).exclude(pk=call_import.pk)
    return found.order_by("-created_at", "pk").first()


def is_first_of_source(call_import: CallImport) -> bool:
    """Whether nothing of the import's source is stored yet."""
    stored = CallImport.objects.filter(source_id=call_import.source_id, state__in=STORED)
    return not stored.exclude(pk=call_import.pk).exists()
