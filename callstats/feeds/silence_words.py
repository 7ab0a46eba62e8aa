"""Silences in people's words: those so far, and the boxes that warn of those that last."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from callstats.feeds.models import SourceSilence
from callstats.feeds.presenters import length, moment

SILENCE_COLUMNS = (
    gettext_lazy("Last seen"),
    gettext_lazy("Noticed"),
    gettext_lazy("Heard again"),
    gettext_lazy("Silent for"),
)


def silence_rows(silences: list[SourceSilence], *, at: datetime) -> list[list[str]]:
    """Silences as cells."""
    return [
        [
            moment(silence.last_seen_at),
            moment(silence.noticed_at),
            moment(silence.ended_at) if silence.ended_at else _("not yet"),
            length((silence.ended_at or at) - silence.last_seen_at),
        ]
        for silence in silences
    ]


def warnings(silences: list[SourceSilence], *, at: datetime) -> list[dict[str, str]]:
    """What the warning boxes say of silences that last."""
    return [
        {
            "title": _("%(name)s is silent") % {"name": silence.source.name},
            "text": _(
                "Nothing has come since %(moment)s (%(length)s). Calls of this time are missing"
                " until it sends again. Ask who runs the telephone system."
            )
            % {
                "moment": moment(silence.last_seen_at),
                "length": length(at - silence.last_seen_at),
            },
            "url": reverse("source", args=[silence.source.slug]),
        }
        for silence in silences
    ]
