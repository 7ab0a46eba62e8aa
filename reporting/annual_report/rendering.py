"""A worker's way with one document: claim, four stages that a page can follow, a file."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.db import InterfaceError, OperationalError, transaction

from legevakt.lib import locks
from legevakt.lib.charts import ChartError
from legevakt.lib.pdf import PdfError
from legevakt.lib.svg import SvgError
from reporting.annual_report import queries, rules
from reporting.annual_report.document.drawing import Document
from reporting.annual_report.document.written import Written
from reporting.annual_report.models import AnnualReport, DocumentState, ReportDocument


class NoLongerWanted(Exception):
    """The report holds something else by now: the result is thrown away."""


class CannotBeMadeAgain(Exception):
    """An approved report's file is gone, and its figures give other bytes now."""


def render(*, document: ReportDocument, at: datetime) -> bool:
    """Render the queued document from its report's frozen figures.

    False, and nothing done, where another worker has it or it is not queued any more. A
    document that failed says why in `error`. An approved report's document becomes the same
    bytes as before, or fails with rules.CANNOT_BE_MADE_AGAIN. A worker that dies leaves
    `rendering`, whose free lock lets the next one begin again.
    """
    with locks.only_one(queries.lock_name(document)) as got:
        if not got or not _claim(document):
            return False
        document.refresh_from_db()
        try:
            _store(document=document, pdf=_kept(document) or _drawn(document), at=at)
        except NoLongerWanted:
            return False
        except CannotBeMadeAgain:
            _fail(document=document, error=rules.CANNOT_BE_MADE_AGAIN, at=at)
        except (PdfError, ChartError, SvgError) as error:
            _fail(document=document, error=str(error), at=at)
        except (OperationalError, InterfaceError):
            raise  # the database is away: the row stays as it is, and its turn comes again
        except Exception as error:
            _fail(document=document, error=type(error).__name__, at=at)
            raise
    return True


def _claim(document: ReportDocument) -> bool:
    waiting = ReportDocument.objects.filter(pk=document.pk, state__in=queries.UNFINISHED)
    return bool(waiting.update(state=DocumentState.RENDERING, stage="", error=""))


def _kept(document: ReportDocument) -> bytes | None:
    """An approved report's file that is there after all, as when a backup was put back."""
    with suppress(queries.DocumentIsDamaged):
        return queries.pdf_of(document) if _is_frozen(document) else None
    return None


def _is_frozen(document: ReportDocument) -> bool:
    return document.report.is_frozen


def _drawn(document: ReportDocument) -> bytes:
    drawing = Document(language=document.language)
    report, written = _read(document)
    drawing.collect(report.figures, written=written)
    _enter(document=document, stage="charts")
    drawing.draw_charts()
    _enter(document=document, stage="layout")
    drawing.lay_out()
    _enter(document=document, stage="pdf")
    return drawing.pdf()


@transaction.atomic
def _read(document: ReportDocument) -> tuple[AnnualReport, Written]:
    """Figures and texts of one moment; the row says of which, which may be later than queued."""
    report = AnnualReport.objects.select_for_update().get(pk=document.report_id)
    _change(document=document, stage="collecting", content_sha256=report.content_sha256)
    document.content_sha256 = report.content_sha256
    return report, queries.written_in(report, language=document.language)


def _enter(*, document: ReportDocument, stage: str) -> None:
    _change(document=document, stage=stage)


def _store(*, document: ReportDocument, pdf: bytes, at: datetime) -> None:
    checksum = hashlib.sha256(pdf).hexdigest()
    if _is_frozen(document) and checksum != document.pdf_sha256:
        raise CannotBeMadeAgain(str(document))
    document.pdf_sha256 = checksum
    _write(path=document.path, content=pdf)
    _change(
        document=document,
        state=DocumentState.DONE,
        stage="",
        pdf_sha256=document.pdf_sha256,
        pdf_bytes=len(pdf),
        finished_at=at,
    )


def _fail(*, document: ReportDocument, error: str, at: datetime) -> None:
    with suppress(NoLongerWanted):
        _change(document=document, state=DocumentState.FAILED, error=error, finished_at=at)


def _change(*, document: ReportDocument, **values: object) -> None:
    mine = ReportDocument.objects.filter(
        pk=document.pk,
        state=DocumentState.RENDERING,
        content_sha256=document.content_sha256,
    )
    if not mine.update(**values):
        raise NoLongerWanted(str(document))


def _write(*, path: Path, content: bytes) -> None:
    """The whole file or none: written beside its place, then moved there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
