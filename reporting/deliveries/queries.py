"""Reads about deliveries: who is to have a report, what is due, what a page lists."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from municipalities.models import Cooperation, Membership, User
from municipalities.queries import people_with
from municipalities.rules import Role
from reporting.annual_report.models import AnnualReport, ReportState
from reporting.deliveries import rules
from reporting.deliveries.models import Delivery, DeliveryState, Schedule

RECIPIENTS = {Role.HOST_DIRECTOR, Role.PARTNER_DIRECTOR}


def recipients(*, cooperation: Cooperation) -> list[Membership]:
    """The directors of the host and the participants, each person once."""
    once: dict[int, Membership] = {}
    for membership in people_with(cooperation=cooperation, roles=RECIPIENTS):
        once.setdefault(membership.user_id, membership)
    return list(once.values())


def deliveries_for(user: User) -> QuerySet[Delivery]:
    """The deliveries the user may see: latest report first, then by municipality and name."""
    return (
        Delivery.objects.visible_to(user)
        .select_related("recipient", "municipality", "report__cooperation")
        .defer("report__figures")
        .order_by("-report__year", "municipality__number", "recipient__name", "pk")
    )


def message_ids_for(user: User) -> set[str]:
    """The ids of the messages whose deliveries the user may see; no account mail has such one."""
    return set(Delivery.objects.visible_to(user).values_list("message_id", flat=True))


def sendable_reports(*, cooperation: Cooperation) -> list[AnnualReport]:
    """The approved reports that not every director has a delivery of, the latest first."""
    people = {membership.user_id for membership in recipients(cooperation=cooperation)}
    released = Delivery.objects.filter(report__cooperation=cooperation)
    pairs = set(released.values_list("report_id", "recipient_id"))
    reports = AnnualReport.objects.filter(cooperation=cooperation, state=ReportState.APPROVED)
    return [
        report
        for report in reports.defer("figures").order_by("-year", "pk")
        if any((report.pk, person) not in pairs for person in people)
    ]


def reports_to_release(*, now: datetime) -> list[tuple[Schedule, AnnualReport]]:
    """Schedules whose moment has come, with the approved report that nobody was sent yet."""
    due = []
    for schedule in Schedule.objects.filter(is_active=True).order_by("pk"):
        year = rules.due_report_year(
            month=schedule.month,
            day=schedule.day,
            local_time=schedule.local_time,
            changed_at=schedule.changed_at,
            now=now,
        )
        if year is None:
            continue
        reports = AnnualReport.objects.defer("figures").filter(
            cooperation_id=schedule.cooperation_id,
            year=year,
            state=ReportState.APPROVED,
            deliveries__isnull=True,
        )
        due += [(schedule, report) for report in reports.order_by("pk")]
    return due


def due_deliveries(*, now: datetime) -> list[Delivery]:
    """What waits and whose time has come, oldest first."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, next_attempt_at__lte=now)
    return list(waiting.order_by("next_attempt_at", "pk"))


def lock_name(delivery: Delivery) -> str:
    """The lock that a worker holds as long as it sends the delivery."""
    return f"report delivery {delivery.pk}"
