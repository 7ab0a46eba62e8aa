"""What a chief executive asks of the record first: when do we meet, and what do we pay."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from legevakt.lib.words import day, kroner, moment
from municipalities.models import Cooperation, User
from municipalities.queries import Owed, held_on, next_meeting, owed_by
from municipalities.rules import Permission

Card = dict[str, str]


def record_cards(*, cooperation: Cooperation, user: User, now: datetime) -> list[Card]:
    """The next meeting and what is owed this year, of what the reader may see.

    At most nine queries.
    """
    held = held_on(user=user, cooperation=cooperation)
    cards: list[Card] = []
    if Permission.VIEW_MEETINGS in held:
        cards += _meeting(cooperation, user=user, now=now)
    if Permission.VIEW_COSTS in held:
        owed = owed_by(cooperation=cooperation, user=user, today=local_day(now))
        cards += [_owed(each, slug=cooperation.slug) for each in owed]
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


def _owed(each: Owed, *, slug: str) -> Card:
    amount = _("%(amount)s kr")
    claimed = _("of which %(amount)s kr is claimed, a-konto by the plans in force")
    card = {
        "label": _("The municipalities pay in %(year)s") % {"year": each.year},
        "value": amount % {"amount": kroner(each.amount)},
        "detail": claimed % {"amount": kroner(each.claimed)},
        "note": _next(each),
        "url": reverse("costs", args=[slug]),
        "link_label": _("To the costs"),
    }
    if each.municipality is None:
        return card
    return card | {
        "label": _("%(municipality)s pays in %(year)s")
        % {"municipality": each.municipality.name, "year": each.year},
        "url": reverse("statement", args=[slug, each.municipality.number, each.year]),
        "link_label": _("How it is made up"),
    }


def _next(each: Owed) -> str:
    if each.next_date is None:
        return _("No instalment is left this year.")
    told = {"amount": kroner(each.next_amount), "day": day(each.next_date)}
    return _("Next: %(amount)s kr, due %(day)s.") % told
