"""A chapter's facts as they are frozen, and what it tells of them."""

import json

from django.utils import translation

from reporting.annual_report.chapters import ReportYear
from tests.factories.reporting import AFTER_THE_YEAR


def asked_of(cooperation, *, year=2025, at=AFTER_THE_YEAR):
    """The year as it is known on 20 January 2026, unless told otherwise."""
    return ReportYear(cooperation=cooperation, year=year, at=at)


def frozen(chapter, cooperation, *, year=2025, at=AFTER_THE_YEAR):
    """A report's figures with nothing but the chapter's facts, as JSON gives them back."""
    facts = chapter.facts(asked_of(cooperation, year=year, at=at))
    return json.loads(
        json.dumps({"year": year, "chapters": {chapter.code: facts} if facts else {}})
    )


def facts_of(chapter, cooperation, part, **asked):
    """The frozen facts of a part of the chapter; None where there are none."""
    return frozen(chapter, cooperation, **asked)["chapters"].get(chapter.code, {}).get(part)


def pages(chapter, figures, *, language="en"):
    """Each section's page by its key."""
    with translation.override(language):
        return {each.key: each.page for each in chapter.sections(figures)}


def rows(table):
    """What the table shows, a row for each name."""
    return {row[0]: row[1:] for row in table.shown}


def everything(chapter, figures, *, language="en"):
    """All that is told of the figures, as one text."""
    with translation.override(language):
        told = [*chapter.sections(figures), *chapter.suggestions(figures)]
        return repr(told)
