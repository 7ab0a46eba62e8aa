"""The imports that a period's figures rest on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from legevakt.lib.periods import Period
from municipalities.models import Central

# An import takes no call of more than a day ahead, so those from before the period are left out
# by the index on (source, created_at).
BEHIND_SQL = """
    SELECT count(*), coalesce(sum(received), 0), coalesce(sum(created), 0),
           coalesce(sum(updated), 0), coalesce(sum(unchanged), 0), coalesce(sum(rejected), 0),
           encode(sha256(convert_to(
               coalesce(string_agg(i.id || ' ' || i.sha256, E'\n' ORDER BY i.id), ''), 'UTF8'
           )), 'hex')
    FROM callstats_callimport i
    WHERE i.source_id IN (SELECT id FROM callstats_source WHERE central_id = %(central)s)
      AND i.created_at >= %(since)s AND i.state IN ('completed', 'completed_with_errors')
      AND i.first_at < %(ends_at)s AND i.last_at >= %(starts_at)s
"""


@dataclass(frozen=True)
class ImportsBehind:
    """How many imports touch a period, and what became of their rows. No names of files.

    `sha256` is of the lines `<import's id> <SHA-256 of its file>` in order of id, so that an
    auditor can tell whether the same deliveries stand behind a figure.
    """

    imports: int = 0
    received: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    sha256: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def imports_behind(*, central: Central, period: Period) -> ImportsBehind:
    """The completed imports whose calls lie in the period, wholly or partly."""
    with connection.cursor() as cursor:
        cursor.execute(
            BEHIND_SQL,
            {
                "central": central.pk,
                "since": period.starts_at - timedelta(days=1),
                "starts_at": period.starts_at,
                "ends_at": period.ends_at,
            },
        )
        *counts, sha256 = cursor.fetchone()
    names = ("imports", "received", "created", "updated", "unchanged", "rejected")
    return ImportsBehind(**dict(zip(names, map(int, counts), strict=True)), sha256=sha256)
