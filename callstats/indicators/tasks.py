"""Celery computes the months: after each import, and the last ones again each night."""

from celery import shared_task
from django.utils import timezone

from callstats.indicators import operations
from callstats.indicators.definitions import all_definitions
from legevakt.lib.periods import OSLO, Period, rolling_months
from municipalities.models import Central

NIGHTLY_MONTHS = 3


@shared_task
def compute_month(*, central_id: int, year: int, month: int) -> None:
    """Compute the month of the central by every definition."""
    central = Central.objects.get(pk=central_id)
    for definition in all_definitions().values():
        operations.compute(
            central=central,
            period=Period.month(year, month),
            definition=definition,
            at=timezone.now(),
        )


@shared_task
def recompute_recent() -> None:
    """Compute the running month and the last complete ones of every central again."""
    today = timezone.now().astimezone(OSLO).date()
    months = [Period.month(today.year, today.month)]
    months += rolling_months(NIGHTLY_MONTHS, before=today).months()
    for central in Central.objects.counted().order_by("pk"):
        for month in months:
            compute_month.delay(
                central_id=central.pk, year=month.starts_on.year, month=month.starts_on.month
            )
