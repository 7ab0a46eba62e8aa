"""What the pages on which the report is written show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from legevakt.lib.tables import Row, Table
from reporting.annual_report import queries, rules
from reporting.annual_report.chapters import CHAPTERS
from reporting.annual_report.document.chapters import chapters_of
from reporting.annual_report.document.web import chapter_html
from reporting.annual_report.document.written import Written
from reporting.annual_report.models import AnnualReport


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """The same sentence in both written forms; `is_taken` where both texts have it."""

    nn: str
    nb: str
    is_taken: bool


def chapters_table(report: AnnualReport) -> Table:
    """Every chapter: where it stands in the report, and in which languages it is written."""
    texts = queries.texts_of(report)
    numbers = _numbers(report, texts)
    rows = [
        Row(
            (
                str(each.title),
                numbers.get(code) or _why_not(code, report),
                *(_written(texts[language].get(code)) for language in rules.DOCUMENT_LANGUAGES),
            ),
            url=reverse("annual_report_write_chapter", args=[report.pk, code]),
        )
        for code, each in CHAPTERS.items()
    ]
    headings = (_("Chapter"), _("In the report"), _("Nynorsk"), _("Bokmål"))
    return Table(_("The chapters of the report"), headings, tuple(rows))


def _numbers(report: AnnualReport, texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    written = Written(texts={**texts["nb"], **texts["nn"]}, left_out=report.left_out)
    return {
        each["code"]: _("chapter %(number)s") % {"number": each["number"]}
        for each in chapters_of(report.figures, written=written)
    }


def _why_not(code: str, report: AnnualReport) -> str:
    if code in report.left_out:
        return pgettext("chapter", "left out")
    return _("nothing to tell yet")


def _written(text: str | None) -> str:
    return _("written") if text else _("no text of its own")


def chapter_page(report: AnnualReport, *, code: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """What stands around a chapter's form; `texts` are those in the form now."""
    codes = list(CHAPTERS)
    place = codes.index(code)
    return {
        "code": code,
        "title": str(CHAPTERS[code].title),
        "year": str(report.year),
        "report_url": reverse("annual_report", args=[report.pk]),
        "list_url": reverse("annual_report_write", args=[report.pk]),
        "preview_url": reverse("annual_report_preview", args=[report.pk, code]),
        "previous": _neighbour(report, codes[place - 1] if place else ""),
        "next": _neighbour(report, codes[place + 1] if place + 1 < len(codes) else ""),
        "suggestions": suggestions_for(report, code=code, texts=texts),
    }


def _neighbour(report: AnnualReport, code: str) -> dict[str, str] | None:
    if not code:
        return None
    url = reverse("annual_report_write_chapter", args=[report.pk, code])
    return {"title": str(CHAPTERS[code].title), "url": url}


def suggestions_for(
    report: AnnualReport, *, code: str, texts: Mapping[str, str]
) -> list[Suggestion]:
    """The sentences that the figures suggest for the chapter, in both written forms."""
    told = {}
    for language in rules.DOCUMENT_LANGUAGES:
        with translation.override(language):
            told[language] = [str(each) for each in CHAPTERS[code].suggestions(report.figures)]
    return [
        Suggestion(nn=nn, nb=nb, is_taken=nn in texts.get("nn", "") and nb in texts.get("nb", ""))
        for nn, nb in zip(told["nn"], told["nb"], strict=False)
    ]


def preview(
    report: AnnualReport, *, code: str, language: str, text: str, is_left_out: bool
) -> SafeString:
    """The chapter as it would stand in the report with this text; nothing is stored."""
    written = queries.written_in(report, language=language)
    left_out = set(written.left_out) - {code} | ({code} if is_left_out else set())
    changed = replace(
        written, texts={**written.texts, code: text.strip()}, left_out=sorted(left_out)
    )
    return chapter_html(figures=report.figures, language=language, written=changed, code=code)
