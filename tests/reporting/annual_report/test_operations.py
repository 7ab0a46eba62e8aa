from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from reporting.annual_report import errors, rules
from reporting.annual_report import operations as reports
from reporting.annual_report.figures import NoFigures
from reporting.annual_report.models import AnnualReport, DocumentState, ReportState
from tests.factories.reporting import (
    AFTER_THE_YEAR,
    approved,
    calls_in_year,
    checked,
    document_of,
    draft,
    ready,
)

LATER = AFTER_THE_YEAR + timedelta(days=1)


def approve(report, *, by, at=LATER):
    """Approve the content that the report was read with."""
    return reports.approve(report=report, by=by, content_sha256=report.content_sha256, at=at)


def test_preparing_freezes_the_figures_and_queues_both_documents(report, leader):
    assert report.state == ReportState.DRAFT
    assert report.prepared_by == leader
    assert report.figures_sha256 == rules.checksum(report.figures)
    states = {d.language: (d.state, d.content_sha256) for d in report.documents.all()}
    assert states == {
        language: (DocumentState.QUEUED, report.content_sha256) for language in ("nn", "nb")
    }


def test_preparing_a_draft_again_takes_new_figures_and_queues_again(report, central, cooperation):
    ready(report)
    calls_in_year(central=central, months=(2,))
    again = draft(cooperation=cooperation, at=LATER)
    assert again.pk == report.pk
    assert again.figures["total"]["year"]["denominator"] == 4 * (31 + 28)
    assert {d.state for d in again.documents.all()} == {DocumentState.QUEUED}
    assert {d.pdf_sha256 for d in again.documents.all()} == {""}


def test_a_year_without_data_makes_no_report(cooperation, january):
    with pytest.raises(NoFigures):
        draft(cooperation=cooperation, year=2022)
    assert not AnnualReport.objects.exists()


def test_an_approved_report_is_not_prepared_again(cooperation, january, host_director):
    approved(cooperation=cooperation, by=host_director)
    with pytest.raises(errors.ReportIsApproved):
        draft(cooperation=cooperation, at=LATER)


def test_a_report_is_approved_when_both_documents_are_ready(report, leader, host_director):
    found = approve(checked(report, by=leader), by=host_director)
    found.refresh_from_db()
    assert (found.state, found.approved_by, found.approved_at) == (
        ReportState.APPROVED,
        host_director,
        LATER,
    )


def test_one_missing_document_stops_the_approval(report, leader, host_director):
    report = checked(report, by=leader)
    report.documents.filter(language="nb").update(state=DocumentState.FAILED)
    with pytest.raises(errors.DocumentsAreMissing):
        approve(report, by=host_director)


def test_a_document_of_older_figures_stops_the_approval(report, leader, host_director):
    report = checked(report, by=leader)
    report.documents.filter(language="nn").update(content_sha256="0" * 64)
    with pytest.raises(errors.DocumentsAreMissing):
        approve(report, by=host_director)


def test_figures_that_nobody_read_are_not_approved(report, host_director, central, cooperation):
    read = ready(report)
    calls_in_year(central=central, months=(2,))
    ready(draft(cooperation=cooperation, at=LATER))
    with pytest.raises(errors.ContentChanged):
        approve(read, by=host_director)
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT


def test_only_who_holds_the_permission_approves(report, leader, partner_director):
    ready(report)
    for person in (leader, partner_director):
        with pytest.raises(errors.MayNotApprove):
            approve(report, by=person)


def test_the_report_of_a_running_year_stays_a_draft(report, host_director):
    with pytest.raises(errors.YearIsNotOver):
        approve(ready(report), by=host_director, at=datetime(2025, 12, 31, 22, 0, tzinfo=UTC))


def test_a_report_is_approved_once(cooperation, january, host_director):
    report = approved(cooperation=cooperation, by=host_director)
    with pytest.raises(errors.ReportIsApproved):
        approve(report, by=host_director)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_annualreport SET figures = '{}' WHERE id = %s",
        "UPDATE reporting_annualreport SET state = 'draft', approved_at = NULL,"
        " approved_by_id = NULL WHERE id = %s",
    ],
)
def test_the_database_refuses_to_change_an_approved_report(
    cooperation, january, host_director, statement
):
    report = approved(cooperation=cooperation, by=host_director)
    before = AnnualReport.objects.get(pk=report.pk).figures
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [report.pk])
    assert AnnualReport.objects.get(pk=report.pk).figures == before


def test_the_database_refuses_to_delete_an_approved_report(cooperation, january, host_director):
    report = approved(cooperation=cooperation, by=host_director)
    with pytest.raises(ProgrammingError), transaction.atomic():
        AnnualReport.objects.filter(pk=report.pk).delete()


def test_a_failed_document_is_queued_again_and_a_good_one_is_not(report):
    ready(report)
    document = document_of(report)
    assert not reports.render_again(document=document, at=LATER)
    report.documents.filter(language="nn").update(state=DocumentState.FAILED, error="no pango")
    assert reports.render_again(document=document, at=LATER)
    found = document_of(report)
    assert (found.state, found.error) == (DocumentState.QUEUED, "")


def test_a_document_whose_file_is_gone_is_queued_again(report):
    document = document_of(ready(report))
    document.path.unlink()
    assert reports.render_again(document=document, at=LATER)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_reportdocument SET pdf_sha256 = repeat('0', 64) WHERE report_id = %s",
        "UPDATE reporting_reportdocument SET content_sha256 = '' WHERE report_id = %s",
        "UPDATE reporting_reportdocument SET pdf_bytes = 1 WHERE report_id = %s",
        "UPDATE reporting_reportdocument SET report_id = NULL WHERE report_id = %s",
        "DELETE FROM reporting_reportdocument WHERE report_id = %s",
    ],
)
def test_the_database_refuses_another_file_for_an_approved_report(
    cooperation, january, host_director, statement
):
    report = approved(cooperation=cooperation, by=host_director)
    refusal = pytest.raises(ProgrammingError, match="frozen")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [report.pk])


def test_a_damaged_file_is_queued_again(report):
    document = document_of(ready(report))
    document.path.write_bytes(b"%PDF else")
    assert reports.render_again(document=document, at=LATER)


def test_an_approved_document_whose_file_is_gone_keeps_its_checksum_in_the_queue(
    cooperation, january, host_director
):
    before = document_of(approved(cooperation=cooperation, by=host_director))
    before.path.unlink()
    assert reports.render_again(document=before, at=LATER)
    after = document_of(before.report)
    assert (after.state, after.queued_at) == (DocumentState.QUEUED, LATER)
    assert (after.pdf_sha256, after.pdf_bytes) == (before.pdf_sha256, before.pdf_bytes)
