"""Which measures of the reviews are still to be done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from municipalities.quality.review.models import ReviewPoint
from municipalities.quality.review.rules import Judged, open_measures


def still_open(points: Iterable[ReviewPoint]) -> list[ReviewPoint]:
    """Those of the points whose measure is open, by deadline.

    The points come with their `review` and `done`, of every year that counts.
    """
    known = {(each.review.year, each.code): each for each in points}
    judged = [
        Judged(
            year,
            code,
            status=each.status,
            has_measure=bool(each.measure),
            is_done=hasattr(each, "done"),
        )
        for (year, code), each in known.items()
    ]
    found = [known[each.year, each.code] for each in open_measures(judged)]
    return sorted(found, key=lambda each: (each.deadline_date or date.max, each.code))
