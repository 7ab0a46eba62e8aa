"""The report as part of a page: the document's own words, figures and drawings, as HTML."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from reporting.annual_report.document import chapters
from reporting.annual_report.document.content import content_of
from reporting.annual_report.document.drawing import Document, draw_centrals
from reporting.annual_report.document.written import Written

Figures = dict[str, Any]

BODY = "documents/annual_report/_body.html"
TABLE = re.compile(r"<table(?P<open>[^>]*)>\s*<caption>(?P<caption>.*?)</caption>", re.DOTALL)


def report_html(*, figures: Figures, language: str, written: Written) -> SafeString:
    """Everything in the document but its cover."""
    document = Document(language=language)
    document.collect(figures, written=written)
    document.draw_charts()
    with translation.override(language):
        return scrollable(render_to_string(BODY, document.content))


def chapter_html(*, figures: Figures, language: str, written: Written, code: str) -> SafeString:
    """One chapter as it stands in the document; empty where the report does without it."""
    with translation.override(language):
        content = content_of(figures=figures, language=language, written=written)
        found = [each for each in content["chapters"] if each["code"] == code]
        chapters.draw(found, language=language)
        if code == "activity":
            draw_centrals(figures, content, language=language)
        told = [render_to_string(each["template"], content | {"chapter": each}) for each in found]
    return scrollable("".join(told))


def scrollable(html: str) -> SafeString:
    """Every table in a region that scrolls by itself where the page is narrow.

    >>> str(scrollable("<table><caption>Calls</caption></table>"))
    '<div class="app-table" role="region" aria-label="Calls" tabindex="0">\
<table class="ds-table"><caption>Calls</caption></table></div>'
    """
    labels: Counter[str] = Counter()
    opened = TABLE.sub(lambda found: _opened(found, labels=labels), html)
    return mark_safe(opened.replace("</table>", "</table></div>"))  # noqa: S308 (a template's)


def _opened(found: re.Match[str], *, labels: Counter[str]) -> str:
    """The table's beginning; a caption that stands twice labels one region, then number 2."""
    label = " ".join(strip_tags(found["caption"]).split()).replace('"', "&quot;")
    labels[label] += 1
    if labels[label] > 1:
        label = f"{label} ({labels[label]})"
    region = f'<div class="app-table" role="region" aria-label="{label}" tabindex="0">'
    classes = re.sub(r'class="([^"]*)"', r'class="ds-table \1"', found["open"])
    if "class=" not in classes:
        classes += ' class="ds-table"'
    return f"{region}<table{classes}><caption>{found['caption']}</caption>"
