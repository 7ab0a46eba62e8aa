"""The chapters in words: what was written, and what the figures tell, in the active language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.charts import render_svg
from legevakt.lib.tables import Table
from municipalities.queries import Chart
from reporting.annual_report import numbers
from reporting.annual_report.chapters import CHAPTERS, Chapter, Figures, Section
from reporting.annual_report.chapters.chapter import GENERIC
from reporting.annual_report.document.written import Written

MOST_ROWS = 60  # of a table in the document; the annex has them all


def chapters_of(figures: Figures, *, written: Written) -> list[dict[str, Any]]:
    """The chapters that are in the report, numbered from 1.

    Not those that are left out, nor those of which nothing is written and nothing is known.
    """
    told = [
        _chapter(each, figures=figures, text=written.texts.get(each.code, ""))
        for each in CHAPTERS.values()
        if each.code not in written.left_out
    ]
    shown = [each for each in told if each["is_told"]]
    return [each | {"number": str(number)} for number, each in enumerate(shown, start=1)]


def draw(chapters: list[dict[str, Any]], *, language: str) -> None:
    """Draw each section's charts, in place."""
    for chapter in chapters:
        for section in chapter["sections"]:
            for chart in section["charts"]:
                chart["svg"] = _svg(chart["chart"], language=language)


def _chapter(chapter: Chapter, *, figures: Figures, text: str) -> dict[str, Any]:
    sections = [_section(each) for each in chapter.sections(figures)]
    return {
        "code": chapter.code,
        "title": str(chapter.title),
        "template": chapter.template,
        "paragraphs": paragraphs(text),
        "sections": sections,
        "is_told": bool(text or sections or chapter.template != GENERIC),
    }


def paragraphs(text: str) -> list[str]:
    """What was written, a paragraph for each empty line."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip() for part in parts if part.strip()]


def _section(section: Section) -> dict[str, Any]:
    page = section.page
    return {
        "key": section.key,
        "title": section.title,
        "page": page,
        "charts": [{"chart": each, "table": _table(each.table), "svg": ""} for each in page.charts],
        "tables": [_table(each) for each in page.tables if each.rows],
    }


def _table(table: Table) -> dict[str, Any]:
    """The table as it is shown, each heading and cell with whether it stands in a column of words.

    Words begin at the left, numbers end at the right.
    """
    told = _cut(table)
    words = [
        _is_words([row[place] for row in told["rows"]]) for place in range(len(table.headings))
    ]
    return told | {
        "heads": list(zip(told["headings"], words, strict=True)),
        "lines": [list(zip(row, words, strict=True)) for row in told["rows"]],
    }


def _is_words(column: Sequence[str]) -> bool:
    """Whether every cell that tells anything has a letter.

    >>> _is_words(["1. mars 2025", "–"]), _is_words(["not reported", "88.8 %"])
    (True, False)
    """
    told = [cell for cell in column if cell not in ("", numbers.NOTHING)]
    return bool(told) and all(any(map(str.isalpha, cell)) for cell in told)


def _cut(table: Table) -> dict[str, Any]:
    """The table as the document shows it: a long one is cut, and says so."""
    shown = Table(table.caption, table.headings, table.rows[:MOST_ROWS]).shown
    is_cut = len(table.rows) > len(shown)
    cut = _("%(shown)s of %(count)s rows are shown here. The annex has them all.")
    counts = {"shown": numbers.count(len(shown)), "count": numbers.count(len(table.rows))}
    return {
        "caption": table.caption,
        "headings": table.headings,
        "rows": shown,
        "is_short": len(shown) <= MOST_ROWS // 3,
        "more": cut % counts if is_cut else "",
    }


def _svg(chart: Chart, *, language: str) -> str:
    same = _("The same figures stand in the table below.")
    return render_svg(
        chart.spec,
        data=chart.spec.get("datasets", {}),
        language=language,
        title=chart.table.caption,
        description=" ".join(filter(None, (chart.summary, same))),
    )
