"""A batch of reports is rendered by several workers at once, each document once."""

import threading
from collections import Counter
from time import sleep

import pytest
from django.db import connection

from reporting.annual_report import operations as reports
from reporting.annual_report.models import DocumentState, ReportDocument
from tests.factories.municipalities import (
    CentralFactory,
    CooperationFactory,
    PublicNumberFactory,
)
from tests.factories.reporting import AFTER_THE_YEAR, calls_in_year, draft

REPORTS, WORKERS = 12, 3


@pytest.fixture
def drawn(monkeypatch):
    """Which documents were drawn; a drawing takes a while, as it really does."""
    found = []

    def draw(document):
        found.append(document.pk)
        sleep(0.05)
        return f"%PDF-1.7 {document.pk}".encode()

    monkeypatch.setattr("reporting.annual_report.rendering._drawn", draw)
    return found


@pytest.mark.django_db(transaction=True)
def test_twelve_reports_on_three_workers_are_each_rendered_once(drawn):
    for _ in range(REPORTS):
        central = CentralFactory(cooperation=CooperationFactory())
        PublicNumberFactory(central=central)
        calls_in_year(central=central)
        draft(cooperation=central.cooperation)
    waiting = list(ReportDocument.objects.values_list("pk", flat=True))
    drawn_by = run_workers(waiting)

    assert Counter(drawn) == dict.fromkeys(waiting, 1)
    assert sum(drawn_by) == 2 * REPORTS
    assert all(drawn_by), drawn_by  # every worker had its part
    documents = ReportDocument.objects.all()
    assert {document.state for document in documents} == {DocumentState.DONE}
    assert all(
        document.path.read_bytes().endswith(str(document.pk).encode()) for document in documents
    )


def run_workers(waiting: list[int]) -> list[int]:
    """Each worker is nudged about every document, as after a lost beat; how many it rendered."""
    start, rendered = threading.Barrier(WORKERS), []

    def work():
        start.wait(30)
        mine = [
            reports.render(document=ReportDocument.objects.get(pk=pk), at=AFTER_THE_YEAR)
            for pk in waiting
        ]
        rendered.append(sum(mine))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return rendered
