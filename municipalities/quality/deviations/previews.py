"""What a file of deviations would do, month by month, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.periods import Period
from legevakt.lib.words import month_name, number
from municipalities.cooperations.models import Cooperation
from municipalities.quality.deviations.files import DeviationFile
from municipalities.quality.deviations.headings import KNOWN
from municipalities.quality.deviations.models import DeviationCount
from municipalities.quality.deviations.operations import Change
from municipalities.quality.deviations.presenters import not_reported
from municipalities.quality.deviations.taken import Counted

Named = dict[tuple[str, str, str], int]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A row for each month, what is added to the lists, and whether anything changes."""

    columns: list[str]
    rows: list[list[str]]
    facts: list[tuple[str, str]]
    new_names: str
    is_unchanged: bool


def preview(read: DeviationFile, *, cooperation: Cooperation) -> Preview:
    """The file beside what is stored. Two queries."""
    stored = _stored(cooperation)
    changes = {
        month: change_of(rows, before=stored.get(month)) for month, rows in read.months.items()
    }
    return Preview(
        columns=[_("Month"), _("In the file"), _("Stored before"), _("What happens")],
        rows=[
            [
                month_name(Period.month(month.year, month.month)),
                number(sum(each.how_many for each in rows)),
                number(sum(stored[month].values())) if month in stored else not_reported(),
                change_word(changes[month]),
            ]
            for month, rows in read.months.items()
        ],
        facts=[
            (_("Rows in the file"), number(read.rows_read)),
            (_("Sums left out"), number(read.sums_left_out)),
            (_("Months in the file"), number(len(read.months))),
        ],
        new_names=", ".join([*read.new_categories, *read.new_severities]),
        is_unchanged=set(changes.values()) == {Change.UNCHANGED},
    )


def change_of(rows: tuple[Counted, ...], *, before: Named | None) -> Change:
    """What storing a month's counts would do."""
    if before is None:
        return Change.NEW
    told = {(each.category, each.severity, each.state): each.how_many for each in rows}
    return Change.UNCHANGED if told == before else Change.CHANGED


def change_word(change: Change) -> str:
    """What happens to the month."""
    return {
        Change.NEW: _("is added"),
        Change.CHANGED: _("is changed"),
        Change.UNCHANGED: _("unchanged"),
    }[change]


def done(changes: Mapping[date, Change]) -> str:
    """What the import did."""
    told = [each for each in changes.values() if each is not Change.UNCHANGED]
    if not told:
        return _("Everything in the file was stored already, and nothing has changed.")
    return ngettext("%(count)s month is stored.", "%(count)s months are stored.", len(told)) % {
        "count": len(told)
    }


def headings() -> list[tuple[str, str]]:
    """What the columns may be called."""
    names = {
        "month": _("Month"),
        "category": _("Category"),
        "severity": _("Severity"),
        "state": _("State"),
        "count": _("Count"),
    }
    return [(label, ", ".join(KNOWN[name])) for name, label in names.items()]


def _stored(cooperation: Cooperation) -> dict[date, Named]:
    """The counts by name of every reported month."""
    found: dict[date, Named] = {
        month: {} for month in cooperation.deviation_months.values_list("month_date", flat=True)
    }
    rows = DeviationCount.objects.filter(month__cooperation=cooperation).values_list(
        "month__month_date", "category__name", "severity__name", "state"
    )
    for month, category, severity, state, count in rows.annotate(Sum("count")):
        found[month][category, severity or "", state] = count
    return found
