"""What a chief executive asks of the record first: when do we meet, and what do we pay."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from legevakt.lib.words import kroner, moment
from municipalities.models import Cooperation, User
from municipalities.queries import held_on, next_meeting, own_shares
from municipalities.rules import Permission

Card = dict[str, str]


def record_cards(*, cooperation: Cooperation, user: User, now: datetime) -> list[Card]:
    """The next meeting and the own share of the year, of what the reader may see."""
    held = held_on(user=user, cooperation=cooperation)
    cards: list[Card] = []
    if Permission.VIEW_MEETINGS in held:
        cards += _meeting(cooperation, user=user, now=now)
    if Permission.VIEW_COSTS in held:
        cards += _shares(cooperation, user=user, year=local_day(now).year)
    return cards


def _meeting(cooperation: Cooperation, *, user: User, now: datetime) -> list[Card]:
    found = next_meeting(cooperation=cooperation, user=user, now=now)
    if found is None:
        return []
    return [
        {
            "label": _("Next meeting"),
            "value": moment(found.meeting.starts_at),
            "detail": found.meeting.forum.name,
            "note": _("You have not answered whether you come.") if found.answer == "none" else "",
            "url": reverse("meeting", args=[cooperation.slug, found.meeting.pk]),
            "link_label": _("To the meeting"),
        }
    ]


def _shares(cooperation: Cooperation, *, user: User, year: int) -> list[Card]:
    return [
        {
            "label": _("%(municipality)s pays in %(year)s")
            % {"municipality": each.municipality.name, "year": year},
            "value": _("%(amount)s kr") % {"amount": kroner(each.amount)},
            "detail": _("a-konto, by the plans in force"),
            "url": reverse("statement", args=[cooperation.slug, each.municipality.number, year]),
            "link_label": _("How it is made up"),
        }
        for each in own_shares(cooperation=cooperation, user=user, year=year)
        if each.pools
    ]
