"""./run manage feed_status [SOURCE] [--days N] [--json]"""

import json
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from callstats.feeds import queries
from callstats.feeds.models import Source
from callstats.feeds.queries import DAYS_SHOWN, Feed
from callstats.sources.registry import PROFILES

MOST_DAYS = 366


class Command(BaseCommand):
    help = "Tell of each telephone system when it was last heard, and how many hours have data."

    def add_arguments(self, parser):
        parser.add_argument("source", nargs="?", help="short name; every source, unless told")
        parser.add_argument("--days", type=int, default=DAYS_SHOWN)
        parser.add_argument("--json", action="store_true")

    def handle(self, *, source, days, **options):
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(f"--days is 1 to {MOST_DAYS}.")
        found = Source.objects.filter(slug=source) if source else Source.objects.all()
        if source and not found.exists():
            raise CommandError(f"There is no source {source}. Make it with add_source.")
        now = timezone.now()
        told = [_told(feed, days=days, at=now) for feed in queries.feeds_of(found, at=now)]
        if options["json"]:
            self.stdout.write(json.dumps({"sources": told}, ensure_ascii=False))
            return
        for feed in told:
            self.stdout.write(f"{feed['source']}: {_line(feed)}")


def _told(feed: Feed, *, days: int, at: datetime) -> dict:
    """JSON-ready; moments in RFC 3339, ages in whole seconds."""
    source, hours = feed.source, queries.hours_of(feed.source, at=at, days=days)
    profile = PROFILES.get(source.profile)
    return {
        "source": source.slug,
        "central": source.central.slug,
        "profile": source.profile,
        "proven": profile.proven if profile else False,
        "sandbox": source.central.is_sandbox,
        "expected": source.is_expected,
        "last_seen_at": _moment(feed.last_seen_at),
        "newest_data_at": _moment(feed.newest_data_at),
        "lag_seconds": _age(feed.newest_data_at, at=at),
        "hours_with_data": hours.with_data,
        "hours_without_data": hours.without_data,
        "rejected_rows": feed.rejected,
        "silent_since": _moment(feed.silence.last_seen_at) if feed.silence else None,
    }


def _moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def _age(moment: datetime | None, *, at: datetime) -> int | None:
    return max(0, int((at - moment).total_seconds())) if moment else None


def _line(feed: dict) -> str:
    if feed["last_seen_at"] is None:
        return "nothing has come yet"
    words = [
        f"last seen {feed['last_seen_at']}",
        f"newest data {feed['newest_data_at'] or 'none'}",
        f"{feed['hours_with_data']} hours with data, {feed['hours_without_data']} without",
        f"{feed['rejected_rows']} rows refused",
    ]
    return ", ".join(["SILENT", *words] if feed["silent_since"] else words)
