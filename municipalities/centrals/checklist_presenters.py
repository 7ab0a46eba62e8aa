"""The checklist as its page lists it and as it is downloaded, and one row with its checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from legevakt.lib import tables, words
from municipalities.centrals.models import Central, RequirementCheck
from municipalities.centrals.names import basis, row_title
from municipalities.centrals.presenters import Tag, state_tag, tags_of
from municipalities.centrals.rows import Row
from municipalities.centrals.rules import State
from municipalities.cooperations.models import Cooperation
from municipalities.documents.models import Document

UNKNOWN = "–"
COLUMNS = (
    gettext_lazy("Requirement"),
    gettext_lazy("Legal basis"),
    gettext_lazy("Responsible"),
    gettext_lazy("State"),
    gettext_lazy("Last checked"),
    gettext_lazy("Next check due"),
)
SHOWN: dict[str, tuple[Promise, Callable[[Row], bool]]] = {
    "all": (gettext_lazy("All requirements"), lambda row: True),
    "due": (gettext_lazy("Late or due within 14 days"), lambda row: row.is_late or row.is_soon),
    "late": (gettext_lazy("Late"), lambda row: row.is_late),
    "not_met": (gettext_lazy("Not fulfilled"), lambda row: row.state == State.NOT_MET),
    "partly": (gettext_lazy("Partly fulfilled"), lambda row: row.state == State.PARTLY),
    "never": (gettext_lazy("Not yet checked"), lambda row: row.state == State.NEVER),
}


@dataclass(frozen=True)
class Line:
    """A row of the list: the cells as they are downloaded, with its page and its tags."""

    cells: tuple[tables.Cell, ...]
    url: str
    tags: list[Tag]


@dataclass(frozen=True)
class Filter:
    """A choice of what is shown, with how many rows it has."""

    key: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class CheckLine:
    """A check in the history of a row."""

    day: str
    tag: Tag
    evidence: str
    document: Document | None
    recorded: str


def filters(rows: list[Row], *, chosen: str) -> list[Filter]:
    """The choices above the list."""
    return [
        Filter(key, str(label), sum(map(fits, rows)), key == chosen)
        for key, (label, fits) in SHOWN.items()
    ]


def lines(rows: Iterable[Row], *, central: Central, cooperation: Cooperation) -> list[Line]:
    """The rows in their order."""
    return [
        Line(
            cells=_cells(row),
            url=reverse("central_requirement", args=[cooperation.slug, central.slug, row.key]),
            tags=tags_of(row),
        )
        for row in rows
    ]


def table(shown: list[Line], *, central: Central) -> tables.Table:
    """The list as a file holds it."""
    return tables.Table(
        caption=_("The checklist of %(central)s") % {"central": central.name},
        headings=tuple(str(column) for column in COLUMNS),
        rows=tuple(tables.Row(line.cells, line.url) for line in shown),
    )


def facts(row: Row) -> list[tuple[str, str]]:
    """What is planned for a row."""
    interval = ngettext("every month", "every %(count)s months", row.interval_months)
    return [
        (_("Legal basis"), basis(row.requirement)),
        (_("Responsible"), row.responsible or _("nobody yet")),
        (_("Checked"), interval % {"count": row.interval_months}),
        (_("Last checked"), words.day(row.checked_date) if row.checked_date else _("never")),
        (_("Next check due"), words.day(row.due_date) if row.due_date else _("not planned")),
    ]


def check_lines(checks: Iterable[RequirementCheck]) -> list[CheckLine]:
    """The checks in the order they are given."""
    return [
        CheckLine(
            day=words.day(check.checked_date),
            tag=state_tag(check.result),
            evidence=check.evidence,
            document=check.document,
            recorded=_recorded(check),
        )
        for check in checks
    ]


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row_title(row.requirement, row.number),
        basis(row.requirement),
        row.responsible or UNKNOWN,
        ". ".join(tag.label for tag in tags_of(row)),
        words.day(row.checked_date) if row.checked_date else UNKNOWN,
        words.day(row.due_date) if row.due_date else UNKNOWN,
    )


def _recorded(check: RequirementCheck) -> str:
    who = check.recorded_by.name if check.recorded_by else UNKNOWN
    return f"{who}, {words.short_moment(check.recorded_at)}"
