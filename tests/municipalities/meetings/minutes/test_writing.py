"""Writing the draft, alone and at the same time as somebody else."""

from dataclasses import replace

import pytest

from municipalities.meetings.meeting.models import MeetingState
from municipalities.meetings.minutes import operations
from municipalities.meetings.minutes.models import Minutes
from municipalities.meetings.minutes.writing import Presence, Said, WrittenMeanwhile, written
from municipalities.refused import Refused
from tests.factories import meetings
from tests.municipalities.meetings.minutes.conftest import AFTER, HELD, OUT


def test_minutes_are_begun_once(meeting, minutes, secretary):
    again = operations.begin(meeting=meeting, by=secretary, at=AFTER)

    assert again == minutes
    assert Minutes.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "is_not_called"),
        (
            {"state": MeetingState.CANCELLED, "cancelled_at": HELD, "cancel_reason": "Sjukdom"},
            "is_cancelled",
        ),
    ],
)
def test_minutes_are_of_meetings_that_are_called(forum, secretary, fields, code):
    meeting = meetings.planned(forum=forum, **fields)

    with pytest.raises(Refused, match=code):
        operations.begin(meeting=meeting, by=secretary, at=HELD)


def test_what_one_changes_is_stored_and_the_rest_stays(minutes, items, people, secretary):
    before = written(minutes)
    operations.write_item(item=items.status, discussion="Skrive av ein annan")
    said = replace(
        before,
        introduction="Møtet vart sett kl. 9.",
        people=before.people | {people.guest.pk: Presence(is_present=False, deputy="Ole")},
        items=before.items | {items.case.pk: Said(decision="Ja", outcome="treated")},
    )

    stored = operations.write(minutes=minutes, said=said, marks=before.marks, by=secretary, at=HELD)

    now = written(stored)
    assert now.introduction == "Møtet vart sett kl. 9."
    assert now.items[items.status.pk].discussion == "Skrive av ein annan"
    assert now.items[items.case.pk] == Said(decision="Ja", outcome="treated")
    assert now.people[people.guest.pk].deputy == "Ole"
    assert now.people[people.chair.pk].is_present is None


def test_two_who_write_on_the_same_item_do_not_overwrite_each_other(minutes, items, secretary):
    before = written(minutes)
    operations.write_item(item=items.case, discussion="Den eine")
    said = replace(
        before,
        introduction="Ny",
        items=before.items | {items.case.pk: Said(discussion="Den andre")},
    )

    with pytest.raises(WrittenMeanwhile) as refused:
        operations.write(minutes=minutes, said=said, marks=before.marks, by=secretary, at=HELD)

    assert refused.value.parts == {f"item-{items.case.pk}"}
    now = written(Minutes.objects.get())
    assert (now.introduction, now.items[items.case.pk].discussion) == ("", "Den eine")


def test_nobody_is_both_present_and_met_for(minutes, people):
    with pytest.raises(Refused, match="present_and_met_for"):
        operations.record_presence(
            meeting=minutes.meeting, present={people.chair.pk}, deputies={people.chair.pk: "Ole"}
        )


def test_nothing_is_written_while_others_read_it_but_after(out, secretary):
    before = written(out)
    said = replace(before, introduction="Ny")
    told = {"said": said, "marks": before.marks, "by": secretary}

    with pytest.raises(Refused, match="is_out_for_remarks"):
        operations.write(minutes=out, at=OUT, **told)

    assert operations.write(minutes=out, at=AFTER, **told).introduction == "Ny"


def test_an_item_that_the_meeting_took_up_is_last_and_numbered(minutes, items):
    item = operations.take_up(minutes=minutes, kind="case", title="Straumbrotet", at=HELD)

    assert item.is_added
    assert item.position > items.case.position
    assert (item.case_year, item.case_number) == (2025, 8)
