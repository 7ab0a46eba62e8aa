"""Celery computes the months, verifies what is published, and asks for the monthly check."""

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from callstats.periods import deviating, month_to_check, operations, stored, verifying
from callstats.periods.models import IndicatorPeriod, PeriodState
from legevakt.lib import locks
from legevakt.lib.letters import MOST_RETRIES, send_or_retry
from legevakt.lib.periods import OSLO, Period, local_day, rolling_months
from municipalities.models import Central, User
from municipalities.queries import people_with
from municipalities.rules import Role

log = structlog.get_logger(__name__)

NIGHTLY_MONTHS = 3


@shared_task
def compute_month(*, central_id: int, year: int, month: int) -> None:
    """Compute the month of the central by every definition, and the year that holds it."""
    compute_month_alone(central_id=central_id, year=year, month=month)
    compute_year(central_id=central_id, year=year)


@shared_task
def compute_month_alone(*, central_id: int, year: int, month: int) -> None:
    """The month without its year, for the night, which computes the year once after its months."""
    _compute(central_id, Period.month(year, month))


@shared_task
def compute_year(*, central_id: int, year: int) -> None:
    """The year of the central by every definition, from its hours."""
    _compute(central_id, Period.year(year))


@shared_task
def recompute_recent() -> None:
    """Compute every open month of every central again, the last ones also where none is stored.

    A source that is new, or no longer expected, changes how complete the months before are.
    """
    for central in Central.objects.counted().order_by("pk"):
        recompute_central.delay(central_id=central.pk)


@shared_task
def recompute_central(*, central_id: int) -> None:
    """The same for one central, and each year that holds one of the months once."""
    today = timezone.now().astimezone(OSLO).date()
    recent = [Period.month(today.year, today.month)]
    recent += rolling_months(NIGHTLY_MONTHS, before=today).months()
    under_way = stored.under_way_months(central_id=central_id)
    months = sorted({*under_way, *(month.starts_on for month in recent)})
    for first in months:
        compute_month_alone.delay(central_id=central_id, year=first.year, month=first.month)
    for year in sorted({first.year for first in months}):
        compute_year.delay(central_id=central_id, year=year)


@shared_task
def ask_for_checks(**_) -> None:
    """Ask the leaders, once, to check the month that has ended.

    The claim is stored with the queueing: without a broker, or a leader, the next morning asks.
    """
    at = timezone.now()
    for period in month_to_check.months_to_ask_about(today=local_day(at)):
        leaders = _leaders_of(period.central)
        with transaction.atomic():
            if leaders and month_to_check.claim(period=period, at=at):
                for user_id in leaders:
                    ask_leader.delay(period_id=period.pk, user_id=user_id)


@shared_task(bind=True, max_retries=MOST_RETRIES)
def ask_leader(self, *, period_id: int, user_id: int, **_) -> None:
    """Ask one leader; a mail server that is away is tried again, while the month is open."""
    periods = IndicatorPeriod.objects.select_related("central__cooperation")
    period, to = periods.get(pk=period_id), User.objects.get(pk=user_id)
    if period.state != PeriodState.OPEN:
        return
    send_or_retry(
        self,
        lambda: month_to_check.ask_for_check(period=period, to=to),
        period=period_id,
        user=user_id,
    )


@shared_task
def verify_published(**_) -> None:
    """Compute what is published again; a difference is logged, and the leader is told of it."""
    with locks.only_one("verify published") as got:
        if got:
            for central in Central.objects.counted().order_by("pk"):
                _verify(central)


@shared_task(bind=True, max_retries=MOST_RETRIES)
def tell_of_deviations(
    self, *, central_id: int, user_id: int, periods: list[str], digest: str, **_
) -> None:
    """Tell one leader which periods no longer come out as they were published."""
    central = Central.objects.select_related("cooperation").get(pk=central_id)
    to = User.objects.get(pk=user_id)
    send_or_retry(
        self,
        lambda: deviating.tell_of_deviations(
            central=central, periods=periods, to=to, digest=digest
        ),
        central=central_id,
        user=user_id,
    )


def _compute(central_id: int, period: Period) -> None:
    central = Central.objects.get(pk=central_id)
    operations.compute(central=central, period=period, at=timezone.now())


def _verify(central: Central) -> None:
    deviations = verifying.verify(central=central).deviations
    if not deviations:
        return
    periods = list(dict.fromkeys(each.period for each in deviations))
    log.error(
        "published figures differ", central=central.slug, periods=periods, count=len(deviations)
    )
    digest = deviating.digest_of(deviations)
    for user_id in _leaders_of(central):
        if not deviating.is_told(central_id=central.pk, user_id=user_id, digest=digest):
            tell_of_deviations.delay(
                central_id=central.pk, user_id=user_id, periods=periods, digest=digest
            )


def _leaders_of(central: Central) -> list[int]:
    if central.cooperation is None:
        return []
    leaders = people_with(cooperation=central.cooperation, roles={Role.LEADER})
    return list(dict.fromkeys(leader.user_id for leader in leaders))
