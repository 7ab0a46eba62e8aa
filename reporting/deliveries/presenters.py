"""Schedules and deliveries in the words of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.outbox import OutboxMessage
from municipalities.models import Cooperation
from reporting.annual_report.document.numbers import moment
from reporting.deliveries import queries, rules
from reporting.deliveries.models import ENDED_BADLY, Delivery, DeliveryState, Schedule

COLORS = {
    DeliveryState.WAITING: "neutral",
    DeliveryState.SENDING: "info",
    DeliveryState.SENT: "success",
    DeliveryState.FAILED: "danger",
    DeliveryState.UNKNOWN: "warning",
}
ERRORS = {
    "connection_lost": gettext_lazy("the connection was lost after the mail was handed over"),
    "worker_lost": gettext_lazy("the program was stopped while it was sending"),
    "no_connection": gettext_lazy("the mail server could not be reached"),
    "invalid_address": gettext_lazy("the address is not valid"),
    "document_missing": gettext_lazy("the document is missing or damaged"),
}


REFUSALS = {
    "IsNotToBeSentAgain": gettext_lazy("This report is sent already, or is on its way."),
    "IsNoRecipient": gettext_lazy("This person is no longer a recipient of the report."),
}


def words_for(error: Exception) -> str:
    """Why it was refused, in a sentence."""
    return str(REFUSALS[type(error).__name__])


def section(cooperation: Cooperation, *, may_send: bool, now: datetime) -> dict[str, Any]:
    """One cooperation's schedule, and the reports that may be sent."""
    schedule = Schedule.objects.filter(cooperation=cooperation).first()
    reports = queries.sendable_reports(cooperation=cooperation)
    return {
        "name": cooperation.name,
        "next_at": _next(schedule, now=now),
        "has_schedule": schedule is not None,
        "is_active": schedule is not None and schedule.is_active,
        "may_send": may_send,
        "schedule_url": reverse("delivery_schedule", args=[cooperation.slug]),
        "reports": [
            {
                "year": str(report.year),
                "url": reverse("deliveries_send", args=[cooperation.slug, report.pk]),
            }
            for report in reports
        ],
    }


def _next(schedule: Schedule | None, *, now: datetime) -> str:
    if schedule is None:
        return ""
    return moment(
        rules.next_moment(
            month=schedule.month, day=schedule.day, local_time=schedule.local_time, now=now
        )
    )


def table(deliveries: Iterable[Delivery], *, sending: set[int]) -> list[dict[str, Any]]:
    """One row a delivery; `sending` are the cooperations in which the reader may send."""
    return [
        {
            "pk": delivery.pk,
            "recipient": delivery.recipient.name,
            "municipality": delivery.municipality.name,
            "email": delivery.email,
            "report": str(delivery.report.year),
            "label": delivery.get_state_display(),
            "color": COLORS[DeliveryState(delivery.state)],
            "detail": _detail(delivery),
            "again_url": _again_url(delivery, sending=sending),
            "is_unknown": delivery.state == DeliveryState.UNKNOWN,
        }
        for delivery in deliveries
    ]


def _again_url(delivery: Delivery, *, sending: set[int]) -> str:
    """Where it is sent once more; empty where it has not ended badly or the reader may not."""
    if delivery.state not in ENDED_BADLY or delivery.report.cooperation_id not in sending:
        return ""
    return reverse("delivery_again", args=[delivery.pk])


def _detail(delivery: Delivery) -> str:
    if delivery.sent_at is not None:
        return moment(delivery.sent_at)
    why = _why(delivery.error_code)
    if delivery.state == DeliveryState.WAITING and delivery.attempts:
        tried = {"why": why, "moment": moment(delivery.next_attempt_at)}
        return _("%(why)s; tried again %(moment)s") % tried
    return why


def _why(code: str) -> str:
    if code.startswith("smtp_"):
        return _("the mail server answered %(code)s") % {"code": code.removeprefix("smtp_")}
    return str(ERRORS.get(code, code))


def mail(message: OutboxMessage) -> dict[str, Any]:
    """One message of the outbox."""
    return {
        "subject": message.subject,
        "to": message.to,
        "sent_at": moment(message.sent_at),
        "text": message.text,
        "files": [
            (name, reverse("outbox_attachment", args=[message.name, position]))
            for position, name in enumerate(message.attachments)
        ],
    }
