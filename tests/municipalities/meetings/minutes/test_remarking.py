"""Minutes for remarks: until the end of a day, answered before the approval."""

from datetime import UTC, datetime, timedelta

import pytest

from municipalities.meetings.meeting.models import LetterKind, MeetingLetter
from municipalities.meetings.minutes import operations
from municipalities.refused import Refused
from tests.factories import meetings
from tests.municipalities.meetings.minutes.conftest import AFTER, HELD, OUT, UNTIL

LAST_MINUTE = datetime(2025, 11, 5, 22, 59, tzinfo=UTC)
TOO_LATE = datetime(2025, 11, 5, 23, 0, tzinfo=UTC)  # midnight in Oslo


def sequences():
    letters = MeetingLetter.objects.filter(kind=LetterKind.HEARING)
    return sorted(letters.values_list("sequence", flat=True))


def test_all_who_were_called_are_asked_once(out):
    assert sequences() == [0, 0, 0]


def test_opening_again_asks_again(out, secretary):
    later = UNTIL + timedelta(days=7)

    again = operations.open_hearing(minutes=out, until=later, by=secretary, at=AFTER)

    assert again.hearing_until_date == later
    assert sequences() == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("until", "at", "code"),
    [
        (OUT.date(), OUT, "deadline_is_not_ahead"),
        (UNTIL, HELD - timedelta(hours=3), "is_not_held"),
    ],
)
def test_it_is_not_opened_too_early_or_with_a_day_that_has_passed(
    written, secretary, until, at, code
):
    with pytest.raises(Refused, match=code):
        operations.open_hearing(minutes=written, until=until, by=secretary, at=at)


def test_remarks_are_taken_to_the_end_of_the_day_in_oslo(out, partner_director):
    told = {"minutes": out, "text": "Det var tre.", "by": partner_director}

    operations.remark(at=LAST_MINUTE, **told)

    with pytest.raises(Refused, match="deadline_has_passed"):
        operations.remark(at=TOO_LATE, **told)
    assert out.remarks.count() == 1


def test_a_draft_takes_no_remarks(written, partner_director):
    with pytest.raises(Refused, match="no_remarks_are_waited_for"):
        operations.remark(minutes=written, text="Nei", by=partner_director, at=HELD)


def test_a_remark_is_on_an_item_of_the_meeting(out, forum, partner_director):
    other = meetings.item(meeting=meetings.called(forum=forum))

    with pytest.raises(Refused, match="item_of_another_meeting"):
        operations.remark(minutes=out, item=other, text="Nei", by=partner_director, at=OUT)


def test_answers_stop_when_the_minutes_are_approved(out, secretary, partner_director):
    remark = operations.remark(minutes=out, text="Det var tre.", by=partner_director, at=OUT)
    operations.answer_remark(remark=remark, answer="Retta.", by=secretary, at=AFTER)
    operations.approve(minutes=out, by=partner_director, at=AFTER)

    with pytest.raises(Refused, match="is_approved"):
        operations.answer_remark(remark=remark, answer="Nei", by=secretary, at=AFTER)
