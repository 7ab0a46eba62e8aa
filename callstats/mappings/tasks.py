"""Samples are gone after a day."""

import structlog
from celery import shared_task
from django.utils import timezone

from callstats.mappings import operations

log = structlog.get_logger(__name__)


@shared_task
def delete_old_drafts() -> None:
    """Delete drafts that nobody saved, and their samples."""
    deleted = operations.delete_old(at=timezone.now())
    log.info("mapping drafts deleted", drafts=deleted)
