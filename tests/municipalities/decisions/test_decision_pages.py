"""The register, a decision and its forms, as people meet them."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from legevakt.lib.periods import local_day
from municipalities.decisions import operations, queries, tasks
from municipalities.decisions.models import Decision, DecisionKind, Level
from municipalities.decisions.rules import EventKind
from municipalities.models import Due, Participant
from municipalities.obligations import queries as obligation_queries
from municipalities.obligations.rules import Status
from tests.factories.decisions import AT, decided
from tests.factories.documents import PDF
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.obligations import established

pytestmark = pytest.mark.usefixtures("clock")
TODAY = date(2025, 11, 10)


def url(name, *arguments):
    return reverse(name, args=["nordhordland", *arguments])


@pytest.fixture
def told(host):
    """The form of a decision of the host, filled in."""
    return {
        "municipality": host.pk,
        "kind": "decision",
        "level": "administrative",
        "body": "Kommunedirektøren",
        "case_number": "25/7",
        "title": "New rota",
        "summary": "Two doctors at weekends.",
        "decided_date": "2025-11-03",
        "is_notified": "on",
        "receipt_by": "2025-11-24",
    }


@pytest.fixture
def writer(secretary, as_person):
    return as_person(secretary)


def test_a_decision_is_registered_with_its_document_and_the_others_are_told(
    writer, told, secretary, partner_director, monkeypatch
):
    soon = []
    monkeypatch.setattr(tasks, "tell_soon", lambda: soon.append(True))
    document = SimpleUploadedFile("vedtak.pdf", PDF)
    answer = writer.post(
        url("decision_new"),
        told | {"document": document, "parties_notified_date": "2025-11-03"},
        follow=True,
    )
    found = Decision.objects.get()
    assert (found.registered_by, found.document.name) == (secretary, "vedtak.pdf")
    assert found.appeal_deadline_date == date(2025, 11, 24)
    assert found.notifications.get().deadline_date == date(2025, 11, 24)
    assert soon == [True]
    for words in ("New rota", "Two doctors", "vedtak.pdf", "24 November 2025", "waits", "Fedje"):
        assert words in answer.text
    assert url("decision_notify", found.pk) not in answer.text, "nobody is left to notify"
    found.notifications.all().delete()
    assert url("decision_notify", found.pk) in writer.get(url("decision", found.pk)).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"decided_date": "2019-01-01", "municipality": "ended"}, "number had ended on that day"),
        ({"decided_date": "2025-11-11"}, "not after today"),
        ({"decided_date": "30.02.2025"}, "Enter a valid date"),
        ({"is_exempt": "exempt"}, "Write the legal ground"),
        ({"exemption_basis": "§ 13"}, "A public decision has no legal ground"),
        ({"kind": "instruction"}, "Only a participant that is not the host"),
        ({"kind": "reversal", "municipality": "partner"}, "decision that is reversed"),
        ({"parties_notified_date": "2025-11-02"}, "cannot be notified before the decision"),
        ({"appeal_deadline_date": "2025-11-02"}, "The deadline is before the decision"),
        ({"receipt_by": "2025-11-09"}, "Choose a day that is not past"),
        ({"case_number": "25/6"}, "is registered already"),
        ({"title": "x" * 201}, "at most 200 characters"),
    ],
)
def test_bad_input_is_answered_with_words_and_nothing_is_stored(
    writer, told, cooperation, partner, changes, words
):
    decided(cooperation=cooperation, case_number="25/6", title="Before")
    ended = MunicipalityFactory(
        number="1263", valid_from=date(1964, 1, 1), valid_to=date(2018, 1, 1)
    )
    Participant.objects.create(
        cooperation=cooperation,
        municipality=ended,
        joined_date=date(2010, 1, 1),
        left_date=date(2018, 1, 1),
    )
    named = {"ended": ended.pk, "partner": partner.pk}
    changes = {name: named.get(value, value) for name, value in changes.items()}
    answer = writer.post(url("decision_new"), told | changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert Decision.objects.get().title == "Before"


def test_a_partners_director_writes_for_the_own_municipality_alone(
    as_person, partner_director, told, cooperation, partner, host
):
    browser = as_person(partner_director)
    hosts = decided(cooperation=cooperation, title="Closing at night")
    assert browser.post(url("decision_new"), told).status_code == 422, "the host's, so refused"
    own = told | {"municipality": partner.pk, "kind": "reversal", "reverses": hosts.pk}
    browser.post(url("decision_new"), own)
    reversal = Decision.objects.get(kind=DecisionKind.REVERSAL)
    assert (reversal.municipality, reversal.reverses) == (partner, hosts)

    assert "Reversed by Fedje: New rota" in browser.get(url("decision", hosts.pk)).text
    assert browser.get(url("decision_correct", reversal.pk)).status_code == 200
    assert browser.get(url("decision_correct", hosts.pk)).status_code == 404
    assert browser.post(url("decision_notify", hosts.pk)).status_code == 404
    for event in ("appeal", "follow-up", "no-such-event"):
        assert browser.get(url("decision_event", hosts.pk, event)).status_code == 404
    follow_up = url("decision_event", reversal.pk, "follow-up")
    assert browser.get(follow_up).status_code == 404, "the host follows up"


def test_a_correction_asks_why_and_keeps_the_document(writer, told, cooperation):
    found = decided(cooperation=cooperation)
    page = url("decision_correct", found.pk)
    assert "Kommunedirektøren" in writer.get(page).text
    assert writer.post(page, told).status_code == 422
    assert "Why it is corrected" in writer.post(page, told).text
    writer.post(page, told | {"title": "Right", "reason": "Typo"})
    found.refresh_from_db()
    assert found.title == "Right"
    assert found.events.order_by("pk").last().pgh_context.metadata["reason"] == "Typo"


def test_what_followed_is_recorded_by_small_forms(writer, cooperation):
    found = decided(cooperation=cooperation)
    appeal, outcome = (
        url("decision_event", found.pk, each) for each in ("appeal", "appeal-outcome")
    )
    assert writer.get(outcome).status_code == 404, "there is no appeal yet"
    answer = writer.post(appeal, {"value": "2025-11-02"})
    assert answer.status_code == 422
    assert "This is before the decision" in answer.text
    writer.post(appeal, {"value": "2025-11-05"})
    page = writer.post(outcome, {"value": "The decision stands"}, follow=True).text
    assert "5 November 2025. The decision stands" in page

    assert writer.post(appeal, {"value": "2025-11-06"}).status_code == 422, "over again: why?"
    writer.post(appeal, {"value": "2025-11-06", "reason": "Read wrongly"})
    found.refresh_from_db()
    assert found.appealed_date == date(2025, 11, 6)


def test_a_receipt_is_one_click_for_who_answers(
    as_person, partner_director, host_director, medical_officer, cooperation
):
    found = decided(cooperation=cooperation)
    page, confirm = url("decision", found.pk), url("decision_confirm", found.pk)
    for person in (host_director, medical_officer):
        browser = as_person(person)
        assert confirm not in browser.get(page).text
        assert browser.post(confirm).status_code == 404
    browser = as_person(partner_director)
    assert confirm in browser.get(page).text
    answer = browser.post(confirm, follow=True)
    assert confirm not in answer.text
    (row,) = answer.context["table"].rows
    assert row.cells[2].startswith("confirmed")
    assert row.cells[3] == partner_director.name
    assert found.notifications.get().read_by == partner_director


def test_an_exempt_decision_is_shared_and_marked_on_the_page_and_in_the_files(
    as_person, auditor, cooperation
):
    found = decided(
        cooperation=cooperation,
        is_exempt=True,
        exemption_basis="offentleglova § 13",
        summary="Shared with all who take part.",
    )
    browser = as_person(auditor)
    page = browser.get(url("decision", found.pk)).text
    assert "exempt from public disclosure" in page
    assert "Shared with all who take part." in page
    for text in (
        browser.get(url("decisions")).text,
        browser.get(url("decisions"), {"format": "csv"}).content.decode("utf-8-sig"),
    ):
        assert "exempt: offentleglova § 13" in text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["Newest", "Instruction", "Budget"]),
        ({"municipality": "partner"}, ["Instruction"]),
        ({"level": "political"}, ["Budget"]),
        ({"kind": "instruction"}, ["Instruction"]),
        ({"year": "2024"}, ["Budget"]),
        ({"words": "rådhus BUDGET"}, ["Budget"]),
        ({"words": "%"}, []),
        ({"year": "2025", "level": "political"}, []),
    ],
)
def test_the_list_is_filtered_and_the_file_is_equal_to_it(
    as_person, auditor, cooperation, partner, query, titles
):
    budget = {"title": "Budget", "summary": "Rådhuset", "level": Level.POLITICAL}
    decided(cooperation=cooperation, decided_date=date(2024, 12, 10), **budget)
    instruction = {"kind": DecisionKind.INSTRUCTION, "title": "Instruction"}
    decided(cooperation=cooperation, municipality=partner, **instruction)
    decided(cooperation=cooperation, title="Newest")
    query = {name: partner.pk if each == "partner" else each for name, each in query.items()}
    browser = as_person(auditor)

    page = browser.get(url("decisions"), query)
    assert [row.head for row in page.context["rows"]] == titles
    text = browser.get(url("decisions"), query | {"format": "csv"}).content.decode("utf-8-sig")
    headings, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert tuple(headings) == page.context["table"].headings
    assert [tuple(row) for row in rows] == [row.cells for row in page.context["table"].rows]
    if not titles:
        assert "No decision fits" in page.text


@pytest.mark.parametrize("query", [{"year": "soon"}, {"municipality": "0"}, {"words": "\0"}])
def test_a_filter_that_cannot_be_is_answered_with_words(as_person, auditor, cooperation, query):
    decided(cooperation=cooperation)
    answer = as_person(auditor).get(url("decisions"), query)
    assert answer.status_code == 422
    assert "Correct this before you go on" in answer.text


def test_no_other_file_format_and_nothing_of_another_cooperation(
    as_person, auditor, outsider, cooperation
):
    found = decided(cooperation=cooperation)
    assert as_person(auditor).get(url("decisions"), {"format": "pdf"}).status_code == 404
    for page in (url("decisions"), url("decision", found.pk), url("decision_receipts")):
        assert as_person(outsider).get(page).status_code == 404


def test_who_has_not_confirmed_is_listed_with_late_ones(
    as_person, auditor, partner_director, partner, cooperation, clock
):
    found = decided(cooperation=cooperation)
    browser = as_person(auditor)
    assert "1 receipt is missing" in browser.get(url("decisions")).text
    (row,) = browser.get(url("decision_receipts")).context["table"].rows
    assert row.cells[3] == "waits"
    clock.shift(14 * 24 * 3600)
    browser = as_person(auditor)  # the session had ended
    (row,) = browser.get(url("decision_receipts")).context["table"].rows
    assert row.cells[3] == "late"
    operations.confirm(decision=found, municipalities=[partner], by=partner_director, at=AT)
    assert "No receipt is missing." in browser.get(url("decision_receipts")).text


def test_a_receipt_of_a_municipality_that_has_left_is_closed_everywhere(
    as_person, auditor, partner_director, secretary, partner, cooperation, clock
):
    established(cooperation=cooperation)
    found = decided(cooperation=cooperation)
    participant = cooperation.participants.get(municipality=partner)
    participant.left_date = date(2025, 12, 1)
    participant.save()
    page, day_left = url("decision", found.pk), participant.left_date

    def waiting(day):
        asked = {"cooperation": cooperation, "today": day}
        receipts = queries.waiting_for(user=partner_director, **asked)
        dues = obligation_queries.waiting_for(user=secretary, **asked)
        return [len(receipts), sum(found.title in each.text for each in dues)]

    assert waiting(date(2025, 11, 30)) == [1, 1]
    assert waiting(day_left) == [0, 0]
    assert queries.summary_of(cooperation=cooperation, user=auditor, today=day_left).late == 0
    assert not queries.to_remind(today=day_left).exists()
    assert not queries.untold(today=day_left).exists()

    clock.move_to(datetime(2025, 12, 1, 12, tzinfo=UTC))
    browser = as_person(auditor)
    assert "closed: the municipality left on" in browser.get(page).text
    assert "0 of 1; left: 1" in browser.get(url("decisions")).text
    assert browser.get(url("decision_receipts")).context["table"].rows == ()
    due = Due.objects.with_kept().get(about=found.title)
    assert obligation_queries.due_now(due, today=day_left).status == Status.LEFT
    assert "Closed, the municipality has left" in browser.get(url("obligations")).text


def test_an_empty_register_says_what_to_do_next(as_person, writer, auditor, cooperation):
    assert "Register what a council" in writer.get(url("decisions")).text
    assert "The host and the chief executives register" in (
        as_person(auditor).get(url("decisions")).text
    )


def test_pages_ask_as_much_for_many_as_for_one(
    writer, cooperation, partner, django_assert_max_num_queries
):
    first = decided(cooperation=cooperation)
    pages = [url("decisions"), url("decision_receipts"), url("decision", first.pk)]
    counts = []
    for reversals in (1, 10):
        for number in range(reversals):
            decided(
                cooperation=cooperation,
                municipality=partner,
                kind=DecisionKind.REVERSAL,
                reverses=first,
                title=f"Case {reversals}.{number}",
            )
        for page in pages:
            with django_assert_max_num_queries(15) as found:
                writer.get(page)
            counts.append(len(found))
    assert counts[:3] == counts[3:]


def test_summary_and_what_waits_for_whom(
    cooperation, partner, host_director, partner_director, auditor, django_assert_num_queries
):
    hosts = decided(cooperation=cooperation, decided_date=date(2024, 5, 2))
    instruction = decided(
        cooperation=cooperation,
        municipality=partner,
        kind=DecisionKind.INSTRUCTION,
        title="Do so",
        receipt_by=date(2025, 11, 30),
    )
    later = date(2025, 11, 20)
    with django_assert_num_queries(2):
        summary = queries.summary_of(cooperation=cooperation, user=auditor, today=later)
    assert summary == queries.DecisionSummary(
        decisions=2, this_year=1, to_follow_up=1, unconfirmed=2, late=1
    )

    def waiting(user):
        with django_assert_num_queries(2):
            found = queries.waiting_for(cooperation=cooperation, user=user, today=TODAY)
        return [(each.text, each.due_date) for each in found]

    confirm = "Read and confirm for Alver: Do so"
    follow_up = "Follow up, from Fedje: Do so"
    assert waiting(host_director) == [(confirm, date(2025, 11, 30)), (follow_up, None)]
    assert waiting(partner_director) == [
        ("Read and confirm for Fedje: New rota", date(2025, 11, 17))
    ]
    assert waiting(auditor) == []
    operations.record(
        decision=instruction,
        event=EventKind.FOLLOW_UP,
        value=local_day(timezone.now()),
        at=timezone.now(),
    )
    assert waiting(host_director) == [(confirm, date(2025, 11, 30))]
    assert hosts.kind == DecisionKind.DECISION
