"""Participants, services and forms of cooperation as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day
from municipalities.cooperations.models import Participant
from municipalities.cooperations.queries import Participants, RunService

RUNS = {
    "today": gettext_lazy("runs"),
    "later": gettext_lazy("comes later"),
    "earlier": gettext_lazy("ended"),
}
COLORS = {"today": "success", "later": "info"}
# Kommuneloven §§ 20-2, 20-3, 20-5, 20-6 and 5-1.
FORMS_COLUMNS = (
    gettext_lazy("What the law says"),
    gettext_lazy("Administrative (§ 20-2)"),
    gettext_lazy("Joint elected board (§ 20-3)"),
)
FORMS_ROWS = (
    (
        gettext_lazy("Who decides"),
        gettext_lazy("The host's chief executive"),
        gettext_lazy("The board, which may leave matters not of principle to the chief executive"),
    ),
    (
        gettext_lazy("Which matters"),
        gettext_lazy("Only those not of principle"),
        gettext_lazy("All kinds, unless the law says otherwise"),
    ),
    (
        gettext_lazy("Members"),
        gettext_lazy("None"),
        gettext_lazy("At least two of each participant; the agreement must state the number"),
    ),
    (
        gettext_lazy("Notice of meetings, minutes, open doors"),
        gettext_lazy("The rules do not apply"),
        gettext_lazy("The rules for elected bodies apply"),
    ),
    (
        gettext_lazy("Complaints are decided by"),
        gettext_lazy("The municipality that delegated"),
        gettext_lazy("Complaint boards that the councils appoint"),
    ),
)
PARTICIPANT_COLUMNS = (
    gettext_lazy("Municipality"),
    gettext_lazy("Number"),
    gettext_lazy("Part of the municipality"),
    gettext_lazy("Takes part from"),
    gettext_lazy("Last day"),
    gettext_lazy("Why it left"),
)
SERVICE_COLUMNS = (
    gettext_lazy("Service"),
    gettext_lazy("Legal basis"),
    gettext_lazy("For"),
    gettext_lazy("From"),
    gettext_lazy("Last day"),
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a page, and what may be done with it."""

    pk: int
    cells: tuple[str, ...]
    state: str = ""
    color: str = "neutral"
    may_end: bool = False
    may_be_divided: bool = False


def participant_lines(participants: Participants) -> dict[str, list[Line]]:
    """The rows of each of the three tables: today, later, earlier."""
    return {
        time: [
            Line(
                pk=row.pk,
                cells=_participant(row),
                may_end=time != "earlier" and row.municipality_id != row.cooperation.host_id,
                may_be_divided=time == "today",
            )
            for row in getattr(participants, time)
        ]
        for time in ("today", "later", "earlier")
    }


def participants_table(participants: Participants) -> Table:
    """Everybody, for the file: today's first."""
    return Table(
        caption=_("Participants"),
        headings=tuple(str(column) for column in PARTICIPANT_COLUMNS),
        rows=tuple(Row(_participant(row)) for row in participants.everybody),
    )


def service_lines(services: list[RunService]) -> list[Line]:
    return [
        Line(
            pk=each.service.pk,
            cells=(
                each.service.get_kind_display(),
                each.service.legal_basis or "–",
                ", ".join(each.parties) or _("all who take part"),
                day(each.service.starts_date),
                _last(each.service.ends_date),
            ),
            state=str(RUNS[each.time]),
            color=COLORS.get(each.time, "neutral"),
            may_end=each.time != "earlier",
        )
        for each in services
    ]


def _participant(row: Participant) -> tuple[str, ...]:
    name = row.municipality.name
    is_host = row.municipality_id == row.cooperation.host_id
    return (
        _("%(municipality)s (host)") % {"municipality": name} if is_host else name,
        row.municipality.number,
        row.area or _("the whole"),
        day(row.joined_date),
        _last(row.left_date),
        row.left_reason or "–",
    )


def _last(ends: date | None) -> str:
    """The last day of half-open days."""
    return day(ends - timedelta(days=1)) if ends else "–"
