"""Schedules and deliveries in the words of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from legevakt.lib import words
from legevakt.lib.outbox import OutboxMessage
from legevakt.lib.periods import Period
from municipalities.models import Cooperation
from reporting.deliveries import queries, rules
from reporting.deliveries.models import (
    ENDED_BADLY,
    Delivery,
    DeliveryState,
    Dispatch,
    Schedule,
    ScheduleKind,
)
from reporting.deliveries.noting import MAY_BE_NOTED
from reporting.deliveries.recipients import recipients
from reporting.deliveries.words import COLORS, NOTES, dispatched, each_time, what_is_sent, why


def section(
    cooperation: Cooperation,
    *,
    schedules: dict[str, Schedule],
    may_send: bool,
    now: datetime,
) -> dict[str, Any]:
    """One cooperation's schedules, one row a kind, and what may be sent now."""
    kinds = [ScheduleKind(kind) for kind in ScheduleKind.values]
    return {
        "name": cooperation.name,
        "may_send": may_send,
        "rows": [
            _schedule(kind, schedules.get(kind), cooperation=cooperation, now=now) for kind in kinds
        ],
        "sendable": [
            button
            for schedule in schedules.values()
            if may_send
            for button in _buttons(schedule, now=now)
        ],
    }


def _schedule(
    kind: ScheduleKind, schedule: Schedule | None, *, cooperation: Cooperation, now: datetime
) -> dict[str, Any]:
    is_active = schedule is not None and schedule.is_active
    return {
        "what": capfirst(kind.label),
        "url": reverse("delivery_schedule", args=[cooperation.slug, kind.value]),
        "has_schedule": schedule is not None,
        "is_active": is_active,
        "next": _next(schedule, now=now) if schedule and is_active else "",
        "waiting": _waiting(schedule, now=now) if schedule and is_active else "",
    }


def _next(schedule: Schedule, *, now: datetime) -> str:
    period, moment = rules.next_one(
        kind=schedule.kind,
        months_after=schedule.months_after,
        day=schedule.day,
        local_time=schedule.local_time,
        now=now,
    )
    return _("%(what)s, %(moment)s") % {
        "what": what_is_sent(schedule.kind, period=period),
        "moment": words.moment(moment),
    }


def _waiting(schedule: Schedule, *, now: datetime) -> str:
    """Which letters wait for their month to be published."""
    if schedule.kind == ScheduleKind.ANNUAL_REPORT:
        return ""
    periods = queries.waiting_periods(schedule, now=now)
    return ", ".join(words.period_name(each) for each in periods)


def _buttons(schedule: Schedule, *, now: datetime) -> list[dict[str, str]]:
    return [
        {
            "what": what_is_sent(schedule.kind, period=period),
            "url": send_url(schedule, period=period),
        }
        for period in queries.sendable(schedule, now=now)
    ]


def send_url(schedule: Schedule, *, period: Period) -> str:
    """Where what is due of the period is sent by hand."""
    first = period.starts_on
    own = [schedule.cooperation.slug, schedule.kind, first.year, first.month]
    return reverse("deliveries_send", args=own)


def schedule_page(schedule: Schedule, *, now: datetime) -> dict[str, Any]:
    """When it is sent next, who receives it, and who declined it."""
    return {
        "when": each_time(schedule),
        "next": _next(schedule, now=now) if schedule.is_active else "",
        "waiting": _waiting(schedule, now=now),
        "recipients": [
            {
                "name": each.name,
                "municipality": each.municipality.name,
                "email": each.email,
                "outside_pk": each.outside and each.outside.pk,
            }
            for each in recipients(schedule)
        ],
        "declined": list(schedule.declined.order_by("declined_at", "pk")),
    }


def table(deliveries: Iterable[Delivery], *, sending: set[int]) -> list[dict[str, Any]]:
    """One row a delivery; `sending` are the cooperations in which the reader may send."""
    return [
        {
            "pk": each.pk,
            "recipient": _name(each),
            "municipality": each.municipality.name,
            "email": each.email,
            "report": dispatched(each.dispatch),
            "dispatch_url": reverse("dispatch", args=[each.dispatch_id]),
            "label": each.get_state_display(),
            "color": COLORS[DeliveryState(each.state)],
            "detail": _detail(each),
            "again_url": _again_url(each, sending=sending),
            "note_url": _note_url(each, sending=sending),
            "notes": _notes(each),
            "is_unknown": each.state == DeliveryState.UNKNOWN,
        }
        for each in deliveries
    ]


def _name(delivery: Delivery) -> str:
    person = delivery.recipient or delivery.outside
    return person.name if person else ""


def _again_url(delivery: Delivery, *, sending: set[int]) -> str:
    """Where it is sent once more; empty where it has not ended badly or the reader may not."""
    if delivery.state not in ENDED_BADLY or not _may_send(delivery, sending):
        return ""
    return reverse("delivery_again", args=[delivery.pk])


def _note_url(delivery: Delivery, *, sending: set[int]) -> str:
    """Where it is noted what became of it; empty where nothing is to note."""
    if not _notes(delivery) or not _may_send(delivery, sending):
        return ""
    return reverse("delivery_note", args=[delivery.pk])


def _notes(delivery: Delivery) -> list[tuple[str, str]]:
    return [
        (state.value, str(NOTES[state]))
        for state, earlier in MAY_BE_NOTED.items()
        if delivery.state in earlier
    ]


def _may_send(delivery: Delivery, sending: set[int]) -> bool:
    return delivery.dispatch.schedule.cooperation_id in sending


def _detail(delivery: Delivery) -> str:
    told = [_when(delivery), _("Sent again: %(reason)s") % {"reason": delivery.reason}]
    return ". ".join(each for each in (told if delivery.reason else told[:1]) if each)


def _when(delivery: Delivery) -> str:
    if delivery.returned_at is not None:
        told = {"moment": words.moment(delivery.returned_at), "why": why(delivery.error_code)}
        return _("%(moment)s: %(why)s") % told
    if delivery.sent_at is not None:
        return words.moment(delivery.sent_at)
    reason = why(delivery.error_code)
    if delivery.state == DeliveryState.WAITING and delivery.attempts:
        tried = {"why": reason, "moment": words.moment(delivery.next_attempt_at)}
        return _("%(why)s; tried again %(moment)s") % tried
    return reason


def dispatch_page(dispatch: Dispatch) -> dict[str, Any]:
    """What was sent, when it was released and by whom, and where it is read."""
    by = dispatch.released_by
    return {
        "title": dispatched(dispatch),
        "released": words.moment(dispatch.released_at),
        "by": by.name if by else "",
        "url": _content_url(dispatch),
    }


def _content_url(dispatch: Dispatch) -> str:
    if dispatch.report_id:
        return reverse("annual_report", args=[dispatch.report_id])
    return reverse("letter", args=[dispatch.letter_id])


def mail(message: OutboxMessage) -> dict[str, Any]:
    """One message of the outbox."""
    return {
        "subject": message.subject,
        "to": message.to,
        "sent_at": words.moment(message.sent_at),
        "text": message.text,
        "files": [
            (name, reverse("outbox_attachment", args=[message.name, position]))
            for position, name in enumerate(message.attachments)
        ],
    }
