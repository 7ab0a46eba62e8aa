"""Deleting what may not be kept any longer: calls go, their hourly sums stay."""

from __future__ import annotations

from datetime import date, datetime, time

from django.conf import settings
from django.db import connection, transaction

from callstats.calls import operations as calls
from callstats.exclusions.summing import resum_before
from legevakt.lib.periods import OSLO, wall_time_to_utc
from municipalities.models import Central


def purge_calls(*, at: datetime) -> int:
    """Delete every central's calls from before the retention's first month; returns how many.

    Their revisions and event lines go with them. Later deliveries of that time are refused,
    since an hour cannot be summed again without its calls.
    """
    before_at = keeps_from(at=at, months=settings.CALL_RETENTION_MONTHS)
    return sum(_purge(central, before_at) for central in Central.objects.order_by("pk"))


def keeps_from(*, at: datetime, months: int) -> datetime:
    """The first moment of the local month so many months before that of `at`.

    >>> keeps_from(at=datetime.fromisoformat("2026-11-22T12:00:00+01:00"), months=13).isoformat()
    '2025-09-30T22:00:00+00:00'
    """
    today = at.astimezone(OSLO).date()
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return wall_time_to_utc(day=date(year, month + 1, 1), wall=time())


@transaction.atomic
def _purge(central: Central, before_at: datetime) -> int:
    Central.objects.select_for_update(no_key=True).get(pk=central.pk)
    resum_before(central_id=central.pk, before_at=before_at)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM callstats_calltrace t USING callstats_source s"
            " WHERE s.id = t.source_id AND s.central_id = %s AND t.last_event_at < %s",
            [central.pk, before_at],
        )
    return calls.purge(central_id=central.pk, before_at=before_at)
