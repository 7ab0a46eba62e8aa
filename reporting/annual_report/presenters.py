"""Reports in the words of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.tables import Row, Table
from reporting.annual_report import numbers, queries, rules
from reporting.annual_report.chapters import CHAPTERS
from reporting.annual_report.document.summary import summary_of
from reporting.annual_report.models import (
    AnnualReport,
    DocumentState,
    ReportDocument,
    ReportState,
)
from reporting.annual_report.numbers import listing, moment

STAGES = {
    "": gettext_lazy("Waits for its turn"),
    "collecting": gettext_lazy("Collects the figures"),
    "charts": gettext_lazy("Draws the charts"),
    "layout": gettext_lazy("Sets the pages"),
    "pdf": gettext_lazy("Writes the PDF"),
}
LANGUAGE_NAMES = {"nn": gettext_lazy("Nynorsk"), "nb": gettext_lazy("Bokmål")}
REFUSALS = {
    "NoFigures": gettext_lazy("There are no telephone data for %(year)s, so nothing to report."),
    "FiguresDisagree": gettext_lazy(
        "Calls were imported while the figures for %(year)s were read. Try again."
    ),
    "ReportIsApproved": gettext_lazy("The report for %(year)s is approved and does not change."),
    "YearIsNotOver": gettext_lazy("%(year)s is not over. Until then the report stays a draft."),
    "ContentChanged": gettext_lazy(
        "The report for %(year)s has changed since you opened it; read it again first."
    ),
    "IsNotChecked": gettext_lazy("Somebody must check the report for %(year)s first."),
    "IsNotApproved": gettext_lazy("The report for %(year)s must be approved before it is issued."),
    "IsNotTheLatest": gettext_lazy(
        "Another edition of the report for %(year)s is the latest; go on with that one."
    ),
    "ReasonIsMissing": gettext_lazy("Say why the report for %(year)s is corrected."),
    "TranslationIsMissing": gettext_lazy(
        "Some chapters for %(year)s are written in one language only: %(chapters)s. Write them in "
        "the other too, or leave them out."
    ),
    "DocumentsAreMissing": gettext_lazy(
        "Both the nynorsk and the bokmål document must be ready before the report is approved."
    ),
}

ERRORS = {
    rules.CANNOT_BE_MADE_AGAIN: gettext_lazy(
        "The file is gone, and the program of today cannot make exactly the same one again. "
        "Put it back from a backup, and try again."
    ),
}


@dataclass(frozen=True)
class DocumentLine:
    """One language's document on the page."""

    language: str
    name: str
    state: str
    stage: str
    percent: int
    size: str
    error: str
    url: str
    again_url: str


@dataclass(frozen=True)
class Progress:
    """Both documents; `url` is asked again as long as one of them is under way.

    `is_stale` where one is of other figures or texts than the report holds now.
    """

    lines: list[DocumentLine]
    is_under_way: bool
    is_ready: bool
    is_stale: bool
    url: str


def words_for(error: Exception, *, year: int) -> str:
    """Why it was refused, in a sentence."""
    titles = [str(CHAPTERS[code].title) for code in getattr(error, "codes", ())]
    told = {"year": year, "chapters": listing(titles)}
    return str(REFUSALS[type(error).__name__]) % told


def report_row(report: AnnualReport) -> dict[str, Any]:
    """One line of the list."""
    return {
        "url": reverse("annual_report", args=[report.pk]),
        "year": str(report.year),
        "cooperation": report.cooperation.name,
        "state": report.get_state_display(),
        "is_approved": report.is_frozen,
        "is_issued": report.state == ReportState.ISSUED,
        "is_checked": report.state == ReportState.CHECKED,
        "edition": str(report.edition) if report.edition > 1 else "",
        "figures_at": moment(report.figures_at),
        "approved_at": moment(report.approved_at) if report.approved_at else "",
        "documents": [
            document_line(document)
            for document in sorted(report.documents.all(), key=lambda d: d.language, reverse=True)
        ],
    }


def report_page(report: AnnualReport) -> dict[str, Any]:
    """What the page of one report says; the figures are those that were frozen."""
    return {
        "pk": report.pk,
        "year": str(report.year),
        "slug": report.cooperation.slug,
        "cooperation": report.cooperation.name,
        "state": report.get_state_display(),
        "is_approved": report.is_frozen,
        "is_issued": report.state == ReportState.ISSUED,
        "is_checked": report.state == ReportState.CHECKED,
        "edition": str(report.edition) if report.edition > 1 else "",
        "figures_at": moment(report.figures_at),
        "checksum": report.figures_sha256,
        "content_sha256": report.content_sha256,
        "correction_reason": report.correction_reason,
        "checked_by": report.checked_by.name if report.checked_by else "",
        "checked_at": moment(report.checked_at) if report.checked_at else "",
        "issued_at": moment(report.issued_at) if report.issued_at else "",
        "prepared_by": report.prepared_by.name if report.prepared_by else "",
        "approved_by": report.approved_by.name if report.approved_by else "",
        "approved_at": moment(report.approved_at) if report.approved_at else "",
        "summary": summary_of(report.figures),
    }


def untranslated(report: AnnualReport) -> list[dict[str, str]]:
    """The chapters that are written in one language only, and which one is missing."""
    texts = queries.texts_of(report)
    codes = rules.untranslated(texts, left_out=report.left_out)
    missing = {
        code: next(each for each in rules.DOCUMENT_LANGUAGES if not texts[each].get(code))
        for code in codes
    }
    return [
        {
            "title": str(CHAPTERS[code].title),
            "language": str(LANGUAGE_NAMES[language]),
            "url": reverse("annual_report_write_chapter", args=[report.pk, code]),
        }
        for code, language in missing.items()
    ]


def definition_of(figures: dict[str, Any]) -> str:
    """The indicator's definition by its id and version."""
    definition = figures["definition"]
    told = {"id": definition["id"], "version": definition["version"]}
    return _("%(id)s, version %(version)s") % told


def files_table(report: AnnualReport) -> Table:
    """The documents as files: their size and SHA-256; none before they are ready."""
    rows = [
        Row((str(LANGUAGE_NAMES[each.language]), numbers.count(each.pdf_bytes), each.pdf_sha256))
        for each in sorted(report.documents.all(), key=lambda d: d.language, reverse=True)
        if each.pdf_sha256
    ]
    headings = (_("Document"), _("Size in bytes"), _("SHA-256"))
    return Table(_("The files"), headings, tuple(rows))


def edition(report: AnnualReport) -> dict[str, Any]:
    """One edition in the list of editions."""
    return report_page(report) | {
        "number": str(report.edition),
        "url": reverse("annual_report", args=[report.pk]),
        "files": files_table(report),
        "definition": definition_of(report.figures),
    }


def documents(report: AnnualReport) -> Progress:
    """How far each language is."""
    found = queries.documents_of(report)
    return Progress(
        lines=[document_line(each) for each in found],
        is_under_way=any(each.state in queries.UNFINISHED for each in found),
        is_ready=bool(found) and all(each.state == DocumentState.DONE for each in found),
        is_stale=any(each.content_sha256 != report.content_sha256 for each in found),
        url=reverse("annual_report_documents", args=[report.pk]),
    )


def document_line(document: ReportDocument) -> DocumentLine:
    """One language's line."""
    place = [document.report_id, document.language]
    is_gone = document.state == DocumentState.DONE and not document.path.is_file()
    return DocumentLine(
        language=document.language,
        name=str(LANGUAGE_NAMES[document.language]),
        state=DocumentState.FAILED if is_gone else document.state,
        stage=str(STAGES.get(document.stage, document.get_state_display())),
        percent=rules.progress_percent(state=document.state, stage=document.stage),
        size=_("%(kilobytes)s kB") % {"kilobytes": -(-document.pdf_bytes // 1000)},
        error=_("The file is gone.")
        if is_gone
        else str(ERRORS.get(document.error, document.error)),
        url=reverse("annual_report_document", args=place),
        again_url=reverse("annual_report_again", args=place),
    )
