"""Feeds in people's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from callstats.feeds.lines import ANY_QUEUE
from callstats.feeds.models import Source
from callstats.feeds.profile_words import OWN, PROVEN, UNPROVEN, WORDS, ProfileWords
from callstats.feeds.queries import Feed
from callstats.sources.registry import PROFILES
from legevakt.lib.periods import HOUR
from municipalities.models import LineClass, PublicNumber

SOURCE_COLUMNS = (
    gettext_lazy("Telephone system"),
    gettext_lazy("Central"),
    gettext_lazy("How it is read"),
    gettext_lazy("Last seen"),
    gettext_lazy("Newest data"),
    gettext_lazy("Refused rows, 30 days"),
    gettext_lazy("State"),
)
IMPORT_COLUMNS = (
    gettext_lazy("File"),
    gettext_lazy("Received"),
    gettext_lazy("Calls"),
    gettext_lazy("Refused"),
)
QUEUE_COLUMNS = (gettext_lazy("Queue"), gettext_lazy("Number it serves"))


@dataclass(frozen=True, kw_only=True)
class FeedRow:
    """A line in the list of telephone systems."""

    source: Source
    reading: str
    proof: str
    last_seen: str
    newest_data: str
    rejected: str
    state: str
    color: str


@dataclass(frozen=True, kw_only=True)
class ProfileShown:
    """A profile on the page of all of them."""

    name: str
    words: ProfileWords
    proof: str
    color: str


def feed_row(feed: Feed) -> FeedRow:
    """The feed for the list."""
    state, color = state_of(feed)
    return FeedRow(
        source=feed.source,
        reading=profile_title(feed.source.profile),
        proof=proof_of(feed.source.profile),
        last_seen=moment(feed.last_seen_at),
        newest_data=moment(feed.newest_data_at),
        rejected=localize(feed.rejected),
        state=state,
        color=color,
    )


def state_of(feed: Feed) -> tuple[str, str]:
    """In a word, and its colour."""
    if feed.silence:
        return _("silent"), "danger"
    if feed.source.central.is_sandbox:
        return _("sandbox"), "info"
    if feed.last_seen_at is None:
        return _("nothing has come yet"), "neutral"
    if not feed.source.is_expected:
        return _("need not send"), "neutral"
    return _("is heard from"), "success"


def facts(feed: Feed, *, at: datetime) -> list[tuple[str, str]]:
    """When something was heard, and by which rules."""
    source = feed.source
    minutes = source.silent_after_minutes
    kept = source.mapping_version
    return [
        (_("Last seen"), _with_age(feed.last_seen_at, at=at)),
        (_("The token was last used"), _with_age(feed.token_used_at, at=at)),
        (_("Newest data"), _with_age(feed.newest_data_at, at=at)),
        (_("Refused rows, 30 days"), localize(feed.rejected)),
        (_("Told as silent after"), _minutes(minutes) if minutes else _("never")),
        (_("Silence is a gap in the data"), _("yes") if source.is_expected else _("no")),
        (_("Central"), source.central.name),
        (_("How it is read"), f"{profile_title(source.profile)}: {proof_of(source.profile)}"),
        (_("Mapping in use"), _version(kept) if kept else _("none")),
        (_("Time zone"), source.zone),
        (_("Short name"), source.slug),
    ]


def profile_title(name: str) -> str:
    """The profile in words; its name where it has none."""
    return str(WORDS[name].title) if name in WORDS else name


def proof_of(name: str) -> str:
    """Whether the profile was proven on real files."""
    if name == "canonical":
        return str(OWN)
    return str(PROVEN if name in PROFILES and PROFILES[name].proven else UNPROVEN)


def profiles() -> list[ProfileShown]:
    """Every profile, in the order of the registry."""
    return [
        ProfileShown(
            name=name,
            words=WORDS[name],
            proof=proof_of(name),
            color="success" if profile.proven else "warning",
        )
        for name, profile in PROFILES.items()
    ]


def import_rows(imports: list[Any]) -> list[dict[str, Any]]:
    """Imports with their address."""
    return [
        {
            "name": found.file_name,
            "url": reverse("import", args=[found.pk]),
            "received_at": moment(found.created_at),
            "received": localize(found.received),
            "rejected": localize(found.rejected),
            "refused_url": reverse("import_refused", args=[found.pk]) if found.rejected else "",
        }
        for found in imports
    ]


def queue_rows(source: Source) -> list[list[str]]:
    """The queue map as cells."""
    return [
        [_("* (any other)") if mapped.queue == ANY_QUEUE else mapped.queue, line_words(mapped.line)]
        for mapped in source.queue_lines.select_related("line").order_by("queue")
    ]


def line_words(line: PublicNumber) -> str:
    """`local 8-digit number 56349000`; 116 117 is its own name."""
    label = line.get_line_class_display()
    is_named = line.line_class == LineClass.NATIONAL or not line.number
    return label if is_named else f"{label} {line.number}"


def moment(at: datetime | None) -> str:
    """Local date and time, or a dash."""
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else "–"


def length(duration: timedelta) -> str:
    """`3 hours, 10 minutes`, in the reader's language."""
    start = datetime(2000, 1, 1, tzinfo=UTC)
    return timesince(start, start + max(duration, timedelta()))


def _with_age(seen_at: datetime | None, *, at: datetime) -> str:
    if seen_at is None:
        return _("never")
    words = {"moment": moment(seen_at), "length": length(at - seen_at)}
    return _("%(moment)s, %(length)s ago") % words


def _minutes(minutes: int) -> str:
    if timedelta(minutes=minutes) % HOUR:
        text = ngettext("%(count)s minute", "%(count)s minutes", minutes)
        return text % {"count": localize(minutes)}
    hours = minutes // 60
    text = ngettext("%(count)s hour", "%(count)s hours", hours)
    return text % {"count": localize(hours)}


def _version(version: Any) -> str:
    text = _("version %(version)s of %(moment)s")
    return text % {"version": version.version, "moment": moment(version.saved_at)}
