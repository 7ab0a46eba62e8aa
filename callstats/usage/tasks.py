"""Each night in the first months: last year's calls are handed to cost sharing."""

from celery import shared_task
from django.utils import timezone

from callstats.usage.operations import hand_over
from legevakt.lib import locks
from legevakt.lib.periods import local_day
from municipalities.models import Cooperation


@shared_task
def hand_over_last_year(**_) -> None:
    """The year that is over, of every cooperation; the same again changes nothing."""
    with locks.only_one("hand over usage") as got:
        if not got:
            return
        at = timezone.now()
        for cooperation in Cooperation.objects.order_by("pk"):
            hand_over(cooperation=cooperation, year=local_day(at).year - 1, at=at)
