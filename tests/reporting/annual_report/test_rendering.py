import hashlib
import threading
from datetime import timedelta

import pytest
from django.db import connection

from legevakt.lib import locks
from legevakt.lib.pdf import PdfError, PdfUnavailable
from reporting.annual_report import operations as reports
from reporting.annual_report import queries, rendering, tasks
from reporting.annual_report.models import DocumentState
from reporting.annual_report.rules import CANNOT_BE_MADE_AGAIN
from tests.factories.reporting import (
    AFTER_THE_YEAR,
    PDF,
    approved,
    document_of,
    draft,
    ready,
)


class Drawing:
    """Stands in for the document: notes the stages, gives a PDF or fails."""

    calls: list[str] = []
    failure: Exception | None = None
    during = None

    def __init__(self, *, language):
        self.language = language

    def collect(self, figures, *, written):
        self.calls.append("collect")

    def draw_charts(self):
        self.calls.append("charts")

    def lay_out(self):
        self.calls.append("layout")
        if Drawing.during:
            Drawing.during()

    def pdf(self):
        if Drawing.failure:
            raise Drawing.failure
        return PDF


@pytest.fixture
def lost(cooperation, january, host_director):
    """An approved report's document whose file is gone, and that was asked for again."""
    document = document_of(approved(cooperation=cooperation, by=host_director))
    document.path.unlink()
    reports.render_again(document=document, at=AFTER_THE_YEAR)
    return document


@pytest.fixture
def drawing(monkeypatch):
    monkeypatch.setattr(Drawing, "calls", [])
    monkeypatch.setattr(Drawing, "failure", None)
    monkeypatch.setattr(Drawing, "during", None)
    monkeypatch.setattr(rendering, "Document", Drawing)
    return Drawing


def test_a_rendered_document_lies_under_its_checksum(report, drawing):
    assert reports.render(document=document_of(report), at=AFTER_THE_YEAR)
    found = document_of(report)
    assert found.state == DocumentState.DONE
    assert found.pdf_sha256 == hashlib.sha256(PDF).hexdigest()
    assert found.pdf_bytes == len(PDF)
    assert found.path.read_bytes() == PDF
    assert [path.name for path in found.path.parent.iterdir()] == [found.path.name]


def test_each_stage_is_seen_while_it_lasts(report, drawing, monkeypatch):
    seen = []
    monkeypatch.setattr(Drawing, "during", lambda: seen.append(document_of(report).stage))
    reports.render(document=document_of(report), at=AFTER_THE_YEAR)
    assert seen == ["layout"]
    assert drawing.calls == ["collect", "charts", "layout"]


def test_a_ready_document_is_not_rendered_again(report, drawing):
    document = document_of(ready(report))
    assert not reports.render(document=document, at=AFTER_THE_YEAR)
    assert drawing.calls == []


def test_what_is_wrong_is_told_on_the_document(report, drawing, monkeypatch):
    monkeypatch.setattr(Drawing, "failure", PdfUnavailable("libpango-1.0-0"))
    reports.render(document=document_of(report), at=AFTER_THE_YEAR)
    found = document_of(report)
    assert found.state == DocumentState.FAILED
    assert "libpango-1.0-0" in found.error


def test_an_unforeseen_error_is_told_and_raised(report, drawing, monkeypatch):
    monkeypatch.setattr(Drawing, "failure", ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        reports.render(document=document_of(report), at=AFTER_THE_YEAR)
    assert document_of(report).error == "ZeroDivisionError"


@pytest.mark.parametrize("failure", [None, PdfError("late")])
def test_new_figures_during_the_rendering_win(report, drawing, monkeypatch, cooperation, failure):
    monkeypatch.setattr(Drawing, "failure", failure)
    monkeypatch.setattr(
        Drawing,
        "during",
        lambda: draft(cooperation=cooperation, at=AFTER_THE_YEAR + timedelta(hours=1)),
    )
    reports.render(document=document_of(report), at=AFTER_THE_YEAR)
    found = document_of(report)
    assert found.state == DocumentState.QUEUED
    assert found.content_sha256 != report.content_sha256


def test_a_document_says_of_which_content_it_is(report, drawing, leader):
    """Written in before its turn came, and back again: nobody approves the words in between."""
    document, first = document_of(report), report.content_sha256
    given = {"chapter": "summary", "language": "nn", "by": leader, "at": AFTER_THE_YEAR}
    reports.write(report=report, text="Feil.", seen="", **given)
    reports.render(document=document, at=AFTER_THE_YEAR)
    reports.write(report=report, text="", seen="Feil.", **given)
    report.refresh_from_db()
    assert report.content_sha256 == first
    assert document_of(report).content_sha256 != first
    reports.make_documents(report=report, at=AFTER_THE_YEAR)
    assert document_of(report).state == DocumentState.QUEUED


def test_a_document_left_by_a_dead_worker_is_rendered_by_the_next(report, drawing):
    report.documents.update(state=DocumentState.RENDERING, stage="charts")
    assert reports.render(document=document_of(report), at=AFTER_THE_YEAR)
    assert document_of(report).state == DocumentState.DONE


def test_an_approved_reports_lost_file_is_made_again_to_the_byte(lost, drawing):
    assert reports.render(document=lost, at=AFTER_THE_YEAR)
    assert document_of(lost.report).state == DocumentState.DONE
    assert queries.pdf_of(document_of(lost.report)) == PDF


def test_another_file_never_takes_an_approved_ones_place(lost, drawing, monkeypatch):
    monkeypatch.setattr(Drawing, "pdf", lambda self: b"%PDF of a newer program")
    assert reports.render(document=lost, at=AFTER_THE_YEAR)
    found = document_of(lost.report)
    assert (found.state, found.error) == (DocumentState.FAILED, CANNOT_BE_MADE_AGAIN)
    assert (found.pdf_sha256, found.path.exists()) == (lost.pdf_sha256, False)
    assert list(found.path.parent.glob("*")) == []


def test_an_approved_file_from_a_backup_is_taken_as_it_is(lost, drawing):
    lost.path.write_bytes(PDF)
    reports.render(document=lost, at=AFTER_THE_YEAR)
    assert document_of(lost.report).state == DocumentState.DONE
    assert drawing.calls == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_render_the_same(report, drawing, monkeypatch):
    second = []

    def other_worker():
        second.append(reports.render(document=document_of(report), at=AFTER_THE_YEAR))
        connection.close()

    def meanwhile():
        thread = threading.Thread(target=other_worker)
        thread.start()
        thread.join()

    monkeypatch.setattr(Drawing, "during", meanwhile)
    assert reports.render(document=document_of(report), at=AFTER_THE_YEAR)
    assert second == [False]
    assert drawing.calls.count("collect") == 1


@pytest.mark.django_db(transaction=True)
def test_what_lost_its_worker_is_queued_again_and_what_has_one_is_not(report, monkeypatch):
    queued = []
    monkeypatch.setattr(tasks.render_document, "delay", lambda **given: queued.append(given))
    held = document_of(report, "nb")
    taken, release = threading.Event(), threading.Event()

    def worker():
        with locks.only_one(queries.lock_name(held)):
            taken.set()
            release.wait(30)
        connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    taken.wait(30)
    tasks.resume_stalled()
    release.set()
    thread.join()
    assert queued == [{"document_id": document_of(report, "nn").pk}]


def test_a_task_for_a_document_that_is_gone_does_nothing(db):
    tasks.render_document(document_id=4711)
