"""The report and the scenario as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from callstats.conformance.deliveries import DELIVERIES
from callstats.conformance.findings import Check, Report, Status
from callstats.conformance.scenario import Telling, utc, wall_clock
from callstats.conformance.words import CHECK_TITLES, INSTRUCTIONS, STATUS_WORDS, number, said

REASONS_SHOWN = 6
COLORS = {Status.PASSED: "success", Status.FAILED: "danger", Status.NOT_SEEN: "warning"}
CHECK_COLUMNS = (gettext_lazy("Check"), gettext_lazy("Result"), gettext_lazy("Why"))
CALL_COLUMNS = (
    gettext_lazy("Id"),
    gettext_lazy("Arrived, UTC"),
    gettext_lazy("On the wall"),
    gettext_lazy("Answered, UTC"),
    gettext_lazy("Ended, UTC"),
    gettext_lazy("Queue"),
    gettext_lazy("Outcome"),
    gettext_lazy("Wait (s)"),
    gettext_lazy("Version"),
)


@dataclass(frozen=True, kw_only=True)
class CheckShown:
    """A row of the report."""

    title: str
    status: str
    color: str
    is_required: bool
    reasons: list[str]


@dataclass(frozen=True, kw_only=True)
class DeliveryShown:
    """A delivery with its calls as cells."""

    name: str
    instruction: str
    covers: str
    rows: list[list[str]]


def checks_shown(report: Report) -> list[CheckShown]:
    """The checks for the page."""
    return [
        CheckShown(
            title=str(CHECK_TITLES[check.code]),
            status=str(STATUS_WORDS[check.status]),
            color=COLORS[check.status],
            is_required=check.is_required,
            reasons=_reasons(check),
        )
        for check in report.checks
    ]


def badge(report: Report) -> tuple[str, str]:
    """What the page says first, and its colour."""
    if report.conforms_at:
        day = date_format(localtime(report.conforms_at), "SHORT_DATE_FORMAT")
        return _("conforms, %(day)s") % {"day": day}, "success"
    return _("does not conform yet"), "warning"


def deliveries_shown() -> list[DeliveryShown]:
    """The scenario for the page."""
    return [
        DeliveryShown(
            name=each.name,
            instruction=str(INSTRUCTIONS[each.name]),
            covers=" – ".join(utc(moment) for moment in each.covers or ()),
            rows=[_cells(told) for told in each.tellings],
        )
        for each in DELIVERIES
    ]


def _reasons(check: Check) -> list[str]:
    """The first ones: one mistake makes many."""
    shown = [said(finding) for finding in check.findings[:REASONS_SHOWN]]
    more = len(check.findings) - len(shown)
    if more:
        text = ngettext("And %(count)s more like these.", "And %(count)s more like these.", more)
        shown.append(text % {"count": more})
    return shown


def _cells(told: Telling) -> list[str]:
    wall = wall_clock(told.arrived_at)
    return [
        told.id,
        utc(told.arrived_at),
        _("%(time)s, fold %(fold)s") % {"time": wall.text, "fold": wall.fold},
        _("%(time)s by %(name)s") % {"time": utc(told.answered_at), "name": told.answered_by}
        if told.answered_at
        else "–",
        utc(told.ended_at) if told.ended_at else "–",
        queues_of(told),
        told.outcome,
        "–" if told.wait_seconds is None else number(told.wait_seconds),
        str(told.version),
    ]


def queues_of(told: Telling) -> str:
    """The queue of a call, or each that it met and when."""
    if not told.legs:
        return told.queue
    return ", ".join(f"{leg.queue} {utc(leg.entered_at)} ({leg.outcome})" for leg in told.legs)
