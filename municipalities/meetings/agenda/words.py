"""Items in words: what they are called, and what is refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from municipalities.meetings.agenda.models import AgendaItem, Outcome, ProposalState, Standing
from municipalities.meetings.agenda.rules import Covered
from municipalities.obligations import words as obligation_words

COVERED = {
    Covered.COVERED: (_("covered"), "success"),
    Covered.PLANNED: (_("on an agenda to come"), "info"),
    Covered.POSTPONED: (_("postponed"), "warning"),
    Covered.MISSING: (_("missing"), "danger"),
}
OUTCOME_COLORS = {
    Outcome.NONE: "neutral",
    Outcome.TREATED: "success",
    Outcome.POSTPONED: "warning",
    Outcome.WITHDRAWN: "neutral",
}
PROPOSAL_COLORS = {
    ProposalState.OPEN: "info",
    ProposalState.TAKEN: "success",
    ProposalState.DECLINED: "neutral",
    ProposalState.WITHDRAWN: "neutral",
}
WORDS = {
    "agenda_is_closed": _(
        "The agenda is closed. Propose the item for the next meeting, or take it up in the meeting"
        " and write it in the minutes."
    ),
    "standing_item_stays": _("A standing item is on every agenda. Move it, if you wish."),
    "item_has_a_number": _(
        "The item has its case number. Withdraw it in the minutes; a number is never used again."
    ),
    "is_demanded_by_a_third": _(
        "At least a third of the participants demand the item, so it must be on the agenda."
    ),
    "proposal_is_answered": _("The proposal is answered already."),
    "of_another_forum": _("The meeting is of another forum. Choose one of the same forum."),
    "item_has_its_place": _("Somebody else has moved the items. Look at the agenda again."),
    "case_number_is_used_once": _("The case number is taken. Try again."),
    "items_of_approved_minutes_stay": _(
        "The minutes are approved, so nothing of the meeting can be changed."
    ),
    "declined_proposal_says_why": _("Write why the item is not taken up."),
    "municipality_supports_once": _("The municipality demands the item already."),
    "standing_item_is_once_on_an_agenda": _("That standing item is on the agenda already."),
}


def case_name(item: AgendaItem) -> str:
    """The case as its forum names it: «Sak 3/25»; empty before it has its number."""
    if item.case_number is None or item.case_year is None:
        return ""
    number = f"{item.case_number}/{item.case_year % 100:02d}"
    return f"{item.forum.case_prefix} {number}".strip()


def title_of(item: AgendaItem) -> str:
    """The title in the reader's language, where it is one of ours."""
    if item.standing:
        return str(Standing(item.standing).label)
    return obligation_words.told(item.title)


def topic_of(item: AgendaItem) -> str:
    """The minimum topic in the reader's language; empty where it covers none."""
    return obligation_words.told(item.topic) if item.topic else ""
