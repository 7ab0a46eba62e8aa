"""Hearings for the tests, opened through the front door."""

from datetime import UTC, date, datetime

from municipalities.hearings import operations
from municipalities.hearings.models import Position

AT = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
DEADLINE = date(2025, 12, 1)


def opened(*, cooperation, municipalities, title="New key", deadline_date=DEADLINE, at=AT, **more):
    """A hearing in which the municipalities are asked."""
    return operations.open_hearing(
        cooperation=cooperation,
        title=title,
        question="What do you think of it?",
        deadline_date=deadline_date,
        municipalities=municipalities,
        by=None,
        at=at,
        **more,
    )


def answered(hearing, *, by, at=AT, position=Position.AGREES, text="", document=None):
    """The only municipality's answer, or the first one's by number."""
    row = hearing.answers.order_by("municipality__number").first()
    return operations.answer(
        answer=row, position=position, text=text, document=document, by=by, at=at
    )


def closed(hearing, *, by, at=AT, outcome="It is adopted.", decision=None):
    """The hearing, closed."""
    return operations.close(hearing=hearing, outcome=outcome, decision=decision, by=by, at=at)
