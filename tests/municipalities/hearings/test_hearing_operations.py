"""Opened, asked once, reminded once, answered until it is closed."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.db import connection
from kombu.exceptions import OperationalError

from municipalities.hearings import operations, tasks
from municipalities.hearings.models import Hearing, HearingAnswer, Position
from municipalities.hearings.operations import HearingError
from tests.factories.decisions import decided
from tests.factories.documents import kept
from tests.factories.hearings import AT, answered, closed, opened
from tests.factories.municipalities import CooperationFactory, MunicipalityFactory

pytestmark = pytest.mark.usefixtures("clock")
AFTER = datetime(2025, 12, 2, 9, tzinfo=UTC)


@pytest.fixture
def hearing(cooperation, partner):
    """Fedje is asked, by 1 December."""
    return opened(cooperation=cooperation, municipalities=[partner])


@pytest.fixture
def told_evidence(monkeypatch):
    """The hearings in which all were heard, as they are told of."""
    told = []
    monkeypatch.setattr(
        operations, "participants_were_heard", lambda *, hearing, by, at: told.append(hearing)
    )
    return told


def refusal(call) -> tuple[str, str | None]:
    with pytest.raises(HearingError) as caught:
        call()
    return caught.value.code, caught.value.field


def test_what_cannot_be_asked_is_refused_by_name(cooperation, partner):
    def opening(**told):
        return lambda: opened(**{"cooperation": cooperation, "municipalities": [partner]} | told)

    stranger = MunicipalityFactory(number="0301", name="Oslo")
    today = date(2025, 11, 3)
    assert refusal(opening(deadline_date=today)) == ("deadline_has_passed", "deadline_date")
    assert refusal(opening(municipalities=[])) == ("nobody_is_asked", "municipalities")
    assert refusal(opening(municipalities=[stranger])) == ("takes_no_part", "municipalities")
    assert not Hearing.objects.exists()


def test_an_answer_is_changed_until_the_hearing_is_closed(
    hearing, partner_director, leader, cooperation
):
    row = answered(hearing, by=partner_director)
    answered(hearing, by=partner_director, position=Position.DISAGREES, text="Too dear.")
    row.refresh_from_db()
    assert (row.position, row.text) == ("disagrees", "Too dear.")
    assert row.events.filter(position="agrees").exists(), "the history keeps the first"

    closed(hearing, by=leader)
    assert refusal(lambda: answered(hearing, by=partner_director)) == ("is_closed", None)
    assert refusal(lambda: closed(hearing, by=leader)) == ("is_closed", None)


def test_remarks_that_are_promised_are_given(hearing, partner_director, cooperation):
    promised = {"by": partner_director, "position": Position.WITH_REMARKS}
    assert refusal(lambda: answered(hearing, text=" ", **promised)) == (
        "remarks_are_missing",
        "text",
    )
    document = kept(cooperation=cooperation)
    assert answered(hearing, document=document, **promised).document == document


def test_a_hearing_is_closed_with_an_outcome_and_perhaps_a_decision(hearing, cooperation, leader):
    elsewhere = decided(cooperation=CooperationFactory(host=cooperation.host, slug="elsewhere"))
    assert refusal(lambda: closed(hearing, by=leader, outcome=" "))[0] == "outcome_is_missing"
    assert refusal(lambda: closed(hearing, by=leader, decision=elsewhere))[0] == (
        "another_cooperation"
    )
    decision = decided(cooperation=cooperation)
    closed(hearing, by=leader, decision=decision)
    hearing.refresh_from_db()
    assert (hearing.decision, hearing.closed_by, hearing.closed_at) == (decision, leader, AT)


@pytest.mark.parametrize(
    ("is_answered", "at", "is_told"),
    [(False, AT, False), (True, AT, True), (False, AFTER, True)],
)
def test_all_were_heard_when_all_answered_or_the_deadline_passed(
    hearing, partner_director, leader, told_evidence, is_answered, at, is_told
):
    if is_answered:
        answered(hearing, by=partner_director)
    closed(hearing, by=leader, at=at)
    assert told_evidence == ([hearing] if is_told else [])


def test_those_who_answer_are_asked_once_and_reminded_once_before_the_deadline(
    hearing, partner_director, host_director, clock
):
    for _tick in range(3):
        tasks.ask_participants()
        tasks.remind_participants()
    (asked,) = outbox.outbox
    assert (asked.to, asked.subject) == ([partner_director.email], "Hearing: New key")
    assert "can answer by 1 December 2025" in asked.body
    assert "/agreement/nordhordland/hearings/" in asked.body

    clock.move_to(datetime(2025, 11, 23, 12, tzinfo=UTC))
    tasks.remind_participants()
    assert len(outbox.outbox) == 1
    for day in (24, 25, 30):
        clock.move_to(datetime(2025, 11, day, 12, tzinfo=UTC))
        tasks.remind_participants()
    assert [each.subject for each in outbox.outbox[1:]] == ["Reminder: New key waits for an answer"]


def test_a_moved_deadline_reminds_anew_of_the_new_day(hearing, partner_director, leader, clock):
    told = {"title": "New key", "question": "And now?", "reason": "More time.", "at": AT}
    tasks.ask_participants()
    days = (24, date(2025, 12, 20)), (28, date(2025, 12, 4)), (29, date(2025, 12, 4))
    for day, deadline in days:
        clock.move_to(datetime(2025, 11, day, 12, tzinfo=UTC))
        tasks.remind_participants()
        operations.change(hearing=hearing, deadline_date=deadline, **told)
        tasks.remind_participants()
    reminders = [each for each in outbox.outbox if each.subject.startswith("Reminder")]
    assert ["1 December" in each.body for each in reminders] == [True, False]
    assert "4 December 2025" in reminders[1].body
    assert len({each.extra_headers["Message-ID"] for each in reminders}) == 2

    with pytest.raises(HearingError, match="deadline_has_passed"):
        operations.change(hearing=hearing, deadline_date=AT.date(), **told)
    answered(hearing, by=partner_director)
    with pytest.raises(HearingError, match="is_answered"):
        operations.change(hearing=hearing, deadline_date=date(2025, 12, 24), **told)


@pytest.mark.parametrize("what", ["answered", "closed", "past the deadline", "untold"])
def test_who_need_not_answer_is_not_reminded(hearing, partner_director, leader, clock, what):
    HearingAnswer.objects.update(told_at=None if what == "untold" else AT)
    day = 30
    if what == "answered":
        answered(hearing, by=partner_director)
    elif what == "closed":
        closed(hearing, by=leader)
    elif what == "past the deadline":
        day = 32
    clock.move_to(datetime(2025, 11, 1, 12, tzinfo=UTC) + timedelta(days=day - 1))
    tasks.remind_participants()
    row = hearing.answers.get()
    if what in ("answered", "closed"):
        tasks.tell_person(answer_id=row.pk, user_id=partner_director.pk)
    assert outbox.outbox == []
    assert row.reminded_at is None


def test_without_a_broker_the_next_tick_asks(hearing, partner_director, monkeypatch):
    def no_broker(**_):
        raise OperationalError

    with monkeypatch.context() as away:
        away.setattr(tasks.tell_person, "delay", no_broker)
        with pytest.raises(OperationalError):
            tasks.ask_participants()
    assert hearing.answers.get().told_at is None
    tasks.ask_participants()
    assert len(outbox.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_ticks_at_once_ask_once_and_an_answer_never_slips_in_after_closing(
    hearing, partner_director, leader
):
    gate, refused = threading.Barrier(4), []

    def run(work):
        try:
            gate.wait()
            work()
        except HearingError as error:
            refused.append(error.code)
        finally:
            connection.close()

    works = [tasks.ask_participants, tasks.ask_participants]
    works += [
        lambda: closed(hearing, by=leader),
        lambda: answered(hearing, by=partner_director),
    ]
    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outbox.outbox) <= 1
    is_answered = hearing.answers.get().answered_at is not None
    assert refused == ([] if is_answered else ["is_closed"])
