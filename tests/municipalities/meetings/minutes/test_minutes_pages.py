"""The pages: who sees what when, the whole meeting on one page, and each step refused in words."""

import json

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from municipalities.access.rules import Role
from municipalities.meetings.follow_up.models import MeetingFollowUp
from municipalities.meetings.meeting.models import MeetingLetter
from municipalities.meetings.minutes import operations, queries
from municipalities.meetings.minutes.models import Minutes, MinutesState
from municipalities.meetings.minutes.writing import written as stored
from tests.conftest import person
from tests.factories import meetings
from tests.factories.municipalities import MunicipalityFactory
from tests.municipalities.meetings.minutes import prepared
from tests.municipalities.meetings.minutes.conftest import AFTER, OUT

pytestmark = pytest.mark.usefixtures("clock")  # 10 November 2025


@pytest.fixture
def address(meeting, cooperation):
    def of(name, *more):
        return reverse(name, args=[cooperation.slug, meeting.pk, *more])

    return of


def sent(minutes, **changes):
    """The page of the whole meeting as it would be sent."""
    said = stored(minutes)
    fields = {"marks": json.dumps(said.marks), "introduction": said.introduction}
    for pk, known in said.people.items():
        fields[f"deputy-{pk}"] = known.deputy
        if known.is_present:
            fields[f"present-{pk}"] = "on"
    for pk, item in said.items.items():
        fields |= {f"discussion-{pk}": item.discussion, f"decision-{pk}": item.decision}
        fields |= {f"vote-{pk}": item.vote, f"outcome-{pk}": item.outcome}
    return fields | changes


def test_a_draft_is_seen_by_those_who_write_and_approve(
    written, address, as_person, secretary, host_director, partner_director, auditor
):
    for reader in (secretary, host_director, partner_director):  # who has the chair
        assert "Fedje bad om døme." in as_person(reader).get(address("minutes")).text
    page = as_person(auditor).get(address("minutes"))
    assert page.status_code == 200
    assert "There are no minutes to read yet" in page.text
    assert as_person(auditor).get(address("minutes_pdf")).status_code == 404


def test_minutes_of_a_bilateral_meeting_are_nobody_elses(
    cooperation, partner, as_person, partner_director, host_director
):
    other = MunicipalityFactory(number="4632", name="Austrheim")
    third = person(cooperation=cooperation, municipality=other, role=Role.PARTNER_DIRECTOR)
    meeting = meetings.called(forum=meetings.bilateral(cooperation=cooperation, partner=partner))
    minutes = meetings.drafted(meeting=meeting)
    operations.open_hearing(minutes=minutes, until=AFTER.date(), by=None, at=OUT)
    page, pdf = (
        reverse(name, args=[cooperation.slug, meeting.pk]) for name in ("minutes", "minutes_pdf")
    )

    assert as_person(third).get(page).status_code == 404
    assert as_person(third).get(pdf).status_code == 404
    for insider in (partner_director, host_director):
        assert "Only the host and this participant see" in as_person(insider).get(page).text


def test_the_meeting_is_written_on_one_page(minutes, items, people, address, as_person, secretary):
    browser = as_person(secretary)
    assert browser.get(address("minutes_write")).status_code == 200
    fields = {
        "introduction": "Møtet vart sett.\r\nAlle fekk ordet.\r\n",
        f"present-{people.chair.pk}": "on",
        f"deputy-{people.guest.pk}": "Ole Vara",
        f"proposed-{items.case.pk}": "on",
        f"outcome-{items.case.pk}": "treated",
        "then": f"follow-{items.case.pk}",
    }

    answer = browser.post(address("minutes_write"), sent(minutes, **fields))

    assert answer["Location"] == address("minutes_follow_up", items.case.pk)
    now = stored(Minutes.objects.get())
    assert now.introduction == "Møtet vart sett.\nAlle fekk ordet."
    assert now.items[items.case.pk].decision == "Det blir to operatørar om natta."
    assert now.people[people.guest.pk].deputy == "Ole Vara"


def test_both_are_shown_where_two_have_written(minutes, items, address, as_person, secretary):
    browser = as_person(secretary)
    fields = sent(minutes, **{f"discussion-{items.case.pk}": "Mine ord"})
    operations.write_item(item=items.case, discussion="Andre sine ord")

    answer = browser.post(address("minutes_write"), fields)

    assert answer.status_code == 422
    assert "Somebody else has stored other words" in answer.text
    assert "Mine ord" in answer.text
    assert "Andre sine ord" in answer.text
    form = answer.context["form"]
    again = browser.post(address("minutes_write"), {**fields, "marks": form["marks"].value()})
    assert again.status_code == 302
    assert stored(Minutes.objects.get()).items[items.case.pk].discussion == "Mine ord"


def test_what_came_to_the_agenda_meanwhile_is_no_obstacle(
    minutes, meeting, items, address, as_person, secretary
):
    fields = sent(minutes, introduction="Ny")
    meetings.item(meeting=meeting, title="Straumbrotet")
    meetings.invitee(meeting=meeting, name="Sein Gjest", email="sein@region.example")

    answer = as_person(secretary).post(address("minutes_write"), fields)

    assert answer.status_code == 302
    assert Minutes.objects.get().introduction == "Ny"
    assert meeting.invitees.get(name="Sein Gjest").is_present is None


@pytest.mark.parametrize("marks", ["", "{", "[]", "1"])
def test_a_page_that_is_not_ours_stores_nothing(minutes, address, as_person, secretary, marks):
    fields = sent(minutes, introduction="Ny", marks=marks)

    assert as_person(secretary).post(address("minutes_write"), fields).status_code == 422
    assert Minutes.objects.get().introduction == ""


def test_a_person_both_there_and_met_for_is_refused_in_words(
    minutes, people, address, as_person, secretary
):
    pk = people.chair.pk
    fields = sent(minutes, **{f"present-{pk}": "on", f"deputy-{pk}": "Ole"})

    answer = as_person(secretary).post(address("minutes_write"), fields)

    assert answer.status_code == 422
    assert "cannot both be present" in answer.text


def test_what_is_agreed_and_taken_up_leads_back_to_the_item(
    minutes, items, address, as_person, secretary, partner_director
):
    browser = as_person(secretary)
    fields = {"text": "Skaffe tal", "deadline_date": "2025-12-01", "responsible": "Kari"}

    both = browser.post(
        address("minutes_follow_up", items.case.pk), {**fields, "user": partner_director.pk}
    )
    agreed = browser.post(address("minutes_follow_up", items.case.pk), fields)
    taken = browser.post(address("minutes_item_new"), {"kind": "report", "title": "Straumbrotet"})

    assert "not both" in both.text
    assert agreed["Location"] == f"{address('minutes_write')}#item-{items.case.pk}"
    assert MeetingFollowUp.objects.get().responsible == "Kari"
    item = minutes.meeting.items.get(title="Straumbrotet")
    assert taken["Location"].endswith(f"#item-{item.pk}")


def test_from_hearing_to_sent_letters(
    written, items, address, as_person, secretary, partner_director, clock, monkeypatch
):
    monkeypatch.setattr(
        "municipalities.meetings.minutes.document.write_pdf", lambda *_, **__: b"%PDF-"
    )
    writer, chair = as_person(secretary), as_person(partner_director)
    writer.post(address("minutes_hearing"), {"until": "2025-11-12"})
    chair.post(address("minutes_remark"), {"item": items.case.pk, "text": "Det var tre."})
    remark = written.remarks.get()
    assert remark.municipality.name == "Fedje"
    early = chair.get(address("minutes_approve"))
    assert "Remarks can be made until" in early.text
    assert "Remarks without an answer: 1" in early.text
    writer.post(address("minutes_remark_answer", remark.pk), {"answer": "Retta."})
    clock.shift(3 * 24 * 3600)

    writer, chair = as_person(secretary), as_person(partner_director)
    chair.post(address("minutes_approve"))
    writer.post(address("minutes_send"))

    assert Minutes.objects.get().state == MinutesState.SENT
    page = writer.get(address("minutes"))
    assert Minutes.objects.get().sha256 in page.text
    assert "Det var tre." in page.text


@time_machine.travel(AFTER, tick=False)
def test_letters_link_to_the_minutes_and_carry_them_to_who_has_no_login(
    approved, secretary, people, monkeypatch, address
):
    from municipalities.meetings.minutes import tasks

    monkeypatch.setattr(
        "municipalities.meetings.minutes.document.write_pdf", lambda *_, **__: b"%PDF-"
    )
    MeetingLetter.objects.all().delete()
    operations.send(minutes=approved, by=secretary, at=AFTER)

    tasks.send_letters()
    tasks.send_letters()

    assert len(mail.outbox) == 3
    for letter in mail.outbox:
        assert address("minutes") in letter.body
        has_login = letter.to != [people.guest.email]
        assert len(letter.attachments) == (0 if has_login else 1)


@time_machine.travel(OUT, tick=False)
def test_letters_about_the_draft_tell_the_deadline_and_carry_it_to_who_has_no_login(
    out, people, monkeypatch
):
    from municipalities.meetings.minutes import tasks

    monkeypatch.setattr(
        "municipalities.meetings.minutes.document.write_pdf", lambda *_, **__: b"%PDF-"
    )

    tasks.send_letters()

    assert len(mail.outbox) == 3
    attached = {each.to[0]: len(each.attachments) for each in mail.outbox}
    assert [to for to, count in attached.items() if count] == [people.guest.email]
    (guest,) = (each for each in mail.outbox if each.to == [people.guest.email])
    assert "5. november 2025" in guest.body
    assert "Utkastet ligg ved som PDF" in guest.body
    assert "http" not in guest.body


def test_approved_minutes_are_shown_from_what_was_frozen(
    approved, forum, address, as_person, auditor, monkeypatch
):
    monkeypatch.setitem(prepared.FIGURES, "answered", "12.0")
    forum.name = "Eit anna namn"
    forum.save()

    page = as_person(auditor).get(address("minutes"))

    assert "81.5 prosent av 1234 anrop." in page.text
    assert "Minutes: Kommunedirektørmøtet 1/2025" in page.text
    assert approved.sha256 in page.text


def test_the_pages_take_a_fixed_number_of_queries(
    approved, address, as_person, auditor, django_assert_max_num_queries
):
    browser = as_person(auditor)
    browser.get(address("minutes"))
    with django_assert_max_num_queries(16):
        browser.get(address("minutes"))


def test_who_may_not_finds_no_step(out, address, as_person, auditor, secretary, medical_officer):
    reader = as_person(auditor)
    for name in ("minutes_write", "minutes_hearing", "minutes_remark", "minutes_approve"):
        assert reader.get(address(name)).status_code == 404, name
    assert as_person(secretary).get(address("minutes_approve")).status_code == 404
    assert reader.post(address("minutes_send")).status_code == 404


def todos(cooperation, user, today):
    found = queries.waiting_for(cooperation=cooperation, user=user, today=today)
    return [(each.text.split(":")[0], each.due_date) for each in found]


def test_what_waits_for_whom(
    out,
    address,
    as_person,
    cooperation,
    secretary,
    partner_director,
    host_director,
    django_assert_max_num_queries,
):
    day, after = OUT.date(), AFTER.date()
    until = out.hearing_until_date

    assert todos(cooperation, partner_director, day) == [("Remarks on the minutes", until)]
    assert todos(cooperation, host_director, day) == []
    assert todos(cooperation, host_director, after) == [("Approve the minutes", None)]
    operations.remark(minutes=out, text="Nei", by=partner_director, at=OUT)
    assert "waits for approval" in as_person(host_director).get(address("minutes")).text
    assert todos(cooperation, partner_director, day) == []
    assert todos(cooperation, partner_director, after) == []
    with django_assert_max_num_queries(2):
        assert todos(cooperation, secretary, day)[-1] == (
            "Answer 1 remark on the minutes",
            until,
        )
    with django_assert_max_num_queries(2):
        told = queries.summary_of(cooperation=cooperation, user=secretary, today=day)
    assert (told.drafts, told.for_remarks, told.to_send, told.latest) == (0, 1, 0, None)


def test_approved_minutes_wait_to_be_sent(approved, cooperation, secretary):
    assert todos(cooperation, secretary, AFTER.date()) == [("Send the approved minutes", None)]


def test_minutes_are_begun_from_the_page(meeting, items, address, as_person, secretary):
    browser = as_person(secretary)

    assert browser.post(address("minutes_begin"))["Location"] == address("minutes_write")
    assert Minutes.objects.get().written_by == secretary


def test_the_page_of_writing_tells_when_it_is_not_the_time(
    out, address, as_person, secretary, clock
):
    clock.move_to(OUT)

    answer = as_person(secretary).get(address("minutes_write"), follow=True)

    assert "The minutes are out for remarks until" in answer.text
    assert answer.redirect_chain[-1][0] == address("minutes")
