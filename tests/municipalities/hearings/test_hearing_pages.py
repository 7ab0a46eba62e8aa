"""Hearings as people meet them: opened, answered, closed, downloaded."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from municipalities.hearings import queries, tasks
from municipalities.hearings.models import Hearing
from municipalities.models import Participant
from tests.factories.decisions import decided
from tests.factories.documents import PDF, kept
from tests.factories.hearings import answered, closed, opened
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.usefixtures("clock")


def url(name, *arguments):
    return reverse(name, args=["nordhordland", *arguments])


@pytest.fixture
def hearing(cooperation, partner):
    return opened(cooperation=cooperation, municipalities=[partner])


@pytest.fixture
def told(partner):
    """The form of a hearing, filled in."""
    return {
        "title": "New key",
        "question": "What do you think of it?",
        "deadline_date": "2025-12-01",
        "municipalities": [partner.pk],
    }


@pytest.fixture
def manager(secretary, as_person):
    return as_person(secretary)


def file(name, content=PDF):
    return SimpleUploadedFile(name, content)


def test_a_hearing_is_opened_with_several_documents_and_all_but_the_host_are_proposed(
    manager, told, secretary, partner, monkeypatch
):
    soon = []
    monkeypatch.setattr(tasks, "ask_soon", lambda: soon.append(True))
    form = manager.get(url("hearing_new")).context["form"]
    assert list(form.initial["municipalities"]) == [partner]
    assert form.initial["deadline_date"] == date(2025, 12, 22)

    long_name = "figures " + "of the year " * 20 + ".pdf"
    documents = [file("proposal.pdf"), file(long_name, PDF + b"2")]
    answer = manager.post(
        url("hearing_new"),
        told | {"documents": documents, "exemption_basis": "offentleglova § 14"},
        follow=True,
    )
    found = Hearing.objects.get()
    assert found.opened_by == secretary
    assert soon == [True]
    for words in ("proposal.pdf", f"{long_name[:195]}….pdf", "exempt: offentleglova § 14"):
        assert words in answer.text
    assert "These have not answered: Fedje." in answer.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"deadline_date": "2025-11-10"}, "Choose a day after today"),
        ({"deadline_date": "soon"}, "Enter a valid date"),
        ({"municipalities": []}, "This field is required"),
        ({"municipalities": [0]}, "Select a valid choice"),
        ({"question": "q" * 8_001}, "at most 8000 characters"),
        ({"documents": "not_as_named"}, "The file is not what its name says"),
    ],
)
def test_bad_input_is_answered_with_words_and_nothing_is_stored(
    manager, cooperation, told, changes, words
):
    if changes.get("documents"):
        changes = {"documents": [file("a.pdf"), file("b.pdf", b"no PDF")]}
    answer = manager.post(url("hearing_new"), told | changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert not Hearing.objects.exists()


def test_a_hearing_is_changed_with_its_reason_until_somebody_has_answered(
    manager, hearing, partner_director
):
    page = url("hearing_change", hearing.pk)
    told = {"title": "Old key", "question": "Keep it?", "deadline_date": "2025-12-08"}
    assert manager.post(page, told).status_code == 422
    manager.post(page, told | {"reason": "The proposal is new."})
    shown = manager.get(url("hearing", hearing.pk)).text
    assert "Keep it?" in shown
    assert page in shown
    assert "The proposal is new." in manager.get(url("history", "hearing", hearing.pk)).text

    answered(hearing, by=partner_director)
    refused = manager.post(page, told | {"reason": "Again."})
    assert "Somebody has answered already" in refused.text
    assert page not in manager.get(url("hearing", hearing.pk)).text


def test_a_director_answers_for_the_own_municipality_and_changes_it(
    as_person, partner_director, host_director, medical_officer, hearing
):
    row = hearing.answers.get()
    page, form = url("hearing", hearing.pk), url("hearing_answer", hearing.pk, row.pk)
    for person in (host_director, medical_officer):
        browser = as_person(person)
        assert form not in browser.get(page).text
        assert browser.post(form, {"position": "agrees"}).status_code == 404
    browser = as_person(partner_director)
    assert form in browser.get(page).text
    assert browser.post(form, {"position": "with_remarks"}).status_code == 422
    told = {
        "position": "with_remarks",
        "text": "Fewer calls\nthan said.",
        "document": file("a.pdf"),
    }
    shown = browser.post(form, told, follow=True).text
    for words in ("agrees, with remarks", "Fewer calls<br>than said.", "a.pdf"):
        assert words in shown
    assert "Fewer calls" in browser.get(form).text
    browser.post(form, {"position": "agrees", "text": ""})
    row.refresh_from_db()
    assert (row.position, row.document.name) == ("agrees", "a.pdf"), "the document stays"


def test_answer_after_closing_and_closing_again_are_told_in_words(
    as_person, partner_director, manager, hearing, leader, cooperation
):
    form = url("hearing_answer", hearing.pk, hearing.answers.get().pk)
    close = url("hearing_close", hearing.pk)
    assert "These have not answered: Fedje" in manager.get(close).text
    assert manager.post(close, {"outcome": ""}).status_code == 422
    decision = decided(cooperation=cooperation, title="The key is adopted")
    shown = manager.post(
        close, {"outcome": "All agreed.", "decision": decision.pk}, follow=True
    ).text
    assert "All agreed." in shown
    assert "The key is adopted" in shown
    assert close not in shown
    assert "Hearing: New key" in manager.get(url("decision", decision.pk)).text

    browser = as_person(partner_director)
    assert form not in browser.get(url("hearing", hearing.pk)).text
    for answer in (
        browser.post(form, {"position": "agrees"}),
        manager.post(close, {"outcome": "Once more."}),
    ):
        assert answer.status_code == 422
        assert "nothing about it changes any more" in answer.text


def test_the_file_of_the_answers_is_equal_to_the_page(
    as_person, auditor, partner_director, cooperation, host, partner
):
    hearing = opened(cooperation=cooperation, municipalities=[host, partner])
    row = hearing.answers.get(municipality=partner)
    exempt = kept(cooperation=cooperation, name="note.pdf", exemption_basis="§ 14")
    hearing.answers.filter(municipality=host).delete()
    answered(hearing, by=partner_director, document=exempt)
    hearing.answers.create(municipality=host)
    browser = as_person(auditor)
    page = browser.get(url("hearing", hearing.pk))
    text = browser.get(url("hearing", hearing.pk), {"format": "csv"}).content.decode("utf-8-sig")
    _headings, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert [tuple(each) for each in rows] == [each.cells for each in page.context["table"].rows]
    assert rows[0][:2] == ["Alver", "has not answered"]
    assert rows[1][3] == "note.pdf (exempt: § 14)"
    assert row.pk
    for missing in (url("hearing", hearing.pk), url("hearings")):
        assert browser.get(missing, {"format": "pdf"}).status_code == 404


def test_the_list_has_the_open_ones_first_and_its_file_is_equal(
    as_person, auditor, leader, cooperation, partner
):
    def one(title, **more):
        return opened(cooperation=cooperation, municipalities=[partner], title=title, **more)

    closed(one("Closed"), by=leader)
    one("Later", deadline_date=date(2025, 12, 20))
    one("Sooner", deadline_date=date(2025, 11, 5))
    browser = as_person(auditor)
    table = browser.get(url("hearings")).context["table"]
    assert [row.cells[:2] for row in table.rows] == [
        ("Sooner", "to be closed"),
        ("Later", "open"),
        ("Closed", "closed"),
    ]
    text = browser.get(url("hearings"), {"format": "csv"}).content.decode("utf-8-sig")
    assert [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=";")][1:] == [
        row.cells for row in table.rows
    ]


def test_who_does_not_manage_hearings_opens_and_closes_none(as_person, leader, outsider, hearing):
    for person in (leader, outsider):
        browser = as_person(person)
        for page in (url("hearing_new"), url("hearing_close", hearing.pk)):
            assert browser.get(page).status_code == 404
    for page in (url("hearings"), url("hearing", hearing.pk)):
        assert as_person(outsider).get(page).status_code == 404


def test_an_empty_list_says_what_to_do_next(as_person, manager, auditor, cooperation):
    assert "Open one before the host decides" in manager.get(url("hearings")).text
    assert "You answer here" in as_person(auditor).get(url("hearings")).text


def test_pages_ask_as_much_for_many_as_for_one(
    as_person, auditor, leader, cooperation, partner, django_assert_max_num_queries
):
    first = opened(cooperation=cooperation, municipalities=[partner])
    browser, counts = as_person(auditor), []
    for many in (False, True):
        if many:
            for number in range(8):
                joined = MunicipalityFactory(number=f"{9100 + number}")
                Participant.objects.create(
                    cooperation=cooperation, municipality=joined, joined_date=date(2024, 1, 1)
                )
                opened(cooperation=cooperation, municipalities=[joined], title=str(number))
                row = first.answers.create(municipality=joined)
                row.document, row.position = kept(cooperation=cooperation), "agrees"
                row.answered_at, row.answered_by = first.opened_at, leader
                row.save()
        for page in (url("hearings"), url("hearing", first.pk)):
            with django_assert_max_num_queries(12) as found:
                browser.get(page)
            counts.append(len(found))
    assert counts[:2] == counts[2:]


def test_summary_and_what_waits_for_whom(
    cooperation,
    partner,
    secretary,
    partner_director,
    auditor,
    hearing,
    leader,
    django_assert_num_queries,
):
    closed(opened(cooperation=cooperation, municipalities=[partner]), by=leader)
    later = date(2025, 12, 2)
    with django_assert_num_queries(2):
        summary = queries.summary_of(cooperation=cooperation, user=auditor, today=later)
    assert summary == queries.HearingSummary(
        hearings=2, open=1, to_close=1, unanswered=1, next_deadline=None
    )

    def waiting(user, today):
        with django_assert_num_queries(2):
            found = queries.waiting_for(cooperation=cooperation, user=user, today=today)
        return [(each.text, each.due_date) for each in found]

    due = date(2025, 12, 1)
    assert waiting(partner_director, due) == [("Answer for Fedje: New key", due)]
    assert waiting(secretary, due) == []
    assert waiting(secretary, later) == [("Close the hearing: New key", due)]
    assert waiting(auditor, later) == []
    answered(hearing, by=partner_director)
    assert waiting(partner_director, due) == []
