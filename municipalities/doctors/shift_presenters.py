"""Counts of shifts as they are checked before storing, and as they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.words import number, short_moment
from municipalities.doctors import words
from municipalities.doctors.models import ShiftCount
from municipalities.doctors.shift_rules import Plan, Refusal, Row, oddities
from municipalities.doctors.shift_words import COLUMNS, ODD, ROW

REFUSED_COLUMNS = (
    gettext_lazy("File line"),
    gettext_lazy("Column"),
    gettext_lazy("In the file"),
    gettext_lazy("Reason"),
)
STORED_COLUMNS = (
    gettext_lazy("Municipality"),
    gettext_lazy("Days"),
    gettext_lazy("Shifts owed"),
    gettext_lazy("Delivered"),
    gettext_lazy("Hired"),
    gettext_lazy("Unfilled"),
    gettext_lazy("Source"),
)


LabelledRow = list[tuple[str, str]]


@dataclass(frozen=True)
class Preview:
    """What storing the file will do; nothing of it has happened."""

    counts: list[tuple[str, str]]
    columns: list[str]
    rows: list[LabelledRow]
    refused_columns: list[str]
    refused: list[LabelledRow]
    remark_columns: list[str]
    remarks: list[LabelledRow]
    changes: bool


def preview(
    plan: Plan, *, refused: Iterable[Refusal], names: Mapping[int, str], today: date
) -> Preview:
    """The plan in words; `names` are the municipalities', by key."""
    all_refused = sorted([*refused, *plan.refused], key=lambda each: each.line or 0)
    kinds = (
        (_("New"), _("is added"), plan.created),
        (_("Changed"), _("is changed"), plan.updated),
        (_("Unchanged"), _("stays as it is"), plan.unchanged),
    )
    columns = [_("File line"), _("What happens"), *map(str, STORED_COLUMNS[:-1])]
    refused_columns = [str(column) for column in REFUSED_COLUMNS]
    remark_columns = [_("File line"), _("Municipality"), _("Look at")]
    return Preview(
        counts=[
            *((label, number(len(rows))) for label, _happens, rows in kinds),
            (_("Refused"), number(len(all_refused))),
        ],
        columns=columns,
        rows=_labelled(
            columns,
            (
                [str(row.line or words.NOT_KNOWN), happens, *_row(row, names)]
                for _label, happens, rows in kinds
                for row in rows
            ),
        ),
        refused_columns=refused_columns,
        refused=_labelled(refused_columns, map(_refusal, all_refused)),
        remark_columns=remark_columns,
        remarks=_labelled(remark_columns, _remarks([*plan.created, *plan.updated], names, today)),
        changes=plan.changes,
    )


def stored_rows(counts: Iterable[ShiftCount]) -> list[dict[str, Any]]:
    """The stored counts, each with its key."""
    return [
        {
            "pk": count.pk,
            "municipality": count.municipality.name,
            "days": words.days(count.starts_date, count.ends_date),
            "counts": [
                number(each) for each in (count.owed, count.delivered, count.hired, count.unfilled)
            ],
            "source": _("%(source)s, %(moment)s")
            % {"source": count.source, "moment": short_moment(count.imported_at)},
        }
        for count in counts
    ]


def _labelled(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[LabelledRow]:
    return [list(zip(columns, row, strict=True)) for row in rows]


def _row(row: Row, names: Mapping[int, str]) -> list[str]:
    days = words.days(row.key.starts_date, row.key.ends_date)
    return [names[row.key.municipality_id], days, *map(number, row.counts)]


def _refusal(refusal: Refusal) -> list[str]:
    line = str(refusal.line or words.NOT_KNOWN)
    return [line, str(COLUMNS[refusal.field]), refusal.value, str(ROW[refusal.code])]


def _remarks(rows: Sequence[Row], names: Mapping[int, str], today: date) -> list[list[str]]:
    return [
        [str(row.line or words.NOT_KNOWN), names[row.key.municipality_id], str(ODD[found.code])]
        for row in sorted(rows, key=lambda each: each.line or 0)
        for found in oddities(row, today=today)
    ]
