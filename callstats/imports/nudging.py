"""Telling a worker that there is something to do. The database has it; the message may be lost."""

from __future__ import annotations

import structlog
from celery import Task
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def nudge(task: Task, **arguments) -> None:
    """Queue the task. Without a broker only the log hears of it: `resume_stalled` nudges again."""
    try:
        task.delay(**arguments)
    except OperationalError as error:
        log.warning("no broker to nudge", task=task.name, error=str(error), **arguments)
