"""Approval freezes the minutes, feeds the register and the obligations, and refuses with words."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from municipalities.decisions.models import Decision
from municipalities.meetings.agenda.models import AgendaItem
from municipalities.meetings.meeting.models import Invitee, LetterKind, Meeting, MeetingLetter
from municipalities.meetings.minutes import operations
from municipalities.meetings.minutes.models import Minutes, MinutesState, Remark
from municipalities.meetings.minutes.queries import latest_approved
from municipalities.meetings.minutes.rules import sha256_of
from municipalities.obligations.models import Evidence
from municipalities.refused import Refused
from tests.factories import meetings, obligations
from tests.municipalities.meetings.minutes import prepared
from tests.municipalities.meetings.minutes.conftest import AFTER, HELD, OUT


def test_the_content_is_frozen_with_the_figures_as_they_were(approved, items, monkeypatch):
    monkeypatch.setitem(prepared.FIGURES, "answered", "12.0")

    content = Minutes.objects.get().content

    assert content["version"] == 1
    status, case = content["items"][1:]
    assert status["facts"] == {"answered": "81.5", "calls": 1234, "until": "2025-10-29"}
    assert (case["case"], case["vote"]) == ("Sak 7/25", "Samrøystes")
    assert [(each["is_present"], each["deputy"]) for each in content["people"]] == [
        (True, ""),
        (True, ""),
        (False, "Ole Vara"),
    ]
    assert content["approved_at"] == "2025-11-06T08:00:00+00:00"
    assert content["meeting"]["starts_at"] == "2025-10-28T08:00:00+00:00"


def test_the_fingerprint_is_of_what_the_database_keeps(approved):
    stored = Minutes.objects.get()

    assert stored.sha256 == sha256_of(stored.content)


def test_approving_again_changes_nothing(approved, partner_director):
    again = operations.approve(minutes=approved, by=partner_director, at=AFTER + timedelta(days=1))

    assert (again.approved_at, again.sha256) == (AFTER, approved.sha256)
    assert Decision.objects.count() == 1


def test_the_decision_is_in_the_register(approved, host):
    decision = Decision.objects.get()

    assert decision.municipality == host
    assert decision.case_number == "Sak 7/25 Kommunedirektørmøtet"
    assert (decision.body, decision.level) == ("Kommunedirektørmøtet", "administrative")
    assert decision.summary == "Det blir to operatørar om natta."
    assert decision.decided_date == date(2025, 10, 28)


def test_the_host_director_approves_too(out, host_director):
    found = operations.approve(minutes=out, by=host_director, at=AFTER)

    assert found.state == MinutesState.APPROVED


def test_decisions_of_a_bilateral_meeting_are_not_for_all(
    cooperation, partner, host_director, secretary
):
    forum = meetings.bilateral(cooperation=cooperation, partner=partner)
    meeting = meetings.called(forum=forum)
    meetings.item(
        meeting=meeting, outcome="treated", decision="Berre oss", case_number=1, case_year=2025
    )
    minutes = operations.begin(meeting=meeting, by=secretary, at=HELD)
    operations.open_hearing(minutes=minutes, until=OUT.date(), by=secretary, at=HELD)

    operations.approve(minutes=minutes, by=host_director, at=AFTER)

    assert not Decision.objects.exists()


def test_the_obligation_gets_its_evidence_with_the_topics_that_were_treated(
    out, forum, cooperation, partner_director
):
    obligations.established(cooperation=cooperation)
    forum.obligation_code = "director-meetings"
    forum.save()

    operations.approve(minutes=out, by=partner_director, at=AFTER)

    evidence = Evidence.objects.get()
    assert evidence.key == f"meeting:{out.meeting_id}"
    assert evidence.happened_date == date(2025, 10, 28)
    assert evidence.topics == ["Professional status"]
    assert evidence.path == f"/meetings/{cooperation.slug}/meeting/{out.meeting_id}/minutes/"


def test_the_minutes_before_are_noted(approved, forum, people, secretary, partner_director):
    later = meetings.called(forum=forum, starts_at=HELD + timedelta(days=5))

    assert latest_approved(forum=forum, before=later.starts_at) == approved
    assert latest_approved(forum=forum, before=approved.meeting.starts_at) is None


def test_who_may_not_approve_is_refused(out, secretary):
    with pytest.raises(Refused, match="may_not_approve"):
        operations.approve(minutes=out, by=secretary, at=AFTER)

    assert Minutes.objects.get().state == MinutesState.HEARING


def a_remark(out, items):
    operations.remark(minutes=out, text="Det var tre.", by=None, at=OUT)


def no_outcome(out, items):
    operations.write_item(item=items.status)


def nobody_noted(out, items):
    Invitee.objects.update(is_present=None)


def no_decision(out, items):
    operations.write_item(item=items.case, outcome="treated")


def still_a_draft(out, items):
    Minutes.objects.update(state=MinutesState.DRAFT)


@pytest.mark.parametrize(
    ("change", "at", "code", "named"),
    [
        (a_remark, AFTER, "remarks_are_unanswered", ""),
        (no_outcome, AFTER, "item_has_no_outcome", "Sak 6/25"),
        (nobody_noted, AFTER, "presence_is_not_noted", ""),
        (no_decision, AFTER, "case_has_no_decision", "Sak 7/25 Bemanning om natta"),
        (still_a_draft, AFTER, "was_not_out_for_remarks", ""),
        (None, OUT, "waits_for_remarks", ""),
        (None, HELD - timedelta(hours=3), "is_not_held", ""),
    ],
)
def test_what_is_not_ready_is_refused_and_nothing_is_stored(
    out, items, host_director, change, at, code, named
):
    if change:
        change(out, items)

    with pytest.raises(Refused, match=code) as refused:
        operations.approve(minutes=out, by=host_director, at=at)

    assert named in str(refused.value.facts)
    assert Minutes.objects.get().content is None
    assert not Decision.objects.exists()


def test_a_cancelled_meeting_has_no_approved_minutes(out, host_director):
    Meeting.objects.update(state="cancelled", cancelled_at=AFTER, cancel_reason="Feil")

    with pytest.raises(Refused, match="is_cancelled"):
        operations.approve(minutes=out, by=host_director, at=AFTER)
    with pytest.raises(IntegrityError, match="cancelled_meeting_has_no_approved_minutes"):
        Minutes.objects.update(state="approved", content={}, sha256="0" * 64, approved_at=AFTER)


CHANGES = [
    (Minutes, {"introduction": "Ny"}, "approved_minutes_stay"),
    (Minutes, {"content": {}}, "approved_minutes_stay"),
    (
        Minutes,
        {"state": "draft", "content": None, "sha256": "", "approved_at": None},
        "approved_minutes_stay",
    ),
    (AgendaItem, {"decision": "Ny"}, "items_of_approved_minutes_stay"),
    (Invitee, {"is_present": None}, "invitees_of_approved_minutes_stay"),
    (Meeting, {"place": "Ny"}, "meeting_with_approved_minutes_stays"),
    (Remark, {"answer": "Ny"}, "remarks_belong_to_minutes_that_wait_for_them"),
]


def test_the_database_keeps_what_is_approved(out, partner_director):
    remark = operations.remark(minutes=out, text="Det var tre.", by=None, at=OUT)
    operations.answer_remark(remark=remark, answer="Retta.", by=None, at=OUT)
    operations.approve(minutes=out, by=partner_director, at=AFTER)

    for model, change, rule in CHANGES:
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            model.objects.all()._raw_delete("default")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"content": {}}, "approved_minutes_have_their_content"),
        ({"state": "hearing"}, "minutes_for_remarks_have_a_deadline"),
    ],
)
def test_the_database_refuses_what_is_half_said(minutes, change, rule):
    with pytest.raises(IntegrityError, match=rule):
        Minutes.objects.update(**change)


def test_sending_is_claimed_once_for_each(approved, secretary):
    sent = operations.send(minutes=approved, by=secretary, at=AFTER)
    operations.send(minutes=sent, by=secretary, at=AFTER + timedelta(days=1))

    assert (sent.state, sent.sent_at) == (MinutesState.SENT, AFTER)
    assert MeetingLetter.objects.filter(kind=LetterKind.MINUTES).count() == 3


def test_a_draft_is_not_sent(written, secretary):
    with pytest.raises(Refused, match="is_not_approved"):
        operations.send(minutes=written, by=secretary, at=HELD)
