"""Telling a worker that there is something to do. The database has it; the message may be lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog
from celery import Task
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def nudge(
    task: Task,
    *,
    after: timedelta | None = None,
    expires: timedelta | None = None,
    **arguments: Any,
) -> None:
    """Queue the task; to run after a while, or to be dropped if nobody took it by then.

    Without a broker only the log hears of it: a task of the timetable does it later.
    """
    options = _seconds(countdown=after, expires=expires)
    try:
        if options:
            task.apply_async(kwargs=arguments, **options)
        else:
            task.delay(**arguments)
    except OperationalError as error:
        log.warning("no broker to nudge", task=task.name, error=str(error), **arguments)


def _seconds(**spans: timedelta | None) -> dict[str, Any]:
    return {name: span.total_seconds() for name, span in spans.items() if span is not None}
