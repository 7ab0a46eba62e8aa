"""Complaints and supervision as pages and files show them.

Counts of one to four are not hidden (decision 15 is of cells): a count is of the whole cooperation
in a quarter, and its kind is whom a complaint went to, not whom it was about; the councils are told
the same. What became of few is (`rules.ComplaintYear.upheld_told`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.periods import Period
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import day, number
from municipalities.quality.cases.models import ComplaintKind, Supervision, SupervisionOutcome
from municipalities.quality.cases.rules import (
    FEWEST,
    QUARTERS,
    ComplaintYear,
    has_begun,
    is_late,
    is_under_way,
    quarter_days,
    quarter_of,
)
from municipalities.quality.notes.marks import beginning_in, marks, noted_table, told_in
from municipalities.quality.notes.models import QualityNote

CHART = Path(__file__).parent / "complaints.vl.json"
NOTHING = "–"


def quarter_name(*, year: int, quarter: int) -> str:
    """A quarter, as a heading."""
    return _("Quarter %(quarter)s, %(year)s") % {"quarter": quarter, "year": year}


def missing_word() -> str:
    """What stands where nothing is reported. Never nought."""
    return _("not reported")


def lead(found: ComplaintYear) -> str:
    """The year so far in a sentence, and how many quarters it rests on."""
    if not found.whole_quarters:
        return _("No quarter of the year is reported in full.")
    so_far = found.so_far
    told = ngettext(
        "%(count)s complaint in %(year)s", "%(count)s complaints in %(year)s", so_far.received
    )
    rests = ngettext(
        "in the %(count)s quarter that is reported in full.",
        "in the %(count)s quarters that are reported in full.",
        len(found.whole_quarters),
    )
    first = told % {"count": number(so_far.received), "year": found.year}
    return f"{first}, {rests % {'count': number(len(found.whole_quarters))}}"


def outcome(found: ComplaintYear) -> str:
    """What became of the year's complaints, as far as it may be told."""
    decided = found.so_far.decided
    if not decided:
        return _("None of them is decided yet.") if found.so_far.received else ""
    if found.upheld_told is None:
        return _(
            "How many were upheld is told when at least %(fewest)s are decided, of the year as a"
            " whole: of few it would tell how a single complaint ended."
        ) % {"fewest": number(FEWEST)}
    return _("%(upheld)s of the %(decided)s decided were wholly or partly upheld.") % {
        "upheld": number(found.upheld_told),
        "decided": number(decided),
    }


def table(found: ComplaintYear, *, today: date, slug: str = "") -> Table:
    """Each kind of each quarter, then the quarter's sum; `slug` for who can report."""
    return Table(
        caption=_("Complaints by quarter and kind"),
        headings=(_("Quarter"), _("Kind"), pgettext("complaints", "Received"), _("Decided")),
        rows=tuple(
            row for quarter in QUARTERS for row in _rows(found, quarter, today=today, slug=slug)
        ),
    )


def chart(
    years: Iterable[ComplaintYear], *, notes: Sequence[QualityNote], today: date
) -> dict[str, Any]:
    """The quarters' sums as bars with the notes' numbers; one that is missing is marked."""
    texts = {"count": _("Complaints received"), "missing": missing_word()}
    series = _series(years, today=today)
    rows = [
        {"quarter": _name_of(days), "count": count, "is_missing": count is None}
        for days, count in series.items()
    ]
    lift = 0.1 * max([1, *(count or 0 for count in series.values())])
    marked = [
        {"quarter": _name_of(days), "numbers": numbers, "at": (series[days] or 0) + lift}
        for days, numbers in beginning_in(marks(notes), list(series)).items()
    ]
    language = str(get_language() or "nn")
    spec = localise(load_spec(CHART), texts=texts, language=language)
    return with_data(spec, data={"quarters": rows, "notes": marked})


def chart_table(
    years: Iterable[ComplaintYear], *, notes: Sequence[QualityNote], today: date
) -> Table:
    """The chart's figures, with the notes where there are any."""
    marked = marks(notes)
    return noted_table(
        caption=_("Complaints received"),
        columns=[_("Quarter"), _("Complaints received"), *([_("Notes")] if notes else [])],
        rows=[
            [
                _name_of(days),
                missing_word() if count is None else number(count),
                *([told_in(marked, days)] if marked else []),
            ]
            for days, count in _series(years, today=today).items()
        ],
        has_notes=bool(notes),
    )


def supervision_table(cases: Iterable[Supervision], *, slug: str, today: date) -> Table:
    """The cases; those that should have been put right are said to be late."""
    return Table(
        caption=_("Cases of supervision"),
        headings=(
            _("Subject"),
            _("Authority"),
            _("Reference"),
            _("Opened"),
            _("State"),
            _("To be put right by"),
        ),
        rows=tuple(
            Row(
                (
                    each.subject,
                    each.authority,
                    each.reference,
                    day(each.opened_date),
                    capfirst(state_of(each, today=today)[0]),
                    day(each.deadline_date) if each.deadline_date else NOTHING,
                ),
                url=reverse("supervision", args=[slug, each.pk]),
            )
            for each in cases
        ),
    )


def state_of(case: Supervision, *, today: date) -> tuple[str, str]:
    """Where the case stands, and the colour of it."""
    if case.outcome != SupervisionOutcome.BREACH:
        colors = {"open": "info", "no_breach": "success", "advice": "neutral"}
        return str(case.get_outcome_display()), colors[case.outcome]
    if case.corrected_date:
        return _("breach, put right %(day)s") % {"day": day(case.corrected_date)}, "success"
    late = is_late(
        outcome=case.outcome,
        deadline=case.deadline_date,
        corrected=case.corrected_date,
        today=today,
    )
    if late:
        return _("late: the breach is not put right"), "danger"
    return _("breach, to be put right"), "warning"


def facts_of(case: Supervision) -> list[tuple[str, str]]:
    """A case in pairs."""
    pairs = [
        (_("Authority"), case.authority),
        (_("Reference"), case.reference),
        (_("Opened"), day(case.opened_date)),
        (_("Outcome"), capfirst(str(case.get_outcome_display()))),
    ]
    days = (
        (_("Concluded"), case.closed_date),
        (_("To be put right by"), case.deadline_date),
        (_("Put right"), case.corrected_date),
    )
    return pairs + [(label, day(value)) for label, value in days if value]


def _rows(found: ComplaintYear, quarter: int, *, today: date, slug: str) -> list[Row]:
    name = quarter_name(year=found.year, quarter=quarter)
    if not has_begun(year=found.year, quarter=quarter, today=today):
        return []
    if is_under_way(year=found.year, quarter=quarter, today=today):
        name = _("%(quarter)s (so far)") % {"quarter": name}
    url = reverse("complaint_report", args=[slug, found.year, quarter]) if slug else ""
    if not any((quarter, kind) in found.cells for kind in found.kinds):
        return [Row((name, _("All kinds"), missing_word(), missing_word()), url=url)]
    rows = [
        Row((name, capfirst(str(ComplaintKind(kind).label)), *_cells(found, quarter, kind)), url)
        for kind in found.kinds
    ]
    total = found.of_quarter(quarter)
    told: tuple[Cell, Cell] = (total.received, total.decided) if total else (NOTHING, NOTHING)
    return [*rows, Row((name, _("All kinds"), *told), url)]


def _cells(found: ComplaintYear, quarter: int, kind: str) -> tuple[Cell, Cell]:
    cell = found.cells.get((quarter, kind))
    return (cell.received, cell.decided) if cell else (missing_word(), missing_word())


def _series(years: Iterable[ComplaintYear], *, today: date) -> dict[Period, int | None]:
    """The quarters that have ended, each with its sum."""
    return {
        quarter_days(year=found.year, quarter=quarter): (
            total.received if (total := found.of_quarter(quarter)) else None
        )
        for found in years
        for quarter in QUARTERS
        if has_begun(year=found.year, quarter=quarter, today=today)
        and not is_under_way(year=found.year, quarter=quarter, today=today)
    }


def _name_of(quarter: Period) -> str:
    first = quarter.starts_on
    return quarter_name(year=first.year, quarter=quarter_of(first))
