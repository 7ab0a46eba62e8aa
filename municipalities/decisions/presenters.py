"""Decisions as the list, its files and the receipts show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from legevakt.lib import words
from legevakt.lib.tables import Cell, Row, Table
from municipalities.decisions.models import Notification
from municipalities.decisions.words import disclosure


def register_table(decisions: Iterable[Any], *, slug: str) -> Table:
    """The register; decisions as `queries.listed` has them. What is exempt says so."""
    return Table(
        caption=_("Decisions, the newest first"),
        headings=(
            _("Title"),
            _("Decided on"),
            _("Municipality"),
            _("Kind"),
            _("Level"),
            _("Decided by"),
            _("Case number"),
            _("Public disclosure"),
            _("Receipts"),
        ),
        rows=tuple(
            Row(_register_cells(each), url=reverse("decision", args=[slug, each.pk]))
            for each in decisions
        ),
    )


def missing_table(notifications: Iterable[Notification], *, slug: str, today: date) -> Table:
    """Who has not confirmed what, by deadline."""
    return Table(
        caption=_("Receipts that are missing, by deadline"),
        headings=(_("Decision"), _("Municipality"), _("Receipt by"), _("State"), _("Told")),
        rows=tuple(
            Row(
                (
                    each.decision.title,
                    each.municipality.name,
                    short_day(each.deadline_date),
                    receipt_state(each, today=today),
                    words.short_moment(each.told_at) if each.told_at else _("not yet"),
                ),
                url=reverse("decision", args=[slug, each.decision_id]),
            )
            for each in notifications
        ),
    )


def receipts_table(notifications: Iterable[Notification], *, today: date) -> Table:
    """The receipts of one decision, by municipality."""
    return Table(
        caption=_("Receipts"),
        headings=(_("Municipality"), _("Receipt by"), _("State"), _("Confirmed by")),
        rows=tuple(
            Row(
                (
                    each.municipality.name,
                    short_day(each.deadline_date),
                    receipt_state(each, today=today),
                    each.read_by.name if each.read_by else "–",
                )
            )
            for each in notifications
        ),
    )


def receipt_state(notification: Notification, *, today: date) -> str:
    """Confirmed and when, left without confirming (`with_left_date`), late, or waited for."""
    if notification.read_at:
        return _("confirmed %(moment)s") % {"moment": words.short_moment(notification.read_at)}
    if notification.has_left(today):
        told = {"day": short_day(notification.left_date)}
        return _("closed: the municipality left on %(day)s") % told
    if notification.deadline_date < today:
        return _("late")
    return _("waits")


def short_day(value: date | None) -> str:
    """A date in figures, for tables; a dash for none."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else "–"


def _register_cells(decision: Any) -> tuple[Cell, ...]:
    return (
        decision.title,
        short_day(decision.decided_date),
        decision.municipality.name,
        decision.get_kind_display(),
        decision.get_level_display(),
        decision.body,
        decision.case_number,
        disclosure(decision),
        _receipts(decision),
    )


def _receipts(decision: Any) -> str:
    if not decision.notified:
        return "–"
    told = {"confirmed": decision.confirmed, "notified": decision.notified, "left": decision.left}
    if decision.left:
        return _("%(confirmed)s of %(notified)s; left: %(left)s") % told
    return _("%(confirmed)s of %(notified)s") % told
