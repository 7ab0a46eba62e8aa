"""A chief executives' meeting on 9 December 2025, planned a month before."""

from datetime import UTC, datetime

import pytest

from municipalities.meetings.forums.models import Duty
from municipalities.meetings.meeting import operations
from tests.conftest import NOW
from tests.factories import meetings

BEGINS_AT = datetime(2025, 12, 9, 8, 0, tzinfo=UTC)
ENDS_AT = datetime(2025, 12, 9, 10, 0, tzinfo=UTC)


@pytest.fixture
def forum(cooperation, host_director, secretary, partner_director, partner):
    """Alver's director has the chair; Rita has no login."""
    forum = meetings.forum(cooperation=cooperation)
    meetings.member(forum=forum, user=host_director, duty=Duty.CHAIR)
    meetings.member(forum=forum, user=secretary, duty=Duty.SECRETARY)
    meetings.member(forum=forum, user=partner_director, municipality=partner)
    meetings.member(forum=forum)
    return forum


@pytest.fixture
def meeting(forum, secretary):
    return operations.plan(
        forum=forum,
        starts_at=BEGINS_AT,
        ends_at=ENDS_AT,
        place="Møterommet på Øya",
        message="Årsmøtet og økonomien blir drøfta først, så ver førebudde på spørsmål om løn.",
        by=secretary,
        at=NOW,
    )


@pytest.fixture
def called(meeting, secretary):
    return operations.call(meeting=meeting, by=secretary, at=NOW)


@pytest.fixture
def rita(meeting):
    return meeting.invitees.get(user=None)
