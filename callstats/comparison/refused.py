"""How many rows were refused by the imports that touch a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import connection

from legevakt.lib.periods import Period, local_day
from municipalities.models import Central

# As in callstats/periods/behind.py, for many months at once. An import that reaches over the
# end of a month counts in both: which month a refused row was of is not known.
REFUSED_SQL = """
    SELECT m.starts_at, sum(i.rejected)
    FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) AS m (starts_at, ends_at)
    JOIN callstats_callimport i ON i.first_at < m.ends_at AND i.last_at >= m.starts_at
    WHERE i.source_id IN (SELECT id FROM callstats_source WHERE central_id = %(central)s)
      AND i.created_at >= %(since)s AND i.rejected > 0
      AND i.state IN ('completed', 'completed_with_errors')
    GROUP BY 1
"""


def refused_rows(*, central: Central, months: Sequence[Period]) -> dict[date, int]:
    """First day → refused rows, of the months that have any."""
    if not months:
        return {}
    own = sorted(set(months))
    with connection.cursor() as cursor:
        cursor.execute(
            REFUSED_SQL,
            {
                "central": central.pk,
                "starts": [month.starts_at for month in own],
                "ends": [month.ends_at for month in own],
                "since": own[0].starts_at - timedelta(days=1),
            },
        )
        return {local_day(starts_at): int(rows) for starts_at, rows in cursor.fetchall()}
