"""Where one telephone system took over from another, so that a series is not of one piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from callstats.indicators.observing import SOURCES_SQL
from legevakt.lib.periods import Period
from municipalities.models import Central

BREAKS_SQL = f"""
    WITH sources AS ({SOURCES_SQL})
    SELECT ended.replaced_at, former.name, next.name
    FROM sources ended
    JOIN sources begun ON begun.is_expected AND begun.first_at = ended.replaced_at
    JOIN callstats_source former ON former.id = ended.id
    JOIN callstats_source next ON next.id = begun.id
    WHERE ended.is_expected
      AND ended.replaced_at >= %(starts_at)s AND ended.replaced_at < %(ends_at)s
    ORDER BY 1, former.id, next.id
"""


@dataclass(frozen=True)
class SeriesBreak:
    """From `at` on the calls come from `after`; what `before` told of ended before that."""

    at: datetime
    before: str
    after: str


def series_breaks(*, central: Central, period: Period) -> list[SeriesBreak]:
    """The replacements within the period, in order, from the hours each source has told of.

    A source that falls silent while another goes on is no break (docs/decisions/0007).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            BREAKS_SQL,
            {
                "centrals": [central.pk],
                "starts_at": period.starts_at,
                "ends_at": period.ends_at,
            },
        )
        return [SeriesBreak(*row) for row in cursor.fetchall()]
