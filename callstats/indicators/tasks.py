"""Celery computes the months: after each import, and the last ones again each night."""

from celery import shared_task
from django.utils import timezone

from callstats.indicators import operations, stored
from legevakt.lib.periods import OSLO, Period, rolling_months
from municipalities.models import Central

NIGHTLY_MONTHS = 3


@shared_task
def compute_month(*, central_id: int, year: int, month: int) -> None:
    """Compute the month of the central by every definition, and the year that holds it."""
    central, at = Central.objects.get(pk=central_id), timezone.now()
    operations.compute(central=central, period=Period.month(year, month), at=at)
    operations.compute(central=central, period=Period.year(year), at=at)


@shared_task
def recompute_recent() -> None:
    """Compute every open month of every central again, the last ones also where none is stored.

    A source that is new, or no longer expected, changes how complete the months before are.
    """
    for central in Central.objects.counted().order_by("pk"):
        recompute_central.delay(central_id=central.pk)


@shared_task
def recompute_central(*, central_id: int) -> None:
    """The same for one central."""
    today = timezone.now().astimezone(OSLO).date()
    recent = [Period.month(today.year, today.month)]
    recent += rolling_months(NIGHTLY_MONTHS, before=today).months()
    under_way = stored.under_way_months(central_id=central_id)
    for first in sorted({*under_way, *(month.starts_on for month in recent)}):
        compute_month.delay(central_id=central_id, year=first.year, month=first.month)
