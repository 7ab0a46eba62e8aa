"""What a file of sickness absence would do, before anything is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import number
from municipalities.cooperations.models import Cooperation
from municipalities.quality.absence.files import KNOWN, AbsenceFile, Told
from municipalities.quality.absence.operations import as_told
from municipalities.quality.deviations.operations import Change
from municipalities.quality.deviations.previews import change_word


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A row for each unit and quarter, and whether anything changes."""

    columns: list[str]
    rows: list[list[str]]
    facts: list[tuple[str, str]]
    new_units: str
    is_unchanged: bool


def preview(read: AbsenceFile, *, cooperation: Cooperation) -> Preview:
    """The file beside what is stored, for who reports it. One query."""
    rows = cooperation.sickness_absence.all()
    stored = {(each.year, each.quarter, each.unit): as_told(each) for each in rows}
    known = {each.unit for each in stored.values()}
    changes = [_change(told, stored.get(told[:3])) for told in read.rows]
    return Preview(
        columns=[
            _("Year"),
            _("Quarter"),
            _("Unit"),
            _("Employees"),
            _("Agreed working days"),
            _("Lost days"),
            _("What happens"),
        ],
        rows=[
            [
                str(told.year),
                str(told.quarter),
                told.unit,
                number(told.employees),
                number(told.agreed),
                number(told.certified + told.self_certified),
                change_word(change),
            ]
            for told, change in zip(read.rows, changes, strict=True)
        ],
        facts=[
            (_("Rows in the file"), number(read.rows_read)),
            (_("Sums left out"), number(read.sums_left_out)),
            *((change_word(each), number(n)) for each, n in Counter(changes).items()),
        ],
        new_units=", ".join(sorted({told.unit for told in read.rows} - known)),
        is_unchanged=set(changes) == {Change.UNCHANGED},
    )


def done(changes: Sequence[Change]) -> str:
    """What the import did."""
    told = [each for each in changes if each is not Change.UNCHANGED]
    if not told:
        return _("Everything in the file was stored already, and nothing has changed.")
    return ngettext("%(count)s row is stored.", "%(count)s rows are stored.", len(told)) % {
        "count": len(told)
    }


def headings() -> list[tuple[str, str]]:
    """What the columns may be called."""
    names = {
        "year": _("Year"),
        "quarter": _("Quarter"),
        "unit": _("Unit"),
        "employees": _("Employees"),
        "agreed": _("Agreed working days"),
        "certified": _("Lost days, certified by a doctor"),
        "self_certified": _("Lost days, self-certified"),
        "short": _("Of all lost days: absence of 1–16 days"),
        "long": _("Of all lost days: absence of 17 days and more"),
    }
    return [(label, ", ".join(KNOWN[name])) for name, label in names.items()]


def _change(told: Told, before: Told | None) -> Change:
    if before is None:
        return Change.NEW
    return Change.UNCHANGED if told == before else Change.CHANGED
