import pytest
from django.urls import reverse

from reporting.annual_report import operations as reports
from reporting.annual_report import tasks
from reporting.annual_report.models import AnnualReport, DocumentState, ReportState
from tests.factories.reporting import (
    AFTER_THE_YEAR,
    PDF,
    approved,
    calls_in_year,
    checked,
    document_of,
    issued,
    ready,
)

LIST = "/annual-report/"
pytestmark = pytest.mark.usefixtures("after_the_year")


@pytest.fixture
def rendered(monkeypatch):
    """Which documents a worker was asked for."""
    asked = []
    monkeypatch.setattr(tasks.render_document, "delay", lambda **given: asked.append(given))
    return asked


def page(report):
    return reverse("annual_report", args=[report.pk])


def pdf_url(report, language="nn"):
    return reverse("annual_report_document", args=[report.pk, language])


def test_the_leader_prepares_a_report_and_sees_its_progress(
    as_person, leader, january, cooperation, rendered, django_capture_on_commit_callbacks
):
    browser = as_person(leader)
    assert b"2025" in browser.get(LIST).content
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(f"{LIST}{cooperation.slug}/prepare", {"year": 2025})
    report = AnnualReport.objects.get()
    assert answer.url == page(report)
    assert {given["document_id"] for given in rendered} == {d.pk for d in report.documents.all()}
    told = browser.get(answer.url).content.decode()
    assert 'hx-trigger="every 1s"' in told
    assert "<noscript>" in told


@pytest.mark.parametrize("person", ["host_director", "partner_director", "auditor", "outsider"])
def test_who_may_not_prepare_gets_404(person, request, as_person, january, cooperation):
    browser = as_person(request.getfixturevalue(person))
    answer = browser.post(f"{LIST}{cooperation.slug}/prepare", {"year": 2025})
    assert answer.status_code == 404
    assert not AnnualReport.objects.exists()


def test_a_year_without_data_is_refused_in_words(as_person, leader, january, cooperation):
    browser = as_person(leader)
    answer = browser.post(f"{LIST}{cooperation.slug}/prepare", {"year": 2019}, follow=True)
    assert b"telephone data" in answer.content
    assert not AnnualReport.objects.exists()


def test_an_approved_report_is_not_prepared_again_from_the_page(
    as_person, leader, january, cooperation, host_director
):
    approved(cooperation=cooperation, by=host_director)
    answer = as_person(leader).post(
        f"{LIST}{cooperation.slug}/prepare", {"year": 2025}, follow=True
    )
    assert b"is approved and does not change" in answer.content


def test_the_host_sees_the_draft_and_others_get_404(
    as_person, report, host_director, controller, auditor, partner_director, outsider
):
    ready(report)
    for person in (host_director, controller, auditor):
        assert as_person(person).get(page(report)).status_code == 200
        assert as_person(person).get(pdf_url(report)).status_code == 200
    for person in (partner_director, outsider):
        for url in (page(report), pdf_url(report), f"{page(report)}documents"):
            assert as_person(person).get(url).status_code == 404


def test_a_partner_reads_the_issued_report(
    as_person, january, cooperation, host_director, partner_director, outsider
):
    report = approved(cooperation=cooperation, by=host_director)
    assert as_person(partner_director).get(page(report)).status_code == 404
    reports.issue(report=report, by=host_director, at=AFTER_THE_YEAR)
    browser = as_person(partner_director)
    assert page(report).encode() in browser.get(LIST).content
    answer = browser.get(pdf_url(report, "nb"))
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="arsrapport-2025-nb.pdf"'
    assert as_person(outsider).get(page(report)).status_code == 404
    assert as_person(outsider).get(pdf_url(report)).status_code == 404


def test_an_outsider_does_not_even_see_the_list(as_person, outsider):
    assert as_person(outsider).get(LIST).status_code == 404


def test_a_damaged_file_is_not_shown(as_person, report, leader):
    document_of(ready(report)).path.write_bytes(b"%PDF else")
    assert as_person(leader).get(pdf_url(report)).status_code == 404


def test_a_document_under_way_has_no_file(as_person, report, leader):
    assert as_person(leader).get(pdf_url(report)).status_code == 404
    assert as_person(leader).get(pdf_url(report, "en")).status_code == 404


@pytest.mark.parametrize("language", ["en", "%00", "n" * 300])
def test_there_is_no_document_in_another_language(as_person, report, leader, language):
    browser = as_person(leader)
    address = f"{page(report)}{language}"
    assert browser.get(f"{address}.pdf").status_code == 404
    assert browser.post(f"{address}/again").status_code == 404


def test_the_polling_ends_when_both_documents_are_ready(as_person, report, leader):
    url = reverse("annual_report_documents", args=[report.pk])
    browser = as_person(leader)
    assert 'hx-get="' in browser.get(url, headers={"HX-Request": "true"}).content.decode()
    ready(report)
    assert browser.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "hx-get" not in browser.get(url).content.decode()


def test_the_host_director_is_asked_before_the_report_is_approved(
    as_person, report, leader, host_director
):
    checked(report, by=leader)
    browser = as_person(host_director)
    url = reverse("annual_report_approve", args=[report.pk])
    assert url.encode() in browser.get(page(report)).content
    assert b"cannot be changed" in browser.get(url).content
    report.refresh_from_db()
    assert report.state == ReportState.CHECKED
    assert report.content_sha256.encode() in browser.get(url).content
    assert browser.post(url, {"content_sha256": report.content_sha256}).url == page(report)
    report.refresh_from_db()
    assert (report.state, report.approved_by) == (ReportState.APPROVED, host_director)


@pytest.mark.parametrize("person", ["leader", "partner_director", "auditor", "outsider"])
def test_who_may_not_approve_gets_404(person, request, as_person, report):
    ready(report)
    browser = as_person(request.getfixturevalue(person))
    url = reverse("annual_report_approve", args=[report.pk])
    assert (browser.get(url).status_code, browser.post(url).status_code) == (404, 404)
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT


def test_approving_what_nobody_checked_is_refused_in_words(as_person, report, host_director):
    url = reverse("annual_report_approve", args=[ready(report).pk])
    given = {"content_sha256": report.content_sha256}
    answer = as_person(host_director).post(url, given, follow=True)
    assert b"must check the report" in answer.content


def test_approving_without_the_documents_is_refused_in_words(
    as_person, report, leader, host_director
):
    reports.check(report=report, by=leader, content_sha256=report.content_sha256, at=AFTER_THE_YEAR)
    url = reverse("annual_report_approve", args=[report.pk])
    given = {"content_sha256": report.content_sha256}
    answer = as_person(host_director).post(url, given, follow=True)
    assert b"must be ready before" in answer.content


@pytest.mark.parametrize("given", [{}, {"content_sha256": "0" * 64}])
def test_approving_other_figures_than_those_shown_is_refused_in_words(
    as_person, report, host_director, given
):
    url = reverse("annual_report_approve", args=[ready(report).pk])
    answer = as_person(host_director).post(url, given, follow=True)
    assert b"has changed since you opened it" in answer.content
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT


def test_the_report_is_checked_then_approved_then_issued_in_the_pages(
    as_person, report, leader, host_director, partner_director
):
    ready(report)
    read = {"content_sha256": report.content_sha256}
    steps = [("check", leader), ("approve", host_director), ("issue", leader)]
    for name, person in steps:
        url = reverse(f"annual_report_{name}", args=[report.pk])
        assert as_person(partner_director).post(url, read).status_code == 404
        if name != "approve":
            assert url in as_person(person).get(page(report)).content.decode()
        as_person(person).post(url, read)
    report.refresh_from_db()
    assert report.state == ReportState.ISSUED
    assert as_person(partner_director).get(page(report)).status_code == 200


@pytest.mark.parametrize("name", ["check", "issue", "correct"])
@pytest.mark.parametrize("person", ["partner_director", "auditor", "outsider"])
def test_who_may_not_work_on_the_report_gets_404_for_each_step(
    name, person, request, as_person, report
):
    browser = as_person(request.getfixturevalue(person))
    url = reverse(f"annual_report_{name}", args=[report.pk])
    assert browser.post(url, {"content_sha256": report.content_sha256}).status_code == 404


def test_a_corrected_edition_is_begun_with_a_reason(
    as_person, january, cooperation, leader, host_director, rendered
):
    report = issued(cooperation=cooperation, by=host_director)
    url, browser = reverse("annual_report_correct", args=[report.pk]), as_person(leader)
    assert url in browser.get(page(report)).content.decode()
    assert browser.post(url, {"reason": " "}).status_code == 422
    answer = browser.post(url, {"reason": "Timane i mars var talde to gonger."})
    made = AnnualReport.objects.get(edition=2)
    assert answer.url == page(made)
    assert "Timane i mars" in browser.get(page(made)).content.decode()
    assert b"Another edition" in browser.post(url, {"reason": "Ein gong til."}, follow=True).content


def test_a_lost_file_is_told_and_can_be_asked_for_again(
    as_person, january, cooperation, host_director, leader, rendered
):
    report = approved(cooperation=cooperation, by=host_director)
    document_of(report).path.unlink()
    told = as_person(leader).get(page(report)).content.decode()
    assert "The file is gone." in told
    assert reverse("annual_report_again", args=[report.pk, "nn"]) in told


def test_a_file_that_cannot_be_made_again_says_so(as_person, report, leader):
    ready(report).documents.filter(language="nn").update(
        state=DocumentState.FAILED, error="cannot_be_made_again"
    )
    assert b"cannot make exactly the same one again" in as_person(leader).get(page(report)).content


def test_a_failed_document_says_why_and_can_be_tried_again(
    as_person, report, leader, rendered, django_capture_on_commit_callbacks
):
    ready(report).documents.filter(language="nn").update(
        state=DocumentState.FAILED, error="PDF needs these Debian packages: libpango-1.0-0"
    )
    browser = as_person(leader)
    assert b"libpango-1.0-0" in browser.get(page(report)).content
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("annual_report_again", args=[report.pk, "nn"]))
    assert document_of(report).state == DocumentState.QUEUED
    assert rendered == [{"document_id": document_of(report).pk}]


def test_nothing_is_seen_without_login(client, report):
    for url in (LIST, page(report), pdf_url(report)):
        answer = client.get(url)
        assert answer.status_code == 302
        assert "login" in answer.url


def test_the_list_takes_as_many_queries_for_three_reports_as_for_one(
    as_person, central, report, cooperation, host_director, leader, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = as_person(leader)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as one:
        browser.get(LIST)
    for year in (2023, 2024):
        calls_in_year(central=central, year=year, months=(1,))
        approved(cooperation=cooperation, year=year, by=host_director)
    with django_assert_num_queries(len(one)):
        browser.get(LIST)
    assert len(one) <= 20


@pytest.mark.parametrize("language", ["nn", "nb", "en"])
def test_the_pages_are_there_in_every_language(as_person, report, leader, language):
    leader.language = language
    leader.save()
    for url in (LIST, page(report)):
        assert as_person(leader).get(url).status_code == 200
