"""A hundred centrals' reports rendered by several workers: seconds, memory, nothing twice."""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from legevakt.lib import pdf
from municipalities.models import Central, Cooperation, Municipality, Participant
from reporting.annual_report import operations as reports
from reporting.annual_report.models import DocumentState, ReportDocument

YEAR = 2025
AT = datetime(YEAR + 1, 1, 20, 9, tzinfo=UTC)
PATIENCE_SECONDS = 3600


def measure(*, reports_made: int = 100, workers: int = 2) -> None:
    """Print seconds a document, with one process and with several, and their largest memory."""
    missing = pdf.missing_libraries()
    if missing:
        print(f"reports: not measured, these Debian packages are missing: {', '.join(missing)}")
        return
    print("reports in a batch            files   processes   seconds   s a file     peak MB")
    with tempfile.TemporaryDirectory() as home:
        settings.LEGEVAKT_HOME = Path(home)
        settings.DOCUMENTS_DIR = Path(home) / "documents"
        for processes in (1, workers):
            _prepare(reports_made if processes > 1 else max(1, reports_made // 10), batch=processes)
            files, seconds = _render(processes)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(
                f"{'':24}{files:>11,}{processes:>12}{seconds:>10.1f}{seconds / files:>11.2f}"
                f"{peak:>12,.0f}"
            )


def _prepare(count: int, *, batch: int) -> None:
    """So many cooperations with a central each, and a draft of last year's report."""
    for number in range(count):
        slug = f"batch-{batch}-{number}"
        host = Municipality.objects.create(
            number=f"{1000 + batch * 1000 + number}",
            name=slug,
            county="Vestland",
            county_number="46",
            written_form="nynorsk",
            valid_from=datetime(2024, 1, 1, tzinfo=UTC).date(),
        )
        cooperation = Cooperation.objects.create(slug=slug, name=slug, host=host, language="nn")
        Participant.objects.create(
            cooperation=cooperation, municipality=host, joined_date=host.valid_from
        )
        _calls(Central.objects.create(slug=slug, name=slug, cooperation=cooperation))
        reports.prepare(cooperation=cooperation, year=YEAR, by=None, at=AT)


def _calls(central: Central) -> None:
    from tests.factories.reporting import calls_in_year

    central.numbers.create(line_class="116117", number="116117")
    calls_in_year(central=central, year=YEAR, months=(1,))


def _render(processes: int) -> tuple[int, float]:
    """How many files, and the seconds until the last is there."""
    waiting = list(
        ReportDocument.objects.exclude(state=DocumentState.DONE).values_list("pk", flat=True)
    )
    started = time.perf_counter()
    running = [_worker(waiting) for _ in range(processes)]
    for each in running:
        each.wait(PATIENCE_SECONDS)
    seconds = time.perf_counter() - started
    done = ReportDocument.objects.filter(pk__in=waiting, state=DocumentState.DONE)
    assert done.count() == len(waiting)  # noqa: S101 - not a product
    for document in done:
        content = document.path.read_bytes()
        assert hashlib.sha256(content).hexdigest() == document.pdf_sha256  # noqa: S101
    return len(waiting), seconds


RENDER = """
import django, sys
django.setup()
from django.utils import timezone
from reporting.annual_report import operations
from reporting.annual_report.models import ReportDocument
for pk in map(int, sys.argv[1:]):
    operations.render(document=ReportDocument.objects.get(pk=pk), at=timezone.now())
"""


def _worker(waiting: list[int]) -> subprocess.Popen[bytes]:
    """A process that tries every document, as a worker does that gets every nudge."""
    address = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    own = {"DATABASE_URL": database, "LEGEVAKT_HOME": str(settings.LEGEVAKT_HOME)}
    return subprocess.Popen(
        [sys.executable, "-c", RENDER, *map(str, waiting)],
        cwd=settings.BASE_DIR,
        env=os.environ | own | {"DJANGO_SETTINGS_MODULE": "legevakt.settings"},
    )
