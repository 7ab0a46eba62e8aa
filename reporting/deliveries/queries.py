"""Reads about deliveries: what is due, what can be sent, what a page lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from legevakt.lib.periods import Period
from municipalities.models import Cooperation, User
from reporting.annual_report.models import AnnualReport, ReportState
from reporting.deliveries import rules
from reporting.deliveries.models import (
    Delivery,
    DeliveryState,
    Dispatch,
    Schedule,
    ScheduleKind,
)
from reporting.deliveries.recipients import not_told, recipients
from reporting.letters import queries as letters
from reporting.letters.models import PeriodLetter

MOST_BY_HAND = 2


@dataclass(frozen=True, kw_only=True)
class Due:
    """A period whose moment has come: of an issued report, or of a letter that can be made."""

    schedule: Schedule
    period: Period
    report: AnnualReport | None = None


def deliveries_for(user: User) -> QuerySet[Delivery]:
    """The deliveries the user may see: the last released first, by municipality and address."""
    return (
        Delivery.objects.visible_to(user)
        .select_related(
            "recipient",
            "outside",
            "municipality",
            "dispatch__schedule__cooperation",
            "dispatch__report",
            "dispatch__letter",
        )
        .defer("dispatch__report__figures", "dispatch__letter__figures")
        .order_by("-dispatch__released_at", "-dispatch", "municipality__number", "email", "pk")
    )


def message_ids_for(user: User) -> set[str]:
    """The ids of the messages whose deliveries the user may see; no account mail has such one."""
    return set(Delivery.objects.visible_to(user).values_list("message_id", flat=True))


def issued_reports(cooperation: Cooperation) -> list[AnnualReport]:
    """The last issued edition of each year, the latest year first."""
    rows = AnnualReport.objects.filter(cooperation=cooperation, state=ReportState.ISSUED)
    later = rows.filter(year=OuterRef("year"), edition__gt=OuterRef("edition"))
    return list(rows.exclude(Exists(later)).defer("figures").order_by("-year", "pk"))


def due(*, now: datetime) -> list[Due]:
    """What the active schedules are to release now, and have not."""
    schedules = Schedule.objects.filter(is_active=True).select_related("cooperation")
    found = []
    for schedule in schedules.order_by("pk"):
        is_report = schedule.kind == ScheduleKind.ANNUAL_REPORT
        found += _due_reports(schedule, now) if is_report else _due_letters(schedule, now)
    return found


def moment_of(schedule: Schedule, *, period: Period) -> datetime:
    """When the schedule sends what is due of the period."""
    return rules.moment_of(
        ends_on=period.ends_on,
        months_after=schedule.months_after,
        day=schedule.day,
        local_time=schedule.local_time,
    )


def _due_reports(schedule: Schedule, now: datetime) -> list[Due]:
    """Issued reports whose moment has come; a correction of one that was sent goes at once."""
    sent = set(schedule.dispatches.values_list("report__year", "edition"))
    years = {year for year, _ in sent}
    found = []
    for report in issued_reports(schedule.cooperation):
        if (report.year, report.edition) in sent or report.issued_at is None:
            continue
        period = Period.year(report.year)
        corrects = report.year in years
        moment = report.issued_at if corrects else moment_of(schedule, period=period)
        if _is_due(schedule, moment=moment, ready_at=report.issued_at, now=now):
            found.append(Due(schedule=schedule, period=period, report=report))
    return found


def _due_letters(schedule: Schedule, now: datetime) -> list[Due]:
    periods = _come_and_not_sent(schedule, now=now)
    return [
        Due(schedule=schedule, period=period)
        for period, ready_at in letters_ready(schedule, periods=periods).items()
        if _is_due(schedule, moment=moment_of(schedule, period=period), ready_at=ready_at, now=now)
    ]


def _come_and_not_sent(schedule: Schedule, *, now: datetime) -> list[Period]:
    """Periods whose moment has come since the schedule was changed, the earliest first."""
    sent = set(schedule.dispatches.values_list("starts_date", flat=True))
    return [
        period
        for period in reversed(list(rules.periods_to_look_at(kind=schedule.kind, now=now)))
        if period.starts_on not in sent
        and schedule.changed_at < moment_of(schedule, period=period) <= now
    ]


def _is_due(schedule: Schedule, *, moment: datetime, ready_at: datetime, now: datetime) -> bool:
    return rules.is_due(moment=moment, ready_at=ready_at, changed_at=schedule.changed_at, now=now)


def letters_ready(schedule: Schedule, *, periods: list[Period]) -> dict[Period, datetime]:
    """The periods whose letter can be made, and since when."""
    if not periods:
        return {}
    return letters.ready_of(kind=schedule.kind, cooperation=schedule.cooperation, periods=periods)


def waiting_periods(schedule: Schedule, *, now: datetime) -> list[Period]:
    """Periods whose moment has come but whose month is not published, the earliest first."""
    periods = _come_and_not_sent(schedule, now=now)
    ready = letters_ready(schedule, periods=periods)
    return [period for period in periods if period not in ready]


def periods_by_hand(schedule: Schedule, *, now: datetime) -> list[Period]:
    """What can be sent by hand: the last issued reports, or the letters of the last periods."""
    if schedule.kind == ScheduleKind.ANNUAL_REPORT:
        years = [each.year for each in issued_reports(schedule.cooperation)]
        return [Period.year(year) for year in years[:MOST_BY_HAND]]
    ended = list(rules.periods_to_look_at(kind=schedule.kind, now=now))[:MOST_BY_HAND]
    return list(letters_ready(schedule, periods=ended))


def sendable(schedule: Schedule, *, now: datetime) -> list[Period]:
    """Those of them that somebody who receives them was not sent."""
    periods = periods_by_hand(schedule, now=now)
    return [each for each in periods if _lacks_somebody(schedule, period=each)]


def _lacks_somebody(schedule: Schedule, *, period: Period) -> bool:
    dispatch = latest_dispatch(schedule, period=period)
    return bool(not_told(dispatch) if dispatch else recipients(schedule))


def latest_dispatch(schedule: Schedule, *, period: Period) -> Dispatch | None:
    """What was sent of the period's latest edition, if it was."""
    edition = latest_edition(schedule, period=period)
    own = {"starts_date": period.starts_on, "edition": edition}
    return schedule.dispatches.filter(**own).first() if edition else None


def latest_edition(schedule: Schedule, *, period: Period) -> int | None:
    """The number of the report's last issued edition, or of the letter's."""
    own = {"cooperation": schedule.cooperation}
    reports = AnnualReport.objects.filter(
        year=period.starts_on.year, state=ReportState.ISSUED, **own
    )
    made = PeriodLetter.objects.filter(kind=schedule.kind, starts_date=period.starts_on, **own)
    rows: QuerySet = reports if schedule.kind == ScheduleKind.ANNUAL_REPORT else made
    return rows.order_by("-edition").values_list("edition", flat=True).first()


def due_deliveries(*, now: datetime) -> list[Delivery]:
    """What waits and whose time has come, oldest first."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, next_attempt_at__lte=now)
    return list(waiting.order_by("next_attempt_at", "pk"))


def lock_name(delivery: Delivery) -> str:
    """The lock that a worker holds as long as it sends the delivery."""
    return f"report delivery {delivery.pk}"
