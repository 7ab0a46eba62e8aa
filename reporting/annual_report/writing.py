"""Writing a chapter's text, and choosing which chapters the report has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from municipalities.models import User
from reporting.annual_report import queries
from reporting.annual_report.chapters import CHAPTERS
from reporting.annual_report.errors import NoSuchChapter, ReportIsApproved, WrittenMeanwhile
from reporting.annual_report.models import AnnualReport, ChapterText
from reporting.annual_report.preparing import settle_content


@transaction.atomic
def write(
    *,
    report: AnnualReport,
    chapter: str,
    language: str,
    text: str,
    seen: str,
    by: User | None,
    at: datetime,
) -> AnnualReport:
    """Store a chapter's text in a language; what was checked is then a draft again.

    `seen` is the text that the person began from. The same text changes nothing. Raises
    ReportIsApproved, NoSuchChapter, WrittenMeanwhile.
    """
    found = _changeable(report, chapters=[chapter])
    text, stored = _plain(text), queries.texts_of(found).get(language, {}).get(chapter, "")
    if text == stored:
        return found
    if _plain(seen) != stored:
        raise WrittenMeanwhile(stored=stored, language=language)
    ChapterText.objects.update_or_create(
        report=found,
        chapter=chapter,
        language=language,
        defaults={"text": text, "changed_by": by, "changed_at": at},
    )
    settle_content(found)
    return found


@transaction.atomic
def write_chapter(
    *,
    report: AnnualReport,
    chapter: str,
    texts: Mapping[str, str],
    seen: Mapping[str, str],
    leaves_out: bool | None,
    by: User | None,
    at: datetime,
) -> AnnualReport:
    """Store a chapter as one page has it: its texts by language, and whether it is left out.

    `leaves_out` is None where the person changed nothing there. All or nothing; raises as `write`.
    """
    found = _changeable(report, chapters=[chapter])
    for language, text in texts.items():
        given = {"language": language, "text": text, "seen": seen[language]}
        found = write(report=found, chapter=chapter, by=by, at=at, **given)
    if leaves_out is None:
        return found
    others = set(found.left_out) - {chapter}
    return leave_out(report=found, chapters=others | ({chapter} if leaves_out else set()))


@transaction.atomic
def leave_out(*, report: AnnualReport, chapters: Collection[str]) -> AnnualReport:
    """The chapters that the report does without. Raises ReportIsApproved, NoSuchChapter."""
    found = _changeable(report, chapters=chapters)
    wanted = [code for code in CHAPTERS if code in chapters]
    if wanted != found.left_out:
        found.left_out = wanted
        settle_content(found)
    return found


def _changeable(report: AnnualReport, *, chapters: Collection[str]) -> AnnualReport:
    found = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if found.is_frozen:
        raise ReportIsApproved(str(found))
    if unknown := set(chapters) - set(CHAPTERS):
        raise NoSuchChapter(min(unknown))
    return found


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
