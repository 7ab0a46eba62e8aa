"""From a forum to what its meeting asked for, reported back: through the pages, by its people.

The mails go by a real worker to a real SMTP server, and a parser of other making reads the calls.
"""

import json
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from types import SimpleNamespace

import pikepdf
import pytest
import vobject
from django.urls import reverse

from municipalities.decisions.models import Decision
from municipalities.meetings.follow_up import tasks as follow_up_tasks
from municipalities.meetings.follow_up.models import FollowUpState, MeetingFollowUp
from municipalities.meetings.forums.models import Forum, ForumKind
from municipalities.meetings.meeting.models import Meeting
from municipalities.meetings.minutes.models import Minutes, Remark
from municipalities.obligations.models import Evidence
from tests.factories import obligations

pytestmark = [pytest.mark.broker, pytest.mark.pdf]
GUEST = "rita@region.example"
CASE = "Bemanning om natta"
DECISION = "Det blir to operatørar om natta."


def url(name, *more):
    return reverse(name, args=["nordhordland", *more])


def done(browser, address, told=None):
    """What is sent is taken: the page goes on."""
    answer = browser.post(address, told or {})
    assert answer.status_code == 302, answer.context and answer.context["form"].errors


@pytest.fixture
def users(cooperation, host_director, partner_director, secretary, leader):
    obligations.established(cooperation=cooperation)
    return SimpleNamespace(
        chair=host_director, partner=partner_director, secretary=secretary, leader=leader
    )


@pytest.fixture
def post(mailbox, until):
    """`post(number)` waits until so many mails are received, and gives those that are new."""
    read = []

    def received(number):
        until(lambda: len(mailbox.received) >= len(read) + number)
        new = mailbox.received[len(read) :]
        read.extend(new)
        assert len(new) == number
        return [message_from_bytes(each.content, policy=default) for each in new]

    return received


@pytest.fixture
def log_in(as_person, users):
    """Everybody's browser; after the clock has moved on, sessions are begun anew."""
    return lambda: SimpleNamespace(**{n: as_person(user) for n, user in vars(users).items()})


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("worker")
def test_from_a_meeting_to_what_it_asked_for(users, log_in, outsider, as_person, post, clock):
    browsers = log_in()
    forum = _set_up_forum(browsers.secretary)
    _propose(browsers.partner, forum)
    meeting = _plan(browsers.secretary, forum)
    _call_and_answer(browsers, meeting, post)

    clock.move_to(datetime(2025, 12, 9, 11, 30, tzinfo=UTC))
    browsers = log_in()
    _write_minutes(browsers.secretary, meeting, users=users)
    _hear(browsers, meeting, post)
    clock.move_to(datetime(2025, 12, 20, 8, 0, tzinfo=UTC))
    browsers = log_in()
    minutes = _approve_and_send(browsers, meeting, post)

    _is_fed(meeting, minutes)
    assert as_person(outsider).get(url("minutes", meeting.pk)).status_code == 404
    later = _plan(browsers.secretary, forum, day="2026-03-10")
    clock.move_to(datetime(2026, 2, 1, 8, 0, tzinfo=UTC))
    _report_back(log_in(), later, post)


def _set_up_forum(secretary) -> Forum:
    done(secretary, url("forums_set_up"))
    forum = Forum.objects.get(kind=ForumKind.DIRECTORS)
    guest = {"name": "Rita Ekstern", "email": GUEST, "duty": "member", "starts_date": "2025-11-01"}
    done(secretary, url("forum_member_new", forum.pk), guest)
    return forum


def _propose(partner, forum):
    """One of two municipalities is more than a third: the item is on the next agenda at once."""
    form = partner.get(url("proposal_new", forum.pk)).context["form"]
    (own,) = form.fields["municipality"].queryset
    told = {"municipality": own.pk, "title": CASE, "text": "Vi ønskjer to på vakt."}
    done(partner, url("proposal_new", forum.pk), told)


def _plan(secretary, forum, day="2025-12-09") -> Meeting:
    told = {"day": day, "starts": "09:00", "ends": "11:00", "place": "Knarvik", "language": "nn"}
    done(secretary, url("meeting_plan", forum.pk), told)
    return forum.meetings.latest("pk")


def _call_and_answer(browsers, meeting, post):
    if not meeting.items.filter(title=CASE).exists():
        proposal = meeting.forum.proposals.get()
        done(browsers.secretary, url("proposal_take", proposal.pk), {"meeting": meeting.pk})
    done(browsers.secretary, url("meeting_call", meeting.pk))
    calls = post(5)
    assert {str(each["To"]) for each in calls} >= {GUEST, "partner_director@fedje.example"}
    first = _event(calls[0])
    told = {"day": "2025-12-09", "starts": "10:00", "ends": "12:00"}
    form = browsers.secretary.get(url("meeting_change", meeting.pk)).context["form"]
    done(browsers.secretary, url("meeting_change", meeting.pk), _initial(form) | told)
    changed = [_event(each) for each in post(5)]
    assert {each.uid.value for each in changed} == {first.uid.value}
    assert {int(each.sequence.value) for each in changed} == {int(first.sequence.value) + 1}
    assert changed[0].dtstart.value == datetime(2025, 12, 9, 9, 0, tzinfo=UTC)
    done(browsers.partner, url("meeting_answer", meeting.pk), {"answer": "coming"})
    assert "coming" in browsers.secretary.get(url("meeting", meeting.pk)).text


def _write_minutes(secretary, meeting, *, users):
    done(secretary, url("minutes_begin", meeting.pk))
    form = secretary.get(url("minutes_write", meeting.pk)).context["form"]
    told = {"marks": json.dumps(form.initial["marks"]), "introduction": "Møtet vart sett."}
    told |= {f"present-{each.pk}": "on" for each in form.people if each.user_id}
    case = meeting.items.get(title=CASE)
    for item in form.items:
        told[f"outcome-{item.pk}"] = "treated"
        told[f"discussion-{item.pk}"] = "Det vart drøfta."
    told |= {f"decision-{case.pk}": DECISION, f"vote-{case.pk}": "Samrøystes"}
    done(secretary, url("minutes_write", meeting.pk), told)
    agreed = {
        "text": "Leggje fram turnus med to operatørar",
        "user": users.partner.pk,
        "deadline_date": "2026-02-10",
    }
    done(secretary, url("minutes_follow_up", meeting.pk, case.pk), agreed)


def _hear(browsers, meeting, post):
    done(browsers.secretary, url("minutes_hearing", meeting.pk), {"until": "2025-12-19"})
    drafts = post(5)
    attached = {str(each["To"]): len(list(each.iter_attachments())) for each in drafts}
    assert [to for to, count in attached.items() if count] == [GUEST]
    remark = {"text": "Fedje bad òg om tal for helgene."}
    done(browsers.partner, url("minutes_remark", meeting.pk), remark)
    early = browsers.chair.post(url("minutes_approve", meeting.pk))
    assert early.status_code == 422
    assert "19 December 2025" in early.text
    answer = {"answer": "Teke med."}
    address = url("minutes_remark_answer", meeting.pk, Remark.objects.get().pk)
    done(browsers.secretary, address, answer)


def _approve_and_send(browsers, meeting, post) -> Minutes:
    assert browsers.partner.post(url("minutes_approve", meeting.pk)).status_code == 404
    done(browsers.chair, url("minutes_approve", meeting.pk))
    done(browsers.secretary, url("minutes_send", meeting.pk))
    sent = {str(each["To"]): each for each in post(5)}
    (attached,) = sent[GUEST].iter_attachments()
    with pikepdf.open(BytesIO(attached.get_content())) as pdf:
        assert str(pdf.Root.Lang).startswith("nn")
    return Minutes.objects.get(meeting=meeting)


def _is_fed(meeting, minutes):
    """The register has the decision, the obligation its evidence, the minutes their figures."""
    decision = Decision.objects.get()
    assert (decision.summary, decision.decided_date) == (DECISION, date(2025, 12, 9))
    evidence = Evidence.objects.get(key=f"meeting:{meeting.pk}")
    topics = meeting.items.exclude(topic="").values_list("topic", flat=True)
    assert set(evidence.topics) == set(topics)
    assert len(evidence.topics) == 6
    frozen = {each["topic"]: each["facts"] for each in minutes.content["items"] if each["topic"]}
    assert all(frozen[topic] for topic in topics)


def _report_back(browsers, later, post):
    follow_up_tasks.remind.delay()
    follow_up_tasks.remind.delay()  # a second beat
    (reminder,) = post(1)
    assert str(reminder["To"]) == "partner_director@fedje.example"
    found = MeetingFollowUp.objects.get()
    assert url("meeting_follow_up", found.pk) in reminder.get_body(["plain"]).get_content()
    told = {"text": "Turnusen er lagd fram.", "meeting": later.pk, "is_done": "on"}
    done(browsers.partner, url("meeting_follow_up_report", found.pk), told)
    found.refresh_from_db()
    assert found.state == FollowUpState.DONE
    page = browsers.secretary.get(url("meeting_follow_up", found.pk)).text
    assert "Turnusen er lagd fram." in page
    assert "reported back in the meeting 10 March 2026" in page


def _event(message):
    (calendar,) = [p for p in message.walk() if p.get_content_type() == "text/calendar"][:1]
    return vobject.readOne(calendar.get_content()).vevent


def _initial(form) -> dict:
    found = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in found.items() if value is not None}
