"""Who joined and who left in the year, and who gave notice.

Days are half-open, as the record keeps them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from legevakt.lib.periods import DAY
from municipalities.models import Participant
from municipalities.queries import withdrawals_of
from reporting.annual_report.chapters.chapter import ReportYear


def changes(asked: ReportYear) -> list[dict[str, Any]]:
    """Who joined or left, by day. One leaves in the year that has its last day. One query."""
    since, until = asked.period.starts_on, asked.known_day + DAY
    rows = Participant.objects.filter(
        Q(joined_date__gte=since, joined_date__lt=until)
        | Q(left_date__gt=since, left_date__lte=until),
        cooperation=asked.cooperation,
    ).select_related("municipality")
    found = []
    for each in rows:
        told = {"name": each.municipality.name, "area": each.area}
        if since <= each.joined_date < until:
            found.append({**told, "kind": "joined", "day": each.joined_date.isoformat()})
        if each.left_date and since < each.left_date <= until:
            found.append({**told, "kind": "left", "day": each.left_date.isoformat()})
    return sorted(found, key=lambda each: (each["day"], each["kind"], each["name"]))


def notices(asked: ReportYear) -> list[dict[str, str]]:
    """Notices of leaving that were received in the year and stand. One query."""
    since, until = asked.period.starts_on, asked.known_day + DAY
    return [
        {
            "name": each.municipality.name,
            "received": each.received_date.isoformat(),
            "leaves": each.leaves_date.isoformat(),
            "agreement": each.version.agreement.title,
        }
        for each in reversed(withdrawals_of(asked.cooperation))
        if since <= each.received_date < until and each.cancelled_date is None
    ]
