"""Noticing that a source fell silent, and that it speaks again."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction

from callstats.feeds import queries
from callstats.feeds.models import Source, SourceSilence
from callstats.feeds.rules import is_silent
from municipalities.operations import emit
from municipalities.rules import EventType


@transaction.atomic
def watch(*, source: Source, at: datetime) -> None:
    """Note that the source is silent, once, or that its silence has ended.

    The row and the webhook's
    message are stored together; the source's lock keeps two watchers apart.
    """
    locked = Source.objects.select_for_update(no_key=True, of=("self",))
    found = locked.select_related("central__cooperation").get(pk=source.pk)
    seen_at = queries.last_seen_at(found)
    lasting = found.silences.filter(ended_at__isnull=True).first()
    silent = _is_watched(found) and is_silent(
        last_seen_at=seen_at, after_minutes=found.silent_after_minutes, at=at
    )
    if silent and lasting is None and seen_at is not None:
        _begin(source=found, seen_at=seen_at, at=at)
    if lasting is not None and not silent:
        _end(lasting, source=found, seen_at=seen_at, at=at)


def note_told(*, silence: SourceSilence, at: datetime) -> None:
    """The e-mails about it are queued."""
    SourceSilence.objects.filter(pk=silence.pk).update(told_at=at)


def _is_watched(source: Source) -> bool:
    return source.is_expected and not source.central.is_sandbox


def _begin(*, source: Source, seen_at: datetime, at: datetime) -> None:
    SourceSilence.objects.create(source=source, last_seen_at=seen_at, noticed_at=at)
    _emit(EventType.SOURCE_SILENT, source=source, seen_at=seen_at, at=at)


def _end(silence: SourceSilence, *, source: Source, seen_at: datetime | None, at: datetime) -> None:
    """It ends when something is heard; where only the watching ended, nobody is told."""
    is_heard = seen_at is not None and seen_at > silence.last_seen_at
    silence.ended_at = seen_at if is_heard else at
    silence.save(update_fields=["ended_at"])
    if seen_at is not None and is_heard:
        _emit(EventType.SOURCE_RESUMED, source=source, seen_at=seen_at, at=at)


def _emit(event_type: EventType, *, source: Source, seen_at: datetime, at: datetime) -> None:
    """As docs/api/webhooks.md promises."""
    moment = seen_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    emit(
        cooperation=source.central.cooperation,
        event_type=event_type,
        data={"source": source.slug, "last_seen_at": moment},
        at=at,
    )
