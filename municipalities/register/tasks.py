"""Once a month from January to March: this year's inhabitants, if Statistics Norway has them."""

from __future__ import annotations

from datetime import date

import pghistory
import structlog
from celery import shared_task
from django.utils import timezone

from legevakt.lib.periods import local_day
from municipalities.register import fetching, operations

log = structlog.get_logger(__name__)

MOST_RETRIES = 3
PAUSE_SECONDS = 3600


@shared_task(bind=True, max_retries=MOST_RETRIES)
def fetch_inhabitants(self, **_) -> None:
    """Fetch where the installation allows it and something lacks; a passing fault is tried again.

    Final figures that differ are left, and told of in the log: a person revises them.
    """
    today = local_day(timezone.now())
    counted_date = date(today.year, 1, 1)
    if not fetching.is_allowed() or fetching.is_settled(counted_date):
        return
    try:
        with pghistory.context(task="fetch_inhabitants"):
            loaded = fetching.fetch(counted_date=counted_date, today=today)
    except fetching.NotFetched as error:
        log.warning("inhabitants not fetched", code=error.code, day=str(counted_date))
        if error.is_passing:
            raise self.retry(countdown=PAUSE_SECONDS, exc=error) from error
    except operations.NotLoaded as error:
        log.warning("inhabitants not stored", why=str(error), day=str(counted_date))
    else:
        log.info("inhabitants fetched", created=loaded.created, updated=loaded.updated)
