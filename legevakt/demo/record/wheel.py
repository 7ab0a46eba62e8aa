"""What is done of the year's fixed days, and the cooperation's own events in the year wheel.

All that has been due since January is marked on its day, but for the latest, which is late.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.meetings.year_wheel import operations
from municipalities.meetings.year_wheel.queries import fixed
from municipalities.meetings.year_wheel.rules import Entry, State, in_order

OWN = (
    ("Vernerunde på legevakta", "quality", ["04-10", "10-10"], "leader"),
    ("Medarbeidarsamtalar", "other", ["03-15"], "leader"),
    ("Sommarturnus klar", "other", ["05-01"], "leader"),
    ("Oppseiing av avtalen må meldast før årsskiftet", "agreement", ["12-31"], "secretary"),
)
DONE_BEFORE = timedelta(days=2)


def write(*, founded: Cooperation, at: datetime) -> None:
    """Own events of every year, and this year's marks."""
    year, secretary = local_day(at).year, User.objects.get(email="sekretariat@alver.example")
    for title, category, days, responsible in OWN:
        operations.add_event(
            cooperation=founded,
            title=title,
            category=category,
            days=days,
            responsible=responsible,
            starts_year=year,
            by=secretary,
        )
    entries = fixed(cooperation=founded, years=[year], today=local_day(at))
    past = (State.LATE, State.UNMARKED)
    for entry in [each for each in in_order(entries) if each.state in past][:-1]:
        _mark(entry, founded=founded, by=secretary)


def _mark(entry: Entry, *, founded: Cooperation, by: User) -> None:
    done_date = entry.day - DONE_BEFORE
    operations.mark_done(
        cooperation=founded,
        code=entry.code,
        due_date=entry.day,
        done_date=done_date,
        by=by,
        at=datetime.combine(done_date, time(12), tzinfo=UTC),
    )
