"""What is left to do before a source sends, for the feed page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from callstats.feeds import queries
from callstats.feeds.models import SourceToken
from callstats.feeds.presenters import moment
from callstats.feeds.queries import Feed

TOLD_AROUND_END = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do, and where."""

    text: str
    link_label: str
    url: str


def steps_left(feed: Feed, *, at: datetime) -> list[Step]:
    """In the order in which they are best done; none when calls come in and go on coming."""
    source = feed.source
    unmapped = queries.unmapped_queues(source)
    has_queues = source.queue_lines.exists()
    left = []
    if source.profile == "table" and source.mapping_version is None:
        left.append(_mapping(source.slug))
    if unmapped:
        left.append(_unmapped(source.slug, unmapped))
    elif not has_queues:
        left.append(_queues(source.slug))
    if feed.last_seen_at is None:
        left.append(_upload(source.slug))
    if feed.last_seen_at is None and feed.token_used_at is None:
        left.append(_token(source.slug))
    token = queries.last_token(source)
    if token and token.expiry_date and abs(token.expiry_date - at) <= TOLD_AROUND_END:
        left.append(_ending(token))
    return left


def _ending(token: SourceToken) -> Step:
    ends = {"name": token.name, "moment": moment(token.expiry_date)}
    if token.has_expired:
        text = _("The token %(name)s ended %(moment)s. Nothing is taken from the system any more.")
        return Step(
            text=text % ends,
            link_label=_("Make a token"),
            url=reverse("source_token_new", args=[token.source.slug]),
        )
    text = _("The token %(name)s ends %(moment)s. Nothing is taken from the system after that.")
    return Step(
        text=text % ends,
        link_label=_("Renew it"),
        url=reverse("source_token_rotate", args=[token.source.slug, token.prefix]),
    )


def _mapping(slug: str) -> Step:
    return Step(
        text=_("Show a sample of its files, and say which column is what."),
        link_label=_("Make the mapping"),
        url=reverse("mapping_start", args=[slug]),
    )


def _queues(slug: str) -> Step:
    return Step(
        text=_("Say which public number each queue serves. Nothing is stored before that."),
        link_label=_("Map the queues"),
        url=reverse("source_queues", args=[slug]),
    )


def _unmapped(slug: str, queues: list[str]) -> Step:
    text = _("The newest import stopped, because these queues have no number yet: %(queues)s.")
    return Step(
        text=text % {"queues": ", ".join(queues)},
        link_label=_("Map the queues"),
        url=reverse("source_queues", args=[slug]),
    )


def upload_url(slug: str) -> str:
    """The page that imports a file, with the source chosen."""
    return reverse("import_upload", query={"source": slug})


def _upload(slug: str) -> Step:
    return Step(
        text=_("Import a file by hand, to see that it is read rightly."),
        link_label=_("Import a call log"),
        url=upload_url(slug),
    )


def _token(slug: str) -> Step:
    return Step(
        text=_("Make a token, with which the telephone system sends by itself."),
        link_label=_("Make a token"),
        url=reverse("source_token_new", args=[slug]),
    )
