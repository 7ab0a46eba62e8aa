"""A chief executives' meeting that was held on 28 October 2025, with its people and items."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from municipalities.meetings.agenda.models import ItemKind, Standing
from municipalities.meetings.forums.models import Duty
from municipalities.meetings.minutes import operations
from tests.factories import meetings

HELD = datetime(2025, 10, 28, 12, 0, tzinfo=UTC)
OUT = datetime(2025, 10, 29, 8, 0, tzinfo=UTC)
UNTIL = OUT.date().replace(month=11, day=5)
AFTER = datetime(2025, 11, 6, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def prepared(settings):
    settings.PREPARED_TOPICS = ["tests.municipalities.meetings.minutes.prepared.TOPIC"]


@pytest.fixture
def forum(cooperation):
    return meetings.forum(cooperation=cooperation)


@pytest.fixture
def meeting(forum):
    return meetings.called(forum=forum)


@pytest.fixture
def people(meeting, partner_director, secretary, partner, host):
    """Fedje's director has the chair; the guest has no login."""
    return SimpleNamespace(
        chair=meetings.invitee(
            meeting=meeting, user=partner_director, duty=Duty.CHAIR, municipality=partner
        ),
        secretary=meetings.invitee(
            meeting=meeting, user=secretary, duty=Duty.SECRETARY, municipality=host
        ),
        guest=meetings.invitee(meeting=meeting, duty=Duty.GUEST),
    )


@pytest.fixture
def items(meeting):
    return SimpleNamespace(
        previous=meetings.item(
            meeting=meeting,
            title="Minutes of the previous meeting",
            kind=ItemKind.STANDING,
            standing=Standing.APPROVE_MINUTES,
        ),
        status=meetings.item(
            meeting=meeting,
            title="Professional status",
            kind=ItemKind.REPORT,
            topic="Professional status",
            page="status",
            case_year=2025,
            case_number=6,
        ),
        case=meetings.item(
            meeting=meeting,
            title="Bemanning om natta",
            proposal="Det blir to operatørar om natta.",
            case_year=2025,
            case_number=7,
        ),
    )


@pytest.fixture
def minutes(meeting, people, items, secretary):
    return operations.begin(meeting=meeting, by=secretary, at=HELD)


@pytest.fixture
def written(minutes, items, people):
    """Minutes in which everything is written."""
    operations.write_item(item=items.status, discussion="Det går betre.", outcome="treated")
    operations.write_item(
        item=items.case,
        discussion="Fedje bad om døme.",
        decision="Det blir to operatørar om natta.",
        vote="Samrøystes",
        outcome="treated",
    )
    operations.record_presence(
        meeting=minutes.meeting,
        present={people.chair.pk, people.secretary.pk},
        deputies={people.guest.pk: "Ole Vara"},
    )
    return minutes


@pytest.fixture
def out(written, secretary):
    """Minutes that are out for remarks until 5 November."""
    return operations.open_hearing(minutes=written, until=UNTIL, by=secretary, at=OUT)


@pytest.fixture
def approved(out, partner_director):
    return operations.approve(minutes=out, by=partner_director, at=AFTER)
