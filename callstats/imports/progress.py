"""How far a running import is, kept in the cache: only for looking at, never the truth.

While the cache is away an import goes on unseen.
"""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

SECONDS_KEPT = 3600
_own_marks: dict[str, float] = {}  # until when, by the monotonic clock
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Progress:
    """Stage (`reading`, `storing`) and calls done of the total, if known."""

    stage: str
    done: int = 0
    total: int = 0


def report(*, import_id, progress: Progress) -> None:
    """Let the page and the API see the progress."""
    with suppress(RedisError):
        cache.set(_key(import_id), (progress.stage, progress.done, progress.total), SECONDS_KEPT)


def of(import_id) -> Progress | None:
    """The last reported progress, if any."""
    with suppress(RedisError):
        kept = cache.get(_key(import_id))
        return Progress(*kept) if kept else None
    return None


def ask_to_cancel(import_id) -> None:
    """Ask the worker to stop at the next step. While the cache is away it does not hear."""
    try:
        cache.set(_cancel_key(import_id), value=True, timeout=SECONDS_KEPT)
    except RedisError as error:
        log.warning("cannot ask to cancel", import_id=str(import_id), error=str(error))


def is_asked_to_cancel(import_id) -> bool:
    """Whether somebody asked."""
    with suppress(RedisError):
        return bool(cache.get(_cancel_key(import_id)))
    return False


def is_first(mark: str, *, within: timedelta) -> bool:
    """Whether nobody has set the mark in that time; sets it. While the cache is away: yes.

    The marks of this process are known without asking.
    """
    now = time.monotonic()
    if now < _own_marks.get(mark, now):
        return False
    with suppress(RedisError):
        is_ours = bool(cache.add(mark, value=True, timeout=within.total_seconds()))
        if is_ours:
            _own_marks[mark] = now + within.total_seconds()
        return is_ours
    return True


def _key(import_id) -> str:
    return f"import-progress-{import_id}"


def _cancel_key(import_id) -> str:
    return f"import-cancel-{import_id}"
