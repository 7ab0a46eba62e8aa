"""One card for each part of the record: one small function each, in the order of the page.

A card takes at most two queries. Where there is nothing yet, it says what the part is for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import day, number
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.centrals.models import Central
from municipalities.competence.queries import summary_of
from municipalities.cooperations.models import Cooperation
from municipalities.decisions.models import Decision, Notification
from municipalities.doctors.models import DutyShare
from municipalities.hearings.models import Hearing
from municipalities.hub.queries import Standing


@dataclass(frozen=True, kw_only=True)
class Card:
    """What components/_figure_card.html takes."""

    label: str
    value: str = ""
    detail: str = ""
    note: str = ""
    state: str = ""
    state_text: str = ""
    url: str = ""
    link_label: str = ""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """The cooperation as one person sees it on one day."""

    cooperation: Cooperation
    user: User
    today: date
    held: frozenset[Permission]
    standing: Standing


def cards_for(reader: Reader) -> list[Card]:
    """Every card, in order."""
    return [card for made in CARDS for card in made(reader)]


def agreements(reader: Reader) -> list[Card]:
    """The version in force."""
    standing = reader.standing
    told = Card(
        label=_("Agreements"),
        detail=_("Text, versions and who has adopted them."),
        url=_way_to("agreements", reader),
        link_label=_("To the agreements"),
    )
    if standing.in_force_from is None:
        return [replace(told, state="unknown", state_text=_("None in force"))]
    version = _("Version %(number)s") % {"number": standing.number}
    since = _("In force from %(day)s.") % {"day": day(standing.in_force_from)}
    return [replace(told, value=version, detail=since, state="met", state_text=_("In force"))]


def obligations(reader: Reader) -> list[Card]:
    """How many of those due this year are kept."""
    standing = reader.standing
    told = Card(
        label=_("Obligations this year"),
        detail=_("What the agreement obliges to, and the evidence that it is kept."),
        url=_way_to("obligations", reader),
        link_label=_("To the obligations"),
    )
    if not standing.due:
        return [replace(told, state="unknown", state_text=_("Nothing due so far"))]
    late = ngettext("%(count)s is late", "%(count)s are late", standing.late)
    return [
        replace(
            told,
            value=_("%(part)s of %(whole)s")
            % {"part": number(standing.kept), "whole": number(standing.due)},
            detail=_("kept of those due so far this year"),
            state="below" if standing.late else "met",
            state_text=late % {"count": number(standing.late)} if standing.late else _("All kept"),
        )
    ]


def decisions(reader: Reader) -> list[Card]:
    """How many were made this year, and how many receipts are missing."""
    seen = Decision.objects.visible_to(reader.user).filter(cooperation=reader.cooperation)
    this_year = seen.filter(decided_date__year=reader.today.year).count()
    unread = Notification.objects.filter(decision__in=seen, read_at__isnull=True).count()
    waiting = ngettext("%(count)s receipt is missing", "%(count)s receipts are missing", unread)
    return [
        Card(
            label=_("Decisions this year"),
            value=number(this_year),
            detail=waiting % {"count": number(unread)} if unread else _("No receipt is missing."),
            url=_way_to("decisions", reader),
            link_label=_("To the decisions"),
        )
    ]


def hearings(reader: Reader) -> list[Card]:
    """How many are open, and when the first closes."""
    seen = Hearing.objects.visible_to(reader.user).filter(
        cooperation=reader.cooperation, closed_at__isnull=True
    )
    deadlines = list(seen.order_by("deadline_date", "pk").values_list("deadline_date", flat=True))
    first = (
        _("The first is to be answered by %(day)s.") % {"day": day(deadlines[0])}
        if deadlines
        else _("Nobody is asked anything now.")
    )
    return [
        Card(
            label=_("Open hearings"),
            value=number(len(deadlines)),
            detail=first,
            url=_way_to("hearings", reader),
            link_label=_("To the hearings"),
        )
    ]


def centrals(reader: Reader) -> list[Card]:
    """Each central: how many of the planned checks are not overdue."""
    overdue = Count(
        "requirements", filter=Q(requirements__next_due_date__lt=reader.today), distinct=True
    )
    rows = Central.objects.visible_to(reader.user).filter(cooperation=reader.cooperation)
    rows = rows.annotate(planned=Count("requirements", distinct=True), overdue=overdue)
    told = rows.order_by("name", "pk").values_list("name", "planned", "overdue")
    return [
        _central(name, planned=planned, late=late, reader=reader) for name, planned, late in told
    ]


def doctors(reader: Reader) -> list[Card]:
    """How many municipalities owe a part of the duty today."""
    shares = DutyShare.objects.visible_to(reader.user).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=reader.today),
        cooperation=reader.cooperation,
        valid_from__lte=reader.today,
    )
    count = shares.count()
    owe = ngettext(
        "municipality has its part of the duty recorded",
        "municipalities have their part of the duty recorded",
        count,
    )
    return [
        Card(
            label=_("The doctors' duty"),
            value=number(count),
            detail=owe,
            url=_way_to("doctors", reader),
            link_label=_("To the doctors' duty"),
        )
    ]


def competence(reader: Reader) -> list[Card]:
    """How many operators have all that is required; for who may see that."""
    if Permission.VIEW_COMPETENCE not in reader.held:
        return []
    told = summary_of(cooperation=reader.cooperation, user=reader.user, today=reader.today)
    card = Card(
        label=_("The operators' competence"),
        url=_way_to("competence_of", reader),
        link_label=_("To the competence"),
    )
    if not told or not told.operators:
        return [replace(card, state="unknown", state_text=_("Nothing is registered"))]
    count = told.operators - told.lacking
    return [
        replace(
            card,
            value=_("%(part)s of %(whole)s")
            % {"part": number(count), "whole": number(told.operators)},
            detail=_("operators with all that is required"),
            state="below" if told.lacking else "met",
            state_text=_("Something lacks") if told.lacking else _("All fulfilled"),
        )
    ]


CARDS: tuple[Callable[[Reader], list[Card]], ...] = (
    agreements,
    obligations,
    decisions,
    hearings,
    centrals,
    competence,
    doctors,
)


def _central(name: str, *, planned: int, late: int, reader: Reader) -> Card:
    overdue = ngettext("%(count)s check is overdue", "%(count)s checks are overdue", late)
    told = Card(
        label=name,
        url=_way_to("centrals_of", reader),
        link_label=_("Numbers and checklist"),
    )
    if not planned:
        return replace(told, state="unknown", state_text=_("No checks are planned"))
    return replace(
        told,
        value=_("%(part)s of %(whole)s")
        % {"part": number(planned - late), "whole": number(planned)},
        detail=_("requirements checked in time"),
        state="below" if late else "met",
        state_text=overdue % {"count": number(late)} if late else _("All in time"),
    )


def _way_to(name: str, reader: Reader) -> str:
    """The room's address; empty while there is no such room."""
    try:
        return reverse(name, args=[reader.cooperation.slug])
    except NoReverseMatch:
        return ""
