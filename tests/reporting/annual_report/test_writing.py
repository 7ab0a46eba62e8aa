"""What is written in a report, and who may write it."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from reporting.annual_report import errors, queries
from reporting.annual_report import operations as reports
from reporting.annual_report.models import AnnualReport, ChapterText, DocumentState, ReportState
from tests.factories.reporting import AFTER_THE_YEAR, approved, checked, ready

LATER = AFTER_THE_YEAR + timedelta(days=1)
pytestmark = pytest.mark.usefixtures("after_the_year")


def write(report, text, *, seen="", language="nn", chapter="quality", by=None):
    return reports.write(
        report=report,
        chapter=chapter,
        language=language,
        text=text,
        seen=seen,
        by=by,
        at=LATER,
    )


def page(report, chapter="quality", name="annual_report_write_chapter"):
    return reverse(name, args=[report.pk, chapter])


def sent(**given):
    """What the form of a chapter sends."""
    names = ("text_nn", "text_nb", "seen_nn", "seen_nb")
    return dict.fromkeys(names, "") | {"seen_left_out": "False", "shown": "nn"} | given


def test_a_text_is_stored_in_its_language_and_the_content_is_another(report, leader):
    before = report.content_sha256

    after = write(report, " Eit godt år.\r\n\r\nTakk. ", by=leader)

    assert after.content_sha256 != before
    assert queries.written_in(report, language="nn").texts == {"quality": "Eit godt år.\n\nTakk."}
    assert queries.written_in(report, language="nb").texts == {}
    assert ChapterText.objects.get().changed_by == leader


def test_the_same_text_changes_nothing(report):
    first = write(report, "Eit godt år.")
    again = write(report, "Eit godt år.", seen="something old")
    assert again.content_sha256 == first.content_sha256


def test_two_who_write_at_once_do_not_write_over_each_other(report):
    write(report, "Min tekst.")
    with pytest.raises(errors.WrittenMeanwhile) as refused:
        write(report, "Din tekst.", seen="")
    assert (refused.value.stored, refused.value.language) == ("Min tekst.", "nn")
    assert queries.texts_of(report)["nn"] == {"quality": "Min tekst."}


def test_what_was_checked_is_a_draft_again_when_it_is_written_in(report, leader):
    checked(report, by=leader)
    after = write(report, "Eit godt år.")
    assert (after.state, after.checked_by, after.checked_at) == (ReportState.DRAFT, None, None)


def test_a_chapter_that_is_left_out_is_not_in_the_document_s_words(report, told):
    before = reports.leave_out(report=report, chapters=["quality"])
    assert before.left_out == ["quality"]
    assert queries.written_in(before, language="nn").left_out == ["quality"]
    after = reports.leave_out(report=report, chapters=[])
    assert after.content_sha256 == report.content_sha256


@pytest.mark.parametrize("chapter", ["", "nothing", "about"])
def test_there_is_no_other_chapter(report, chapter):
    with pytest.raises(errors.NoSuchChapter):
        write(report, "Eit godt år.", chapter=chapter)
    with pytest.raises(errors.NoSuchChapter):
        reports.leave_out(report=report, chapters=[chapter])


def test_what_is_approved_is_not_written_in(cooperation, january, host_director):
    report = approved(cooperation=cooperation, by=host_director)
    with pytest.raises(errors.ReportIsApproved):
        write(report, "Eit godt år.")
    with pytest.raises(errors.ReportIsApproved):
        reports.leave_out(report=report, chapters=["quality"])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_chaptertext SET text = 'Anna.' WHERE report_id = %s",
        "DELETE FROM reporting_chaptertext WHERE report_id = %s",
        "INSERT INTO reporting_chaptertext (report_id, chapter, language, text, changed_at)"
        " VALUES (%s, 'goals', 'nn', 'Ny.', now())",
    ],
)
def test_the_database_refuses_another_text_in_an_approved_report(
    report, leader, host_director, statement
):
    for language in ("nn", "nb"):
        report = write(report, "Eit godt år.", language=language)
    reports.make_documents(report=report, at=LATER)
    report = checked(report, by=leader)
    reports.approve(report=report, by=host_director, content_sha256=report.content_sha256, at=LATER)
    refusal = pytest.raises(ProgrammingError, match="frozen")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [report.pk])


def test_a_chapter_in_one_language_only_stops_the_check(report, leader):
    report = write(report, "Eit godt år.")
    with pytest.raises(errors.TranslationIsMissing) as refused:
        checked(report, by=leader)
    assert refused.value.codes == ("quality",)
    report = reports.leave_out(report=report, chapters=["quality"])
    assert checked(report, by=leader).state == ReportState.CHECKED


def test_the_pages_say_which_chapters_lack_a_language(as_person, report, leader):
    write(report, "Eit godt år.")
    browser = as_person(leader)
    for url in (
        reverse("annual_report", args=[report.pk]),
        reverse("annual_report_write", args=[report.pk]),
    ):
        answer = browser.get(url).content.decode()
        assert "written in one language only" in answer
        assert page(report) in answer
        assert "Bokmål is missing" in answer
    url = reverse("annual_report_check", args=[report.pk])
    report.refresh_from_db()
    answer = browser.post(url, {"content_sha256": report.content_sha256}, follow=True)
    assert "written in one language only: Quality" in answer.content.decode()


def test_the_leader_writes_both_texts_in_the_page(as_person, report, leader):
    browser = as_person(leader)
    assert page(report) in browser.get(reverse("annual_report_write", args=[report.pk])).text
    answer = browser.post(page(report), sent(text_nn="Eit godt år.", text_nb="Et godt år."))
    assert answer.url == page(report)
    assert queries.texts_of(report) == {
        "nn": {"quality": "Eit godt år."},
        "nb": {"quality": "Et godt år."},
    }
    assert "Et godt år." in browser.get(page(report)).text


def test_nothing_is_lost_when_somebody_saved_in_between(as_person, report, leader):
    write(report, "Den andre sin tekst.")
    given = sent(text_nn="Min tekst.", text_nb="Min tekst.")

    answer = as_person(leader).post(page(report), given)

    assert answer.status_code == 422
    assert "Min tekst." in answer.text
    assert "Den andre sin tekst." in answer.text
    assert queries.texts_of(report) == {"nn": {"quality": "Den andre sin tekst."}, "nb": {}}
    seen = answer.context["form"]["seen_nn"].value()
    again = as_person(leader).post(page(report), given | {"seen_nn": seen})
    assert again.status_code == 302
    assert queries.texts_of(report)["nn"] == {"quality": "Min tekst."}


def test_a_chapter_is_left_out_and_taken_in_again_in_the_page(as_person, report, leader):
    browser = as_person(leader)
    browser.post(page(report), sent(is_left_out="on"))
    report.refresh_from_db()
    assert report.left_out == ["quality"]
    browser.post(page(report), sent(text_nn="Nytt.", is_left_out="on", seen_left_out="True"))
    browser.post(page(report), sent(text_nn="Nytt.", seen_nn="Nytt.", seen_left_out="True"))
    report.refresh_from_db()
    assert report.left_out == []


def test_who_changes_a_text_does_not_take_in_what_another_left_out(as_person, report, leader):
    reports.leave_out(report=report, chapters=["quality"])
    as_person(leader).post(page(report), sent(text_nn="Nytt."))
    report.refresh_from_db()
    assert report.left_out == ["quality"]


def test_a_suggestion_is_shown_as_one_and_taken_into_both_texts(as_person, report, leader, told):
    browser = as_person(leader)
    shown = browser.get(page(report)).text
    assert "Suggestions from the figures" in shown
    assert "(nb) 70 avvik" in shown
    answer = browser.post(page(report), sent(text_nn="Eit godt år.", take="0"))
    form = answer.context["form"]
    assert form["text_nn"].value() == "Eit godt år.\n\n(nn) 70 avvik vart melde."
    assert form["text_nb"].value() == "(nb) 70 avvik vart melde."
    assert "not saved yet" in answer.text
    assert "Stands in both texts" in answer.text
    assert not ChapterText.objects.exists()
    assert browser.post(page(report), sent(take="7")).status_code == 404


def test_the_preview_shows_what_is_typed_and_stores_nothing(as_person, report, leader, told):
    url, browser = page(report, name="annual_report_preview"), as_person(leader)
    answer = browser.post(url, sent(text_nb="Et <b>godt</b> år.\r\n\r\nTakk.", shown="nb")).text
    assert "Et &lt;b&gt;godt&lt;/b&gt; år." in answer
    assert "=category 60" in answer
    assert "60 av 70 rader er vist her" in answer
    assert 'lang="nb"' in answer
    assert not ChapterText.objects.exists()
    assert "not in the report" in browser.post(url, sent(is_left_out="on")).text
    assert "<svg" in browser.post(page(report, "activity", "annual_report_preview"), sent()).text


def test_without_script_a_button_shows_the_preview(as_person, report, leader):
    answer = as_person(leader).post(page(report), sent(text_nn="Eit godt år.", preview="1"))
    assert "<p>Eit godt år.</p>" in answer.text
    assert not ChapterText.objects.exists()


@pytest.mark.parametrize("text", ["\x00", "a" * 20_001])
def test_what_cannot_be_stored_is_refused_in_words(as_person, report, leader, text):
    answer = as_person(leader).post(page(report), sent(text_nn=text))
    assert answer.status_code == 422
    assert "Correct this before you go on" in answer.text


def test_an_approved_report_has_no_page_to_write_in(
    as_person, january, cooperation, leader, host_director
):
    report = approved(cooperation=cooperation, by=host_director)
    browser, back = as_person(leader), reverse("annual_report", args=[report.pk])
    assert browser.get(page(report)).url == back
    assert browser.get(reverse("annual_report_write", args=[report.pk])).url == back
    answer = browser.post(page(report), sent(text_nn="For seint."))
    assert (answer.status_code, "For seint." in answer.text) == (422, True)
    assert "is approved and does not change" in answer.text


@pytest.mark.parametrize("person", ["host_director", "partner_director", "auditor", "outsider"])
def test_who_may_not_write_gets_404(person, request, as_person, report):
    browser = as_person(request.getfixturevalue(person))
    assert browser.get(reverse("annual_report_write", args=[report.pk])).status_code == 404
    assert browser.get(page(report)).status_code == 404
    for name in ("annual_report_write_chapter", "annual_report_preview"):
        answer = browser.post(page(report, name=name), sent(text_nn="Nei."))
        assert answer.status_code == 404
    assert browser.post(reverse("annual_report_make", args=[report.pk])).status_code == 404
    assert not ChapterText.objects.exists()


def test_an_unknown_chapter_is_not_found(as_person, report, leader):
    assert as_person(leader).get(page(report, "nothing")).status_code == 404


def test_the_documents_are_told_to_be_old_and_made_anew(as_person, report, leader, monkeypatch):
    ready(report)
    write(report, "Eit godt år.")
    browser, url = as_person(leader), reverse("annual_report", args=[report.pk])
    assert "The documents are older" in browser.get(url).text
    assert browser.post(reverse("annual_report_make", args=[report.pk])).url == url
    states = set(report.documents.values_list("state", flat=True))
    assert states == {DocumentState.QUEUED}
    assert "The documents are older" not in browser.get(url).text


@pytest.mark.parametrize("language", ["nn", "nb", "en"])
def test_the_pages_are_there_in_every_language(as_person, report, leader, told, language):
    leader.language = language
    leader.save()
    for url in (page(report), reverse("annual_report_write", args=[report.pk])):
        assert as_person(leader).get(url).status_code == 200


def test_a_correction_keeps_the_texts_and_the_old_edition_keeps_its_own(
    report, leader, host_director
):
    for language in ("nn", "nb"):
        report = write(report, "Eit godt år.", language=language)
    reports.make_documents(report=report, at=LATER)
    report = checked(report, by=leader)
    report = reports.approve(
        report=report, by=host_director, content_sha256=report.content_sha256, at=LATER
    )
    made = reports.begin_correction(report=report, reason="Feil.", by=leader, at=LATER)
    write(made, "Eit betre år.", seen="Eit godt år.")
    assert queries.texts_of(report)["nn"] == {"quality": "Eit godt år."}
    assert queries.texts_of(made)["nn"] == {"quality": "Eit betre år."}
    assert (made.edition, made.state) == (2, ReportState.DRAFT)
    assert AnnualReport.objects.get(pk=report.pk).content_sha256 == report.content_sha256
