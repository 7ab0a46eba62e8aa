"""What is different between two frozen sets of figures, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from reporting.annual_report.chapters import CHAPTERS
from reporting.annual_report.document.summary import summary_of

Figures = dict[str, Any]


def changed_key_figures(before: Figures, now: Figures) -> Table:
    """The key figures of the year that are not the same; no rows where all are."""
    earlier = {row["name"]: row["values"][0] for row in summary_of(before)["rows"]}
    rows = [
        Row((row["name"], earlier.get(row["name"], ""), row["values"][0]))
        for row in summary_of(now)["rows"]
        if earlier.get(row["name"]) != row["values"][0]
    ]
    headings = (_("Figure"), _("Before"), _("Now"))
    return Table(_("Key figures that changed"), headings, tuple(rows))


def changed_chapters(before: Figures, now: Figures) -> list[str]:
    """The titles of the chapters whose facts are not the same, or that have other figures."""
    earlier, later = before.get("chapters", {}), now.get("chapters", {})
    codes = [code for code in CHAPTERS if earlier.get(code) != later.get(code)]
    codes += [code for code, keys in COMMON.items() if _part(before, keys) != _part(now, keys)]
    return [str(each.title) for code, each in CHAPTERS.items() if code in codes]


# The parts of the common figures that a chapter tells.
COMMON = {
    "organisation": ("participants", "inhabitants"),
    "activity": ("centrals", "national", "definition"),
}


def _part(figures: Figures, keys: tuple[str, ...]) -> list[Any]:
    return [figures.get(key) for key in keys]
