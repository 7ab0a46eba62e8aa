"""The cards of the hub, one for each room of the record, made of the room's own summary.

A new card is a function of the reader in CARDS. Where a room has nothing yet, its card says what
the part is for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import day, moment, number, percent
from municipalities.access.models import User
from municipalities.agreements.queries import AgreementSummary
from municipalities.centrals import presenters as central_presenters
from municipalities.centrals import queries as central_queries
from municipalities.competence import queries as competence_queries
from municipalities.cooperations.models import Cooperation
from municipalities.decisions import queries as decision_queries
from municipalities.doctors import queries as doctor_queries
from municipalities.doctors.rules import percent_of
from municipalities.hearings import queries as hearing_queries
from municipalities.meetings.follow_up import queries as follow_up_queries
from municipalities.meetings.meeting import queries as meeting_queries
from municipalities.obligations.queries import Summary as ObligationSummary
from municipalities.quality.review import presenters as review_presenters
from municipalities.quality.review import queries as review_queries


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


class Asked(TypedDict):
    """What every room's `summary_of` takes."""

    cooperation: Cooperation
    user: User
    today: date


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whom the cards are for, and the two summaries that the page's sentence is made of too."""

    asked: Asked
    agreement: AgreementSummary
    obligations: ObligationSummary

    def way_to(self, name: str) -> str:
        """The address of a room's first page."""
        return reverse(name, args=[self.asked["cooperation"].slug])


def cards_for(reader: Reader) -> list[Card]:
    """Every card, in order; a room that the reader may not see has none."""
    return [card for made in CARDS if (card := made(reader))]


def agreements(reader: Reader) -> Card:
    """The version in force, and how far the next has come."""
    found = reader.agreement
    told = Card(
        label=_("Agreements"),
        detail=_("Text, versions and who has adopted them."),
        note=_next_version(found),
        url=reader.way_to("agreements"),
        link_label=_("To the agreements"),
    )
    if found.in_force_since is None:
        return replace(told, state="unknown", state_text=_("None in force"))
    version = _("Version %(number)s") % {"number": found.version_in_force}
    since = _("In force from %(day)s.") % {"day": day(found.in_force_since)}
    return replace(told, value=version, detail=since, state="met", state_text=_("In force"))


def obligations(reader: Reader) -> Card:
    """How many of those due this year are kept."""
    totals = reader.obligations.totals
    told = Card(
        label=_("Obligations this year"),
        detail=_("What the agreement obliges to, and the evidence that it is kept."),
        url=reader.way_to("obligations"),
        link_label=_("To the obligations"),
    )
    due = totals.kept + totals.late
    if not due:
        return replace(told, state="unknown", state_text=_("Nothing due so far"))
    late = ngettext("%(count)s is late", "%(count)s are late", totals.late)
    return replace(
        told,
        value=_("%(part)s of %(whole)s") % {"part": number(totals.kept), "whole": number(due)},
        detail=_("kept of those due so far this year"),
        state="below" if totals.late else "met",
        state_text=late % {"count": number(totals.late)} if totals.late else _("All kept"),
    )


def decisions(reader: Reader) -> Card:
    """How many were made this year, and how many receipts are missing."""
    found = decision_queries.summary_of(**reader.asked)
    missing = ngettext(
        "%(count)s receipt is missing", "%(count)s receipts are missing", found.unconfirmed
    )
    return Card(
        label=_("Decisions this year"),
        value=number(found.this_year),
        detail=missing % {"count": number(found.unconfirmed)}
        if found.unconfirmed
        else _("No receipt is missing."),
        url=reader.way_to("decisions"),
        link_label=_("To the decisions"),
    )


def hearings(reader: Reader) -> Card:
    """How many are open, when the next closes, and whether one waits to be closed."""
    found = hearing_queries.summary_of(**reader.asked)
    first = "" if found.open else _("Nobody is asked anything now.")
    if found.next_deadline:
        first = _("The first is to be answered by %(day)s.") % {"day": day(found.next_deadline)}
    to_close = ngettext(
        "%(count)s is past its deadline and is to be closed.",
        "%(count)s are past their deadline and are to be closed.",
        found.to_close,
    )
    return Card(
        label=_("Open hearings"),
        value=number(found.open),
        detail=first,
        note=to_close % {"count": number(found.to_close)} if found.to_close else "",
        url=reader.way_to("hearings"),
        link_label=_("To the hearings"),
    )


def centrals(reader: Reader) -> Card:
    """How much of the regulation's checklist is fulfilled, of all the centrals together."""
    found = central_queries.summary_of(**reader.asked)
    told = Card(
        label=_("The checklist of the legevaktsentral"),
        url=reader.way_to("centrals_of"),
        link_label=_("Numbers and checklist"),
    )
    if found.never == found.total:
        return replace(told, state="unknown", state_text=_("Nothing is checked yet"))
    overdue = ngettext("%(count)s check is overdue", "%(count)s checks are overdue", found.late)
    return replace(
        told,
        value=_("%(part)s of %(whole)s")
        % {"part": number(found.met), "whole": number(found.total)},
        detail=central_presenters.sentence(found),
        state="below" if found.late else "met",
        state_text=overdue % {"count": number(found.late)} if found.late else _("All in time"),
    )


def doctors(reader: Reader) -> Card:
    """How much of the duty that the municipalities owed was delivered by their own doctors."""
    found = doctor_queries.summary_of(**reader.asked)
    told = Card(
        label=_("The doctors' duty"),
        detail=_("Who owes shifts in the legevakt, and whether they are delivered."),
        url=reader.way_to("doctors"),
        link_label=_("To the doctors' duty"),
    )
    covered = percent_of(found.counts.delivered, found.counts.owed) if found.counts else None
    if found.counts is None or covered is None:
        return replace(told, state="unknown", state_text=_("No shifts are counted yet"))
    shifts = _("of the shifts owed in %(year)s are delivered: %(part)s of %(whole)s")
    parts = {"part": number(found.counts.delivered), "whole": number(found.counts.owed)}
    return replace(told, value=percent(covered), detail=shifts % {"year": found.year, **parts})


def competence(reader: Reader) -> Card | None:
    """How many operators have all that is required; for who may see that."""
    found = competence_queries.summary_of(**reader.asked)
    if found is None:
        return None
    told = Card(
        label=_("The operators' competence"),
        url=reader.way_to("competence_of"),
        link_label=_("To the competence"),
    )
    if not found.operators:
        return replace(told, state="unknown", state_text=_("Nothing is registered"))
    count = found.operators - found.lacking
    return replace(
        told,
        value=_("%(part)s of %(whole)s")
        % {"part": number(count), "whole": number(found.operators)},
        detail=_("operators with all that is required"),
        state="below" if found.lacking else "met",
        state_text=_("Something lacks") if found.lacking else _("All fulfilled"),
    )


def meetings(reader: Reader) -> Card:
    """When the next one is, and how many of the year are held."""
    found = meeting_queries.summary_of(**reader.asked)
    held = ngettext("%(count)s is held this year.", "%(count)s are held this year.", found.held)
    return Card(
        label=_("Meetings"),
        value=moment(found.next_at) if found.next_at else "",
        detail=_("is the next one.") if found.next_at else _("None is planned."),
        note=held % {"count": number(found.held)},
        url=reader.way_to("meetings"),
        link_label=_("To the meetings"),
    )


def follow_ups(reader: Reader) -> Card:
    """How many of what meetings asked for are open, and how many of those are late."""
    found = follow_up_queries.summary_of(**reader.asked)
    told = Card(
        label=_("Follow-up of meetings"),
        value=number(found.open),
        detail=_("open of what the meetings have asked somebody to do"),
        url=reader.way_to("follow_ups"),
        link_label=_("To the follow-ups"),
    )
    if not found.open:
        return told
    late = ngettext("%(count)s is late", "%(count)s are late", found.late)
    return replace(
        told,
        state="below" if found.late else "met",
        state_text=late % {"count": number(found.late)} if found.late else _("None is late"),
    )


def quality(reader: Reader) -> Card:
    """How far the yearly review of the management system has come."""
    found = review_queries.summary_of(**reader.asked)
    told = Card(
        label=_("Quality"),
        detail=_("Deviations, sickness absence, complaints and the yearly review."),
        url=reader.way_to("quality"),
        link_label=_("To the quality"),
    )
    if found.review is None:
        return replace(told, state="unknown", state_text=_("No review is begun"))
    signed = review_presenters.signed_on(found.review)
    state, _color = review_presenters.state_of(judged=found.judged, signed=signed)
    points = _("points of the review of %(year)s are judged; %(state)s")
    late = review_presenters.late_in_words(found.late_measures)
    return replace(
        told,
        value=_("%(part)s of %(whole)s")
        % {"part": number(found.judged), "whole": number(found.total)},
        detail=points % {"year": found.review.year, "state": state},
        state="below" if found.late_measures else "met" if signed else "",
        state_text=late if found.late_measures else _("Signed"),
    )


CARDS: tuple[Callable[[Reader], Card | None], ...] = (
    agreements,
    obligations,
    decisions,
    hearings,
    meetings,
    follow_ups,
    centrals,
    competence,
    doctors,
    quality,
)


def _next_version(found: AgreementSummary) -> str:
    """How far the version under way has come; empty while there is none."""
    if found.under_way is None:
        return ""
    if not found.is_sent:
        return _("Version %(number)s is a draft.") % {"number": found.under_way}
    return _("%(adopted)s of %(parties)s have adopted version %(number)s.") % {
        "adopted": number(found.adopted),
        "parties": number(found.parties),
        "number": found.under_way,
    }
