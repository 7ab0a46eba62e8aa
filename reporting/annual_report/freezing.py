"""What the approver is shown: everything that the approval freezes, and what is doubtful in it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from reporting.annual_report import numbers, presenters, queries
from reporting.annual_report.changes import changed_chapters, changed_key_figures
from reporting.annual_report.chapters import CHAPTERS
from reporting.annual_report.models import AnnualReport


def what_freezes(report: AnnualReport) -> dict[str, Any]:
    """The context of the approval's page beside the figures and the documents."""
    return {
        "changes": _changes(report),
        "is_behind": queries.calls_differ_now(report),
        "missing": presenters.untranslated(report),
        "left_out": numbers.listing([str(CHAPTERS[code].title) for code in report.left_out]),
        "open_months": _open_months(report),
        "quality": _quality(report),
        "definition": presenters.definition_of(report.figures),
        "files": presenters.files_table(report),
    }


def _changes(report: AnnualReport) -> dict[str, Any] | None:
    """Against the edition before; None for the first."""
    before = queries.edition_before(report)
    if before is None:
        return None
    return {
        "edition": str(before.edition),
        "table": changed_key_figures(before.figures, report.figures),
        "chapters": numbers.listing(changed_chapters(before.figures, report.figures)),
    }


def _open_months(report: AnnualReport) -> list[str]:
    """A sentence for each central some of whose months are not published."""
    return [
        _("%(central)s: %(months)s")
        % {
            "central": name,
            "months": numbers.listing([numbers.month(day.isoformat()) for day in days]),
        }
        for name, days in queries.unpublished_months(report)
    ]


def _quality(report: AnnualReport) -> Table:
    """How complete each central's figures are, and what of them is uncertain."""
    headings = (
        _("Central"),
        _("Hours with data"),
        _("Hours of the year"),
        _("Calls with unknown wait"),
        _("Calls in the doubled hour"),
    )
    rows = [
        Row(
            (
                central["name"],
                central["year"]["hours_with_feed"],
                central["year"]["hours_in_period"],
                central["year"]["unknown_waits"],
                central["year"]["ambiguous_times"],
            )
        )
        for central in report.figures["centrals"]
    ]
    return Table(_("Data quality by central"), headings, tuple(rows))
