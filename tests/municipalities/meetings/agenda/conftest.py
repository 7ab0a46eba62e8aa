"""A chief executives' forum of two, with two meetings planned in the autumn of 2025."""

from datetime import UTC, datetime

import pytest

from municipalities.meetings.meeting import operations as meeting_operations
from tests.conftest import NOW
from tests.factories import meetings

TOPICS = ["Professional status", "Deviations"]
IN_NOVEMBER = datetime(2025, 11, 25, 8, 0, tzinfo=UTC)
IN_DECEMBER = datetime(2025, 12, 9, 8, 0, tzinfo=UTC)


def plan(forum, starts_at=IN_DECEMBER):
    """A meeting of an hour, with its agenda begun."""
    return meeting_operations.plan(
        forum=forum, starts_at=starts_at, ends_at=starts_at.replace(hour=9), by=None, at=NOW
    )


def titles(meeting):
    return [each.title for each in meeting.items.order_by("position")]


@pytest.fixture
def forum(cooperation):
    return meetings.forum(cooperation=cooperation, topics=TOPICS)


@pytest.fixture
def demanding(forum):
    """The forum, in which a third can demand an item."""
    forum.may_demand = True
    forum.save()
    return forum


@pytest.fixture
def meeting(forum):
    return plan(forum)


@pytest.fixture
def called(meeting):
    meetings.invitee(meeting=meeting)
    return meeting_operations.call(meeting=meeting, by=None, at=NOW)
