"""The year at a glance, an obligation, a due, and writing about them."""

import csv
import io
import re
from datetime import date

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from municipalities.models import EvidenceEvent
from municipalities.obligations import operations, queries
from municipalities.obligations.forms import WORDS, AddForm
from municipalities.obligations.models import Due, Evidence, Obligation
from municipalities.obligations.words import untold
from tests.factories.documents import PDF
from tests.factories.obligations import due, established, obligation, shown_kept, version_in_force

pytestmark = pytest.mark.usefixtures("clock")

SLUG = "nordhordland"
TODAY = date(2025, 11, 10)
ADDED = {
    "title": "Drill with the fire brigade",
    "scope": "common",
    "due_days": "31.3., 15.12",
    "topics": "Alarm\n\nEvacuation",
    "responsible": "leader",
    "remind_days": 14,
    "starts_date": "2025-11-01",
    "reason": "Agreed in the forum.",
}
SHOWN = {
    "title": "Minutes of 3 November",
    "on": "2025-11-03",
    "path": "https://alver.example/minutes",
}


def address(name, *arguments):
    return reverse(name, args=[SLUG, *arguments])


def shown(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def writer(secretary, as_person):
    return as_person(secretary)


def test_the_year_shows_what_is_kept_late_and_waived_in_words(
    cooperation, partner_director, as_person
):
    shown_kept(cooperation=cooperation, title="Held")
    obligation(cooperation=cooperation, code="own-late", title="Forgotten", due_days=["03-31"])
    operations.waive(due=due(cooperation=cooperation, code="own-x", title="Spared"), reason="No.")
    obligation(cooperation=cooperation, code="own-p", title="With each", scope="each_partner")
    told = shown(as_person(partner_director).get(address("obligations")))
    for words in (
        "1 of 3 kept in 2025",
        "1 deadline has passed without evidence",
        "Kept 30 Nov 2025",
        "Overdue 31 Mar 2025",
        "Waived 30 Nov 2025",
        "Due soon 30 Nov 2025",
        "All together",
        "Fedje",
    ):
        assert words in told, words
    assert "Hand in the evidence" not in told


def test_the_file_holds_what_the_screen_shows(cooperation, auditor, as_person):
    established(cooperation=cooperation)
    browser = as_person(auditor)
    matrix = browser.get(address("obligations")).context["matrix"]
    on_screen = [list(matrix.headings)]
    on_screen += [[row.title, row.responsible, *map(str, row.cells)] for row in matrix.rows]
    text = browser.get(address("obligations"), {"format": "csv"}).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";")) == on_screen
    book = browser.get(address("obligations"), {"format": "xlsx"}).content
    sheet = pl.read_excel(io.BytesIO(book), engine="calamine")
    assert [sheet.columns, *map(list, sheet.rows())] == on_screen
    assert len(on_screen) == 13
    assert browser.get(address("obligations"), {"format": "pdf"}).status_code == 404


@pytest.mark.parametrize("year", ["x", "1999", "2100", "²", "-1"])
def test_a_year_that_is_none_is_not_found(year, cooperation, auditor, as_person):
    answer = as_person(auditor).get(address("obligations"), {"year": year})
    assert answer.status_code == 404


def test_the_matrix_takes_as_many_queries_for_many_as_for_few(
    cooperation, auditor, as_person, django_assert_max_num_queries
):
    established(cooperation=cooperation)
    browser = as_person(auditor)
    with django_assert_max_num_queries(13):
        browser.get(address("obligations"))


def test_the_topics_that_lack_come_first(cooperation, auditor, as_person):
    topics = ["Deviations", "Professional status"]
    shown_kept(
        cooperation=cooperation,
        topics=["Deviations"],
        due_days=["03-31"],
        title="Meetings of the chief executives",
        code="own-m",
        responsible="leader",
    )
    Obligation.objects.update(topics=topics)
    rows = as_person(auditor).get(address("obligations")).context["topic_rows"]
    assert [(row.topic, row.state, row.dates) for row in rows] == [
        ("Professional status", "not dealt with yet", "–"),
        ("Deviations", "dealt with", "3 Mar 2025"),
    ]


def test_an_empty_year_says_what_to_do_and_one_press_does_it(cooperation, writer):
    assert "No obligations in this year" in shown(writer.get(address("obligations")))
    told = shown(writer.post(address("obligations_establish"), follow=True))
    assert "No political agreement is in force yet" in told
    version_in_force(cooperation=cooperation)
    told = shown(writer.post(address("obligations_establish"), follow=True))
    assert "The obligations and their deadlines are in place." in told
    assert "Meetings of the chief executives" in told


def test_an_obligation_is_added_with_days_as_people_write_them(cooperation, writer):
    told = shown(writer.post(address("obligation_new"), ADDED, follow=True))
    found = Obligation.objects.get()
    assert (found.due_days, found.topics) == (["03-31", "12-15"], ["Alarm", "Evacuation"])
    assert "31 March, 15 December" in told
    assert [each.due_date for each in Due.objects.filter(year=2025)] == [date(2025, 12, 15)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"due_days": "31.2."}, "is no day"),
        ({"due_days": "March"}, "is no day"),
        ({"topics": "x" * 161}, "more than 160 characters"),
        ({"reason": ""}, "This field is required"),
        ({"responsible": "partner_director"}, "Select a valid choice"),
        ({}, "is in force already"),
    ],
)
def test_what_cannot_be_added_is_told_at_the_form(wrong, words, cooperation, writer):
    writer.post(address("obligation_new"), ADDED)
    answer = writer.post(address("obligation_new"), ADDED | wrong)
    assert (answer.status_code, words in shown(answer)) == (422, True)
    assert Obligation.objects.count() == 1


def test_what_is_changed_in_norwegian_stays_translated(cooperation):
    with translation.override("nn"):
        form = AddForm(ADDED | {"title": "Short annual report", "due_days": ""})
        assert form.is_valid(), form.errors
        assert (form.facts["title"], form.facts["rhythm"]) == ("Short annual report", "on_event")
        assert untold("Skriven for hand") == "Skriven for hand"


def test_an_obligation_is_changed_and_ended_with_reasons(cooperation, writer):
    found = obligation(cooperation=cooperation)
    url = address("obligation_change", found.pk)
    assert "30.11." in writer.get(url).content.decode()
    writer.post(url, ADDED | {"due_days": "1.12.", "title": "Big drill"})
    found.refresh_from_db()
    assert (found.title, found.due_days) == ("Big drill", ["12-01"])
    refused = writer.post(url, ADDED | {"due_days": ""})
    assert str(WORDS["yearly_obligation_has_its_days"]) in shown(refused)
    end = address("obligation_end", found.pk)
    too_early = {"ends_date": "2024-01-01", "reason": "Wrong."}
    assert str(WORDS["obligation_ends_after_start"]) in shown(writer.post(end, too_early))
    writer.post(end, {"ends_date": "2025-11-10", "reason": "No more."})
    found.refresh_from_db()
    assert (found.ends_date, Due.objects.open().count()) == (TODAY, 0)
    assert writer.get(end).status_code == 404


def test_evidence_is_handed_in_by_hand_with_its_topics_and_document(cooperation, writer):
    found = due(cooperation=cooperation, topics=["Deviations", "Alarm"])
    url = address("evidence_new", found.pk)
    file = SimpleUploadedFile("minutes.pdf", PDF)
    told = shown(writer.post(url, SHOWN | {"topics": ["Alarm"], "document": file}, follow=True))
    for words in ("Minutes of 3 November", "minutes.pdf", "Minimum topics that lack Deviations"):
        assert words in told, words
    writer.post(url, SHOWN | {"topics": ["Alarm"], "document": SimpleUploadedFile("b.pdf", PDF)})
    assert Evidence.objects.count() == 1, "the same again is once"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"path": ""}, "Write an address, or choose a document."),
        ({"path": "javascript:alert(1)"}, "begins with https://"),
        ({"on": "2025-11-11"}, "when it has happened"),
        ({"on": "1950-10-10"}, "more than a year before the deadline"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_evidence_that_shows_nothing_is_refused(wrong, words, cooperation, writer):
    url = address("evidence_new", due(cooperation=cooperation).pk)
    answer = writer.post(url, SHOWN | wrong)
    assert (answer.status_code, words in shown(answer)) == (422, True)
    assert not Evidence.objects.exists()


def test_wrong_evidence_is_removed_with_its_reason(cooperation, writer):
    found = shown_kept(cooperation=cooperation)
    url = address("evidence_remove", found.pk)
    assert writer.post(url, {"reason": ""}).status_code == 422
    told = shown(writer.post(url, {"reason": "Another year."}, follow=True))
    assert "No evidence is handed in yet" in told
    gone = EvidenceEvent.objects.order_by("pgh_id").last()
    assert gone.pgh_context.metadata["reason"] == "Another year."


def test_a_due_is_waived_with_a_reason_and_waived_no_more(cooperation, writer):
    found = due(cooperation=cooperation)
    told = shown(writer.post(address("due_waive", found.pk), {"reason": "Storm."}, follow=True))
    assert "Why it is waived Storm." in told
    assert "due soon" in shown(writer.post(address("due_reinstate", found.pk), follow=True))
    kept = shown_kept(cooperation=cooperation, code="own-k")
    answer = writer.post(address("due_waive", kept.due_id), {"reason": "Storm."})
    assert "remove that first" in shown(answer)


def test_what_has_happened_is_written_once_with_its_deadline(cooperation, partner, writer):
    found = obligation(cooperation=cooperation, rhythm="on_event", due_days=[])
    url = address("due_new", found.pk)
    event = {"about": "New rota", "due_date": "2025-11-01", "municipality": partner.pk}
    for _press in range(2):
        told = shown(writer.post(url, event, follow=True))
    assert "Drill: Fedje: New rota" in told
    assert Due.objects.count() == 1
    assert "Overdue: 1" in shown(writer.get(address("obligations")))
    before = writer.post(url, event | {"due_date": "2024-11-01"})
    assert "not in force on that day" in shown(before)
    yearly = obligation(cooperation=cooperation, code="own-y")
    assert writer.get(address("due_new", yearly.pk)).status_code == 404


def test_another_cooperations_obligation_is_not_found(cooperation, writer, django_user_model):
    found = obligation(cooperation=cooperation)
    other = reverse("obligation", args=["elsewhere", found.pk])
    assert writer.get(other).status_code == 404


def test_the_hub_is_told_of_the_year_in_two_queries(
    cooperation, auditor, as_person, django_assert_max_num_queries
):
    shown_kept(cooperation=cooperation)
    obligation(cooperation=cooperation, code="own-late", due_days=["03-31"])
    ahead = due(cooperation=cooperation, code="own-ahead", due_days=["12-24"])
    as_person(auditor)
    with django_assert_max_num_queries(2):
        told = queries.summary_of(cooperation=cooperation, user=auditor, today=TODAY)
    assert (told.year, told.next_due) == (2025, ahead)
    assert (told.totals.kept, told.totals.whole, told.totals.late) == (1, 3, 1)


def test_what_is_soon_or_late_waits_for_those_with_the_role(
    cooperation, leader, secretary, partner, django_assert_max_num_queries
):
    due(cooperation=cooperation)
    due(cooperation=cooperation, code="own-late", title="Report", due_days=["03-31"])
    due(cooperation=cooperation, code="own-later", due_days=["12-24"])
    shown_kept(cooperation=cooperation, code="own-kept")
    with django_assert_max_num_queries(2):
        told = queries.waiting_for(cooperation=cooperation, user=leader, today=TODAY)
    assert [each.text for each in told] == [
        "Report was due 31 March 2025, and no evidence is handed in",
        "Drill is due 30 November 2025",
    ]
    assert told[0].url.startswith("/agreement/nordhordland/obligations/due/")
    assert queries.waiting_for(cooperation=cooperation, user=secretary, today=TODAY) == []
