"""Checked, approved, issued, corrected: each step, and what it refuses."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from reporting.annual_report import errors, rules
from reporting.annual_report import operations as reports
from reporting.annual_report.document.drawing import pdf_of
from reporting.annual_report.models import AnnualReport, DocumentState, ReportState
from tests.factories.reporting import (
    AFTER_THE_YEAR,
    approved,
    calls_in_year,
    checked,
    document_of,
    draft,
    issued,
    ready,
)

LATER = AFTER_THE_YEAR + timedelta(days=1)


def check(report, *, by, at=LATER):
    return reports.check(report=report, by=by, content_sha256=report.content_sha256, at=at)


def test_who_checked_and_when_is_kept_and_checking_again_changes_nothing(report, leader, auditor):
    check(report, by=leader)
    again = check(report, by=auditor, at=LATER + timedelta(days=1))
    assert (again.state, again.checked_by, again.checked_at) == ("checked", leader, LATER)


def test_other_content_than_was_read_is_not_checked(report, leader, central, cooperation):
    calls_in_year(central=central, months=(2,))
    draft(cooperation=cooperation, at=LATER)
    with pytest.raises(errors.ContentChanged):
        check(report, by=leader)


def test_a_year_that_runs_is_not_checked(report, leader):
    with pytest.raises(errors.YearIsNotOver):
        check(report, by=leader, at=datetime(2025, 12, 31, 22, 0, tzinfo=UTC))


def test_checking_has_the_missing_documents_made(report, leader):
    ready(report)
    report.documents.filter(language="nn").update(state=DocumentState.FAILED)
    check(report, by=leader)
    assert document_of(report).state == DocumentState.QUEUED
    assert document_of(report, "nb").state == DocumentState.DONE


def test_what_nobody_checked_is_not_approved(report, host_director):
    with pytest.raises(errors.IsNotChecked):
        reports.approve(
            report=ready(report),
            by=host_director,
            content_sha256=report.content_sha256,
            at=LATER,
        )


def test_new_figures_are_to_be_checked_again(report, leader, cooperation, central):
    checked(report, by=leader)
    calls_in_year(central=central, months=(2,))
    assert draft(cooperation=cooperation, at=LATER).state == ReportState.DRAFT


def test_only_what_is_approved_is_issued(report, leader):
    with pytest.raises(errors.IsNotApproved):
        reports.issue(report=checked(report, by=leader), by=leader, at=LATER)


def test_a_report_is_issued_once(cooperation, january, leader, host_director):
    report = approved(cooperation=cooperation, by=host_director)
    first = reports.issue(report=report, by=leader, at=LATER)
    again = reports.issue(report=report, by=host_director, at=LATER + timedelta(days=1))
    assert (first.issued_by, first.issued_at) == (leader, LATER)
    assert (again.issued_by, again.issued_at) == (leader, LATER)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_correction_says_why(cooperation, january, host_director, leader, reason):
    report = issued(cooperation=cooperation, by=host_director)
    with pytest.raises(errors.ReasonIsMissing):
        reports.begin_correction(report=report, reason=reason, by=leader, at=LATER)


def test_a_correction_is_begun_from_the_latest_frozen_edition(
    cooperation, january, host_director, leader
):
    report = issued(cooperation=cooperation, by=host_director)
    made = reports.begin_correction(report=report, reason="Feil.", by=leader, at=LATER)
    for which in (report, made):
        with pytest.raises(errors.IsNotTheLatest):
            reports.begin_correction(report=which, reason="Meir feil.", by=leader, at=LATER)
    assert made.content_sha256 != report.content_sha256, "the edition is told on the cover"


def test_what_is_corrected_in_an_approved_edition_is_not_issued_any_more(
    cooperation, january, host_director, leader
):
    first = approved(cooperation=cooperation, by=host_director)
    made = reports.begin_correction(report=first, reason="Feil.", by=leader, at=LATER)
    reports.approve(
        report=checked(made, by=leader, at=LATER), by=host_director, at=LATER,
        content_sha256=made.content_sha256,
    )  # fmt: skip
    with pytest.raises(errors.IsNotTheLatest):
        reports.issue(report=first, by=leader, at=LATER)


def at_once(run, *, times=2):
    """What each of them raised, or None: they begin at the same moment."""
    start, found = threading.Barrier(times), []

    def one():
        start.wait(30)
        try:
            run()
        except Exception as error:
            found.append(type(error))
        else:
            found.append(None)
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return set(found)


@pytest.mark.django_db(transaction=True)
def test_two_who_prepare_at_once_make_one_report(cooperation, january, leader):
    assert at_once(lambda: draft(cooperation=cooperation, by=leader)) == {None}
    assert AnnualReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_correct_at_once_begin_one_edition(cooperation, january, host_director, leader):
    report = issued(cooperation=cooperation, by=host_director)
    found = at_once(
        lambda: reports.begin_correction(report=report, reason="Feil.", by=leader, at=LATER)
    )
    assert found == {None, errors.IsNotTheLatest}


def test_preparing_again_takes_figures_into_the_correction_and_not_the_frozen_one(
    cooperation, january, central, host_director, leader
):
    report = issued(cooperation=cooperation, by=host_director)
    made = reports.begin_correction(report=report, reason="Feil.", by=leader, at=LATER)
    calls_in_year(central=central, months=(2,))
    again = draft(cooperation=cooperation, at=LATER)
    assert (again.pk, again.correction_reason) == (made.pk, "Feil.")
    report.refresh_from_db()
    assert report.figures["total"]["year"]["offered"] == 124
    assert again.figures["total"]["year"]["offered"] == 236


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_annualreport SET figures = '{}' WHERE id = %s",
        "UPDATE reporting_annualreport SET left_out = '[\"quality\"]' WHERE id = %s",
        "UPDATE reporting_annualreport SET state = 'approved', issued_at = NULL,"
        " issued_by_id = NULL WHERE id = %s",
        "UPDATE reporting_annualreport SET issued_at = now() WHERE id = %s",
        "UPDATE reporting_annualreport SET state = 'draft' WHERE id = %s",
        "DELETE FROM reporting_annualreport WHERE id = %s",
    ],
)
def test_the_database_refuses_to_change_an_issued_report(
    cooperation, january, host_director, statement
):
    report = issued(cooperation=cooperation, by=host_director)
    refusal = pytest.raises(ProgrammingError, match="frozen")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [report.pk])
    assert rules.checksum(AnnualReport.objects.get(pk=report.pk).figures) == report.figures_sha256


def test_a_report_is_not_issued_together_with_another_change(cooperation, january, host_director):
    report = approved(cooperation=cooperation, by=host_director)
    refusal = pytest.raises(ProgrammingError, match="frozen")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reporting_annualreport SET state = 'issued', issued_at = now(),"
            " figures = '{}' WHERE id = %s",
            [report.pk],
        )


def test_the_database_knows_one_edition_at_work(report):
    report.pk, report.edition, report.correction_reason = None, 2, "Feil."
    with pytest.raises(IntegrityError), transaction.atomic():
        report.save()


@pytest.mark.pdf
def test_an_issued_report_is_rendered_again_to_the_byte(report, leader, host_director, central):
    for language in ("nn", "nb"):
        reports.render(document=document_of(report, language), at=AFTER_THE_YEAR)
    report = check(report, by=leader)
    report = reports.approve(
        report=report, by=host_director, content_sha256=report.content_sha256, at=LATER
    )
    reports.issue(report=report, by=leader, at=LATER)
    calls_in_year(central=central, months=(2,))
    before = {each.language: each.path.read_bytes() for each in report.documents.all()}
    for document in report.documents.all():
        document.path.unlink()
        assert reports.render_again(document=document, at=LATER)
        reports.render(document=document, at=LATER)
    after = {each.language: each.path.read_bytes() for each in report.documents.all()}
    assert after == before
    stored = AnnualReport.objects.get(pk=report.pk)
    assert pdf_of(figures=stored.figures, language="nn") == before["nn"]
