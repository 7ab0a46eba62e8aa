"""One decision as its page shows it, and what the reader may do with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib import words
from municipalities.decisions.models import Decision, DecisionKind
from municipalities.decisions.rules import EventKind
from municipalities.decisions.words import EVENT_TITLES, disclosure


@dataclass(frozen=True)
class Link:
    """A way on."""

    label: str
    url: str


def facts(decision: Decision) -> list[tuple[str, str]]:
    """How it was made, in pairs."""
    pairs = [
        (_("Decided on"), words.day(decision.decided_date)),
        (_("Municipality"), decision.municipality.name),
        (_("Decided by"), f"{decision.body} ({decision.get_level_display()})"),
        (_("Kind"), decision.get_kind_display()),
        (_("Case number"), decision.case_number),
        (_("Public disclosure"), disclosure(decision)),
    ]
    if decision.appeal_deadline_date:
        pairs.append((_("Deadline for appeal"), words.day(decision.appeal_deadline_date)))
    return [*pairs, (_("Registered"), _registered(decision))]


def events(decision: Decision) -> list[tuple[str, str]]:
    """What followed, in pairs."""
    dates = [
        (_("Appealed"), decision.appealed_date, decision.appeal_outcome),
        (
            _("Legality control demanded"),
            decision.legality_demanded_date,
            decision.legality_outcome,
        ),
    ]
    pairs = [(label, _begun(begun, outcome)) for label, begun, outcome in dates if begun]
    if decision.followed_up_date:
        pairs.append((_("Followed up by the host"), words.day(decision.followed_up_date)))
    elif decision.kind != DecisionKind.DECISION:
        pairs.append((_("Followed up by the host"), _("not yet")))
    return pairs


def related(decision: Decision) -> list[Link]:
    """The decision that it reverses, those that reverse it, and the hearings before it."""
    slug = decision.cooperation.slug
    found = []
    if decision.reverses:
        label = _("Reverses: %(title)s") % {"title": decision.reverses.title}
        found.append(Link(label, reverse("decision", args=[slug, decision.reverses_id])))
    for each in decision.reversals.select_related("municipality").order_by("decided_date", "pk"):
        label = _("Reversed by %(municipality)s: %(title)s") % {
            "municipality": each.municipality.name,
            "title": each.title,
        }
        found.append(Link(label, reverse("decision", args=[slug, each.pk])))
    for hearing in decision.hearings.order_by("opened_at", "pk"):
        label = _("Hearing: %(title)s") % {"title": hearing.title}
        found.append(Link(label, reverse("hearing", args=[slug, hearing.pk])))
    return found


def steps(decision: Decision, *, events: Iterable[EventKind]) -> list[Link]:
    """The forms of what may be recorded."""
    slug = decision.cooperation.slug
    return [
        Link(
            str(EVENT_TITLES[event]),
            reverse("decision_event", args=[slug, decision.pk, event.value]),
        )
        for event in events
    ]


def _begun(begun, outcome: str) -> str:
    if not outcome:
        return words.day(begun)
    return f"{words.day(begun)}. {outcome}"


def _registered(decision: Decision) -> str:
    when = words.moment(decision.registered_at)
    if decision.registered_by is None:
        return when
    return _("%(moment)s by %(name)s") % {"moment": when, "name": decision.registered_by.name}
