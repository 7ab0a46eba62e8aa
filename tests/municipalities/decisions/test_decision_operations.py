"""Registering, correcting, recording what followed; told of, confirmed and reminded of once."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.core import mail as outbox
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from municipalities.access.models import User
from municipalities.decisions import operations, tasks
from municipalities.decisions.facts import DecisionError
from municipalities.decisions.models import DecisionKind, Level, Notification
from municipalities.decisions.rules import EventKind
from municipalities.models import Participant
from municipalities.obligations.models import Due, Evidence
from tests.factories.decisions import AT, RECEIPT_BY, decided, facts
from tests.factories.municipalities import CooperationFactory, MunicipalityFactory
from tests.factories.obligations import established

pytestmark = pytest.mark.usefixtures("clock")
LATER = datetime(2025, 11, 18, 6, tzinfo=UTC)


@pytest.fixture
def masfjorden(cooperation):
    """Another partner."""
    found = MunicipalityFactory(number="4634", name="Masfjorden")
    Participant.objects.create(
        cooperation=cooperation, municipality=found, joined_date=date(2024, 1, 1)
    )
    return found


def kept_with(cooperation) -> list[str]:
    """The municipalities of which a receipt is evidence, by number."""
    evidence = Evidence.objects.filter(due__obligation__cooperation=cooperation)
    return sorted(evidence.values_list("due__municipality__number", flat=True))


def refusal(call) -> tuple[str, str | None]:
    with pytest.raises(DecisionError) as caught:
        call()
    return caught.value.code, caught.value.field


def test_everybody_else_who_takes_part_that_day_is_notified(cooperation, host, partner, masfjorden):
    Participant.objects.filter(municipality=masfjorden).update(left_date=date(2025, 11, 3))
    of_partner = decided(cooperation=cooperation, municipality=partner)
    assert [each.municipality for each in of_partner.notifications.all()] == [host]
    assert of_partner.notifications.get().deadline_date == RECEIPT_BY

    quiet = decided(cooperation=cooperation, receipt_by=None, title="Quiet")
    assert (quiet.is_notified, quiet.notifications.count()) == (False, 0)
    operations.notify(decision=quiet, receipt_by=RECEIPT_BY, at=AT)
    operations.notify(decision=quiet, receipt_by=RECEIPT_BY, at=AT)
    quiet.refresh_from_db()
    assert (quiet.is_notified, quiet.notifications.get().municipality) == (True, partner)
    early = {"decision": quiet, "receipt_by": date(2025, 11, 2), "at": AT}
    assert refusal(lambda: operations.notify(**early)) == ("receipt_by_has_passed", "receipt_by")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"decided_date": date(2025, 11, 4)}, "no_such_day"),
        ({"decided_date": date(1889, 1, 1)}, "no_such_day"),
        ({"is_exempt": True}, "ground_is_missing"),
        ({"exemption_basis": "offentleglova § 13"}, "ground_without_exemption"),
        ({"appeal_deadline_date": date(2025, 11, 2)}, "deadline_before_decision"),
        ({"kind": DecisionKind.INSTRUCTION}, "by_the_host"),
        ({"kind": DecisionKind.REVERSAL}, "by_the_host"),
    ],
)
def test_what_cannot_be_is_refused_by_name(cooperation, told, code):
    assert refusal(lambda: decided(cooperation=cooperation, **told))[0] == code


def test_a_reversal_is_a_partners_and_names_an_administrative_decision_of_the_host(
    cooperation, partner
):
    def reversal(reverses, **told):
        return decided(
            cooperation=cooperation,
            municipality=partner,
            kind=DecisionKind.REVERSAL,
            reverses=reverses,
            title="Reversed",
            **told,
        )

    hosts = decided(cooperation=cooperation)
    political = decided(cooperation=cooperation, level=Level.POLITICAL, title="Budget")
    own = decided(cooperation=cooperation, municipality=partner, title="Own")
    elsewhere = decided(cooperation=CooperationFactory(host=cooperation.host, slug="elsewhere"))
    assert refusal(lambda: reversal(None)) == ("reverses_nothing", "reverses")
    for wrong in (political, own, elsewhere):
        assert refusal(lambda wrong=wrong: reversal(wrong)) == ("not_the_hosts", "reverses")
    too_early = {"decided_date": date(2025, 11, 2)}
    assert refusal(lambda: reversal(hosts, **too_early))[0] == "reversed_before_it_was_made"
    instructing = {"kind": DecisionKind.INSTRUCTION, "reverses": hosts, "title": "Do so"}
    assert refusal(
        lambda: decided(cooperation=cooperation, municipality=partner, **instructing)
    ) == ("reverses_without_reversal", "reverses")
    assert reversal(hosts).reverses == hosts

    changed = facts(municipality=cooperation.host, level=Level.POLITICAL)
    assert refusal(
        lambda: operations.correct(decision=hosts, facts=changed, reason="Typo", at=AT)
    ) == ("is_reversed", "municipality")
    moved = facts(municipality=cooperation.host, decided_date=date(2025, 11, 5))
    later = {"reason": "Typo", "at": LATER}
    assert refusal(lambda: operations.correct(decision=hosts, facts=moved, **later)) == (
        "decided_after_what_followed",
        "decided_date",
    )


def test_who_takes_no_part_decides_nothing_here(cooperation):
    stranger = MunicipalityFactory(number="0301", name="Oslo")
    assert refusal(lambda: decided(cooperation=cooperation, municipality=stranger)) == (
        "takes_no_part",
        "municipality",
    )


def test_a_correction_keeps_what_stood_and_why_and_whom_it_goes_to(
    cooperation, host, partner, masfjorden
):
    decision = decided(cooperation=cooperation, municipality=partner)
    told = facts(municipality=host, title="New rota, corrected")
    operations.correct(decision=decision, facts=told, reason="Wrong municipality", at=AT)

    decision.refresh_from_db()
    assert (decision.title, decision.municipality) == ("New rota, corrected", host)
    notified = decision.notifications.order_by("municipality__number")
    assert [each.municipality for each in notified] == [partner, masfjorden]
    before, after = decision.events.order_by("pk").filter(pgh_label__in=["insert", "update"])
    assert (before.title, after.title) == ("New rota", "New rota, corrected")
    assert after.pgh_context.metadata["reason"] == "Wrong municipality"


@pytest.mark.parametrize(
    ("event", "value", "code"),
    [
        (EventKind.APPEAL, date(2025, 11, 2), "event_before_decision"),
        (EventKind.LEGALITY, date(2025, 11, 19), "event_in_future"),
        (EventKind.APPEAL_OUTCOME, "upheld", "outcome_of_nothing"),
        (EventKind.LEGALITY_OUTCOME, "lawful", "outcome_of_nothing"),
        (EventKind.FOLLOW_UP, date(2025, 11, 3), "nothing_to_follow_up"),
    ],
)
def test_what_followed_is_checked_against_the_decision(cooperation, event, value, code):
    decision = decided(cooperation=cooperation)
    record = {"decision": decision, "event": event, "value": value, "at": LATER}
    assert refusal(lambda: operations.record(**record))[0] == code


def test_what_followed_is_recorded_and_the_history_keeps_it(cooperation, partner):
    instruction = decided(
        cooperation=cooperation, municipality=partner, kind=DecisionKind.INSTRUCTION
    )
    for event, value in (
        (EventKind.APPEAL, date(2025, 11, 4)),
        (EventKind.APPEAL_OUTCOME, "upheld"),
        (EventKind.LEGALITY, date(2025, 11, 5)),
        (EventKind.LEGALITY_OUTCOME, "lawful"),
        (EventKind.FOLLOW_UP, date(2025, 11, 6)),
    ):
        operations.record(decision=instruction, event=event, value=value, at=LATER)
    instruction.refresh_from_db()
    assert (instruction.appealed_date, instruction.appeal_outcome) == (date(2025, 11, 4), "upheld")
    assert instruction.legality_outcome == "lawful"
    assert instruction.followed_up_date == date(2025, 11, 6)


def test_a_receipt_is_given_once_and_is_evidence_that_the_participant_was_notified(
    cooperation, partner, masfjorden, partner_director, leader
):
    established(cooperation=cooperation)
    decision = decided(cooperation=cooperation)

    def confirmed(*municipalities, by=partner_director, at=AT):
        return operations.confirm(decision=decision, municipalities=municipalities, by=by, at=at)

    dues = Due.objects.filter(about=decision.title)
    assert sorted(dues.values_list("due_date", flat=True)) == [RECEIPT_BY, RECEIPT_BY]
    assert confirmed(partner) == 1
    assert kept_with(cooperation) == ["4633"]
    assert confirmed(partner, by=leader, at=LATER) == 0, "the first receipt stands"
    assert decision.notifications.get(municipality=partner).read_by == partner_director
    assert confirmed(masfjorden) == 1
    assert confirmed(masfjorden) == 0
    assert kept_with(cooperation) == ["4633", "4634"]


def test_a_participants_own_decision_is_no_obligation_of_the_host(cooperation, host, partner):
    established(cooperation=cooperation)
    decided(cooperation=cooperation, municipality=partner)
    assert not Due.objects.filter(obligation__code="decision-notification").exists()


def test_those_who_answer_are_told_once_and_reminded_once_after_the_deadline(
    cooperation, partner_director, host_director, clock
):
    decided(cooperation=cooperation)
    for _tick in range(3):
        tasks.tell_participants()
        tasks.remind_participants()
    (notice,) = outbox.outbox
    assert notice.to == [partner_director.email]
    assert notice.subject == "Alver has decided: New rota"
    assert "confirm for Fedje by 17 November 2025" in notice.body
    assert "/agreement/nordhordland/decisions/" in notice.body

    clock.move_to(datetime(2025, 11, 17, 22, 59, tzinfo=UTC))
    tasks.remind_participants()
    assert len(outbox.outbox) == 1, "in Oslo it is still the day of the deadline"
    clock.move_to(LATER)
    for _tick in range(2):
        tasks.remind_participants()
    assert [each.subject for each in outbox.outbox[1:]] == [
        "Reminder: a decision of Alver is to be confirmed"
    ]
    assert "Fedje was to confirm it by 17 November 2025" in outbox.outbox[1].body


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_a_mail_tells_nothing_of_what_is_exempt(cooperation, partner_director, clock, language):
    User.objects.filter(pk=partner_director.pk).update(language=language)
    secret = {"title": "Taushetsbelagt", "summary": "Innhald", "case_number": "25/7"}
    decided(cooperation=cooperation, is_exempt=True, exemption_basis="offentleglova § 13", **secret)
    tasks.tell_participants()
    clock.move_to(LATER)
    tasks.remind_participants()
    assert len(outbox.outbox) == 2
    for message in outbox.outbox:
        whole = message.subject + message.body + message.alternatives[0].content
        assert "25/7" in whole
        for words in ("Taushetsbelagt", "Innhald"):
            assert words not in whole


def test_where_nobody_answers_it_is_told_when_somebody_does(cooperation, partner, request, leader):
    decided(cooperation=cooperation)
    tasks.tell_participants()
    assert Notification.objects.get().told_at is None
    request.getfixturevalue("partner_director")
    tasks.tell_participants()
    assert Notification.objects.get().told_at == timezone.now()
    assert len(outbox.outbox) == 1


def test_who_has_confirmed_is_neither_told_nor_reminded(cooperation, partner, partner_director):
    decision = decided(cooperation=cooperation)
    operations.confirm(decision=decision, municipalities=[partner], by=partner_director, at=AT)
    tasks.tell_participants()
    tasks.tell_person(notification_id=decision.notifications.get().pk, user_id=partner_director.pk)
    assert outbox.outbox == []


def test_without_a_broker_the_next_tick_tells(cooperation, partner_director, monkeypatch):
    def no_broker(**_):
        raise OperationalError

    decided(cooperation=cooperation)
    with monkeypatch.context() as away:
        away.setattr(tasks.tell_person, "delay", no_broker)
        with pytest.raises(OperationalError):
            tasks.tell_participants()
    assert Notification.objects.get().told_at is None
    tasks.tell_participants()
    assert len(outbox.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_ticks_at_once_tell_once_and_receipts_at_once_are_each_evidence(
    cooperation, partner, masfjorden, partner_director
):
    established(cooperation=cooperation)
    decision = decided(cooperation=cooperation)
    Notification.objects.update(told_at=AT)
    decided(cooperation=cooperation, title="To be told of")
    gate, failures = threading.Barrier(4), []

    def run(work):
        try:
            gate.wait()
            work()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    def confirm(municipality):
        operations.confirm(
            decision=decision, municipalities=[municipality], by=partner_director, at=AT
        )

    works = [tasks.tell_participants, tasks.tell_participants]
    works += [lambda: confirm(partner), lambda: confirm(masfjorden)]
    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert [each.subject for each in outbox.outbox] == ["Alver has decided: To be told of"]
    assert kept_with(cooperation) == ["4633", "4634"]
