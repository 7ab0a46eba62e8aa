"""Reads about feeds: when something was heard, and which hours have data.

Imports stand above feeds, so their table is reached by its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from callstats.calls.models import FeedHour
from callstats.feeds.models import FeedCursor, Source, SourceSilence, SourceToken
from callstats.feeds.rules import FeedDay, feed_days
from legevakt.lib.periods import HOUR, local_day, wall_time_to_utc
from municipalities.models import User

DAYS_SHOWN = 30
STORED = ("completed", "completed_with_errors")


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A source and what was heard from it.

    `last_seen_at`: when an import of it was last stored; what only asks, or is refused, is not
    heard. `token_used_at`: the last use of any of its tokens, for whatever. `newest_data_at`: the
    latest moment that stored data tell of. `rejected`: rows refused in the last days' imports.
    """

    source: Source
    last_seen_at: datetime | None
    token_used_at: datetime | None
    newest_data_at: datetime | None
    rejected: int
    silence: SourceSilence | None


@dataclass(frozen=True, kw_only=True)
class FeedHours:
    """The last days of a feed, newest first, and the hours of them that are over."""

    days: list[FeedDay]
    with_data: int
    without_data: int


def feeds_for(user: User, *, at: datetime) -> list[Feed]:
    """The feeds the user may see, by name; three queries however many."""
    return feeds_of(Source.objects.visible_to(user), at=at)


def feed_of(source: Source, *, at: datetime) -> Feed:
    """The feed of one source."""
    (found,) = feeds_of(Source.objects.filter(pk=source.pk), at=at)
    return found


def feeds_of(sources: QuerySet[Source], *, at: datetime) -> list[Feed]:
    """What was heard from each of the sources, by name."""
    found = list(
        sources.select_related("central__cooperation")
        .annotate(
            seen_at=_last_seen(),
            used_at=_last_use(),
            told_at=_newest_import(order="-created_at", field="last_at", state__in=STORED),
            hour_at=Subquery(_hours().order_by("-hour_at").values("hour_at")[:1]),
            rejected=_rejected(since=at - timedelta(days=DAYS_SHOWN)),
        )
        .order_by("name", "pk")
    )
    silences = {
        silence.source_id: silence
        for silence in SourceSilence.objects.filter(source__in=found, ended_at__isnull=True)
    }
    return [_feed(source, silence=silences.get(source.pk)) for source in found]


def open_silences(user: User) -> list[SourceSilence]:
    """The silences that last, of sources the user may see; the longest first."""
    return list(
        SourceSilence.objects.filter(
            ended_at__isnull=True, source__in=Source.objects.visible_to(user)
        )
        .select_related("source__central")
        .order_by("last_seen_at", "pk")
    )


def last_seen_at(source: Source) -> datetime | None:
    """When something from the source was last stored."""
    found = Source.objects.filter(pk=source.pk).annotate(seen_at=_last_seen())
    return found.values_list("seen_at", flat=True).get()


def watched_sources() -> QuerySet[Source]:
    """Those whose silence is to be noticed, and those whose silence is to be ended."""
    is_watched = Q(silent_after_minutes__isnull=False, is_expected=True, central__is_sandbox=False)
    is_silent = Q(pk__in=SourceSilence.objects.filter(ended_at__isnull=True).values("source"))
    return Source.objects.filter(is_watched | is_silent).order_by("pk")


def untold_silences() -> QuerySet[SourceSilence]:
    """Those that last and of which nobody has been told."""
    silences = SourceSilence.objects.filter(ended_at__isnull=True, told_at__isnull=True)
    return silences.select_related("source__central__cooperation").order_by("pk")


def hours_of(source: Source, *, at: datetime, days: int = DAYS_SHOWN) -> FeedHours:
    """Hours with and without data in the last days, from the first one there ever was."""
    first = local_day(at) - timedelta(days=days - 1)
    since = wall_time_to_utc(day=first, wall=time.min)
    hours = set(source.feed_hours.filter(hour_at__gte=since).values_list("hour_at", flat=True))
    start = _first_day(source, first=first)
    listed = feed_days(hours=hours, first=start, at=at) if start else []
    with_data = sum(day.with_data for day in listed)
    over = sum(day.hours_over for day in listed)
    return FeedHours(days=listed, with_data=with_data, without_data=over - with_data)


def late_imports(source: Source, *, count: int = 10) -> list[Any]:
    """The newest imports of the source."""
    return list(source.imports.order_by("-created_at", "pk")[:count])


def late_silences(source: Source, *, count: int) -> list[SourceSilence]:
    """The newest silences of the source."""
    return list(source.silences.order_by("-last_seen_at", "-pk")[:count])


def last_token(source: Source) -> SourceToken | None:
    """The token that is taken longest, or was; None where all are revoked."""
    tokens = source.tokens.filter(revoked=False).select_related("source")
    return tokens.order_by(F("expiry_date").desc(nulls_first=True), "pk").first()


def unmapped_queues(source: Source) -> list[str]:
    """Queues at which the newest import stopped and that have no number yet.

    Without those that were masked, since they look like a caller's number.
    """
    newest = source.imports.order_by("-created_at", "pk").first()
    if newest is None or newest.error_code != "unmapped_queues":
        return []
    mapped = set(source.queue_lines.values_list("queue", flat=True))
    named = newest.error_params.get("queues", [])
    return [queue for queue in named if queue and queue not in mapped and "…" not in queue]


def _feed(source: Any, *, silence: SourceSilence | None) -> Feed:
    hour_end = source.hour_at + HOUR if source.hour_at else None
    told_at = source.told_at
    # Old files may come last; then the hours know better, though only to the hour.
    is_older = told_at is None or (source.hour_at is not None and told_at < source.hour_at)
    return Feed(
        source=source,
        last_seen_at=source.seen_at,
        token_used_at=source.used_at,
        newest_data_at=hour_end if is_older else told_at,
        rejected=source.rejected or 0,
        silence=silence,
    )


def _first_day(source: Source, *, first: date) -> date | None:
    """The first day to show; None where there never were data."""
    oldest = source.feed_hours.order_by("hour_at").values_list("hour_at", flat=True).first()
    return None if oldest is None else max(first, local_day(oldest))


def _last_seen() -> Greatest:
    """PostgreSQL's GREATEST passes over what is null.

    A request of which every row was refused brought nothing; one without a call did, for it
    says that none came.
    """
    brought_nothing = Q(received__gt=0, rejected=F("received"))
    stored = _imports().filter(state__in=STORED, is_dry_run=False).exclude(brought_nothing)
    ended = stored.order_by("-created_at").values(at=Coalesce("finished_at", "created_at"))
    cursor = FeedCursor.objects.filter(source=OuterRef("pk")).values("stored_at")
    return Greatest(Subquery(ended[:1]), Subquery(cursor))


def _last_use() -> Subquery:
    tokens = SourceToken.objects.filter(source=OuterRef("pk"))
    used = tokens.order_by().values("source").annotate(last=Max("last_used_at"))
    return Subquery(used.values("last"))


def _newest_import(*, order: str, field: str, **having: object) -> Subquery:
    return Subquery(_imports().filter(**having).order_by(order).values(field)[:1])


def _rejected(*, since: datetime) -> Subquery:
    late = _imports().filter(created_at__gte=since, is_dry_run=False).order_by()
    return Subquery(late.values("source").annotate(rows=Sum("rejected")).values("rows"))


def _imports() -> QuerySet:
    return apps.get_model("callstats", "CallImport").objects.filter(source=OuterRef("pk"))


def _hours() -> QuerySet[FeedHour]:
    return FeedHour.objects.filter(source=OuterRef("pk"))
