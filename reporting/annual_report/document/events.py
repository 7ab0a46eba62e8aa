"""What happened in the year: the notes on a central's figures as they were frozen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reporting.annual_report import numbers

Figures = dict[str, Any]

KINDS = {
    "outage": gettext_noop("outage"),
    "epidemic": gettext_noop("epidemic"),
    "deviation": gettext_noop("deviation"),
    "staffing": gettext_noop("staffing"),
    "series_break": gettext_noop("series break"),
    "difference": gettext_noop("difference from other figures"),
    "other": gettext_noop("other"),
}


def events(annotations: list[Figures]) -> list[Figures]:
    """The notes in order, with their days. Figures frozen before there were notes have none."""
    return [
        {"days": _days(note), "kind": _(KINDS[note["kind"]]), "text": note["text"]}
        for note in annotations
    ]


def _days(note: Figures) -> str:
    """The day, or the first and the last."""
    last = date.fromisoformat(note["ends_on"]) - timedelta(days=1)
    first = numbers.day(note["starts_on"])
    if last.isoformat() == note["starts_on"]:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": numbers.day(last.isoformat())}
