"""Telling a worker that there is something to do. The database has it; the message may be lost."""

from __future__ import annotations

from datetime import timedelta

import structlog
from celery import Task
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def nudge(task: Task, *, after: timedelta | None = None, **arguments) -> None:
    """Queue the task, to run after a while if told so.

    Without a broker only the log hears of it: `resume_stalled` nudges again.
    """
    try:
        if after is None:
            task.delay(**arguments)
        else:
            task.apply_async(kwargs=arguments, countdown=after.total_seconds())
    except OperationalError as error:
        log.warning("no broker to nudge", task=task.name, error=str(error), **arguments)
