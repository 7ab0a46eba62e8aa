"""Minutes in people's words: states, and why something is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.words import day
from municipalities.meetings.agenda.models import AgendaItem
from municipalities.meetings.agenda.words import WORDS as AGENDA_WORDS
from municipalities.meetings.agenda.words import case_name, title_of
from municipalities.meetings.follow_up.words import WORDS as FOLLOW_UP_WORDS
from municipalities.meetings.minutes.models import Minutes, MinutesState
from municipalities.meetings.minutes.rules import may_remark
from municipalities.refused import Refused

IS_APPROVED = gettext_lazy(
    "The minutes are approved, and nothing in them changes any more. What is new belongs to the"
    " next meeting."
)
OWN: Mapping[str, str | Promise] = {
    "is_approved": IS_APPROVED,
    "is_cancelled": gettext_lazy("The meeting is cancelled, so it has no minutes."),
    "is_not_called": gettext_lazy(
        "The meeting is not called yet. Send the call first: then the cases get their numbers."
    ),
    "is_not_held": gettext_lazy("The meeting has not been held yet. Wait until it has ended."),
    "is_out_for_remarks": gettext_lazy(
        "The minutes are out for remarks until %(until)s. Change them after that day, and open for"
        " remarks again where the change matters."
    ),
    "present_and_met_for": gettext_lazy(
        "%(name)s cannot both be present and have somebody to meet instead. Take away one of them."
    ),
    "written_meanwhile": gettext_lazy(
        "Somebody else has stored other words here since you opened the page. Both are shown:"
        " make one of them, and save again. Nothing is stored yet."
    ),
    "deadline_is_not_ahead": gettext_lazy("Choose a day after today."),
    "no_remarks_are_waited_for": gettext_lazy(
        "The minutes do not wait for remarks. Write to the secretary."
    ),
    "deadline_has_passed": gettext_lazy(
        "The deadline for remarks was %(until)s. Write to the secretary, who can open for remarks"
        " again."
    ),
    "item_of_another_meeting": gettext_lazy("Choose an item of this meeting."),
    "may_not_approve": gettext_lazy(
        "The minutes are approved by the one who chaired the meeting, or by the host’s chief"
        " executive. Ask one of them."
    ),
    "was_not_out_for_remarks": gettext_lazy(
        "Nobody has been asked for remarks. Send the draft for remarks first."
    ),
    "waits_for_remarks": gettext_lazy(
        "Remarks can be made until %(until)s. The minutes can be approved the day after."
    ),
    "remarks_are_unanswered": gettext_lazy(
        "Remarks without an answer: %(count)s. Answer each of them first."
    ),
    "presence_is_not_noted": gettext_lazy(
        "It is not noted who was present. Write it, and save the minutes."
    ),
    "item_has_no_outcome": gettext_lazy(
        "“%(item)s” has no outcome. Say whether it was treated, postponed or withdrawn."
    ),
    "case_has_no_decision": gettext_lazy(
        "“%(item)s” is a case for decision and was treated, but no decision is written. Write it,"
        " or choose another outcome."
    ),
    "obligation_is_with_each_participant": gettext_lazy(
        "The forum’s obligation is kept with each participant by itself, and this forum is for"
        " several. Choose another obligation for the forum."
    ),
    "is_not_approved": gettext_lazy("The minutes are sent when they are approved."),
    "approved_minutes_stay": IS_APPROVED,
    "items_of_approved_minutes_stay": IS_APPROVED,
    "invitees_of_approved_minutes_stay": IS_APPROVED,
    "remarks_belong_to_minutes_that_wait_for_them": gettext_lazy(
        "The minutes do not wait for remarks. Write to the secretary."
    ),
    "cancelled_meeting_has_no_approved_minutes": gettext_lazy(
        "The meeting is cancelled, so it has no minutes."
    ),
    "decision_is_by_one_that_exists": gettext_lazy(
        "The host’s municipality number had ended on the day of the meeting, so its decisions"
        " cannot be registered. Correct the cooperation’s host first."
    ),
    "follow_up_has_one_who_is_responsible": gettext_lazy(
        "Choose who is responsible, or write a name; not both."
    ),
}
WORDS: Mapping[str, str | Promise] = {**AGENDA_WORDS, **FOLLOW_UP_WORDS, **OWN}


def told(refused: Refused) -> str:
    """Why it is refused, and how to go on."""
    return str(WORDS[refused.code]) % refused.facts


def heading(item: AgendaItem) -> str:
    """The number and title of an item."""
    return f"{case_name(item)} {title_of(item)}".strip()


def state(minutes: Minutes, *, today: date) -> tuple[str, str]:
    """The state in words, and its colour."""
    if minutes.state == MinutesState.HEARING and minutes.hearing_until_date:
        if not may_remark(until=minutes.hearing_until_date, today=today):
            return _("waits for approval"), "warning"
        until = day(minutes.hearing_until_date)
        return _("sent for remarks until %(until)s") % {"until": until}, "info"
    if minutes.state == MinutesState.APPROVED:
        return _("approved minutes, not sent yet"), "success"
    if minutes.state == MinutesState.SENT:
        return _("approved minutes, sent"), "success"
    return _("draft"), "neutral"
