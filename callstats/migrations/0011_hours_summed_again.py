"""The hours of which the calls are still stored, summed again by municipality and with the times
until somebody was called back. Older hours stay as they are, their municipality unknown."""

from django.db import migrations

FROM_CALLS = """
    CREATE TEMP TABLE hours_again ON COMMIT DROP AS
    SELECT central_id, line_id, hour_at, outcome, coalesce(municipality, '') AS municipality,
           count(*) AS calls,
           count(*) FILTER (WHERE time_quality = 'ambiguous') AS ambiguous_calls,
           coalesce(array_agg((wait_seconds * 1000)::int ORDER BY wait_seconds)
                    FILTER (WHERE wait_seconds IS NOT NULL), '{}') AS waits_ms,
           coalesce(array_agg(rung_back_ms ORDER BY rung_back_ms)
                    FILTER (WHERE rung_back_ms IS NOT NULL), '{}') AS rung_back_ms,
           coalesce(sum(talk_seconds), 0) AS talk_seconds
    FROM (
        SELECT c.*, date_trunc('hour', arrived_at, 'UTC') AS hour_at,
            CASE WHEN outcome = 'callback_requested'
                      AND answered_at - arrived_at < interval '1 day'
                 THEN floor(extract(epoch FROM answered_at - arrived_at) * 1000)::int
            END AS rung_back_ms
        FROM callstats_call c
    ) calls
    GROUP BY 1, 2, 3, 4, 5;
    DELETE FROM callstats_callhour h USING (
        SELECT DISTINCT central_id, line_id, hour_at, outcome FROM hours_again
    ) a
    WHERE (h.central_id, h.line_id, h.hour_at, h.outcome)
        = (a.central_id, a.line_id, a.hour_at, a.outcome);
    INSERT INTO callstats_callhour
        (central_id, line_id, hour_at, outcome, municipality, calls, ambiguous_calls, waits_ms,
         rung_back_ms, talk_seconds)
    SELECT central_id, line_id, hour_at, outcome, municipality, calls, ambiguous_calls, waits_ms,
           rung_back_ms, talk_seconds
    FROM hours_again;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("callstats", "0010_hours_by_municipality"),
    ]

    operations = [migrations.RunSQL(FROM_CALLS, migrations.RunSQL.noop)]
