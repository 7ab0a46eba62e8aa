"""Meetings in words: their states, and what is refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from municipalities.meetings.agenda.words import WORDS as AGENDA_WORDS
from municipalities.meetings.meeting.models import Answer, MeetingState

COLORS = {
    MeetingState.PLANNED: "neutral",
    MeetingState.CALLED: "info",
    MeetingState.CANCELLED: "warning",
}
ANSWER_COLORS = {
    Answer.NONE: "neutral",
    Answer.COMING: "success",
    Answer.MAYBE: "warning",
    Answer.NOT_COMING: "danger",
}
WORDS = AGENDA_WORDS | {
    "time_does_not_exist": _(
        "That time does not exist: the clock is put forward that night. Choose another."
    ),
    "time_is_twice": _(
        "That time is there twice: the clock is put back that night. Choose another."
    ),
    "ends_before_start": _("The meeting must end after it begins. Change one of the times."),
    "forum_has_ended": _("The forum has ended by then. Choose an earlier day, or another forum."),
    "too_long": _("A meeting lasts at most a day. Plan one for each day."),
    "nobody_to_call": _("Nobody is called. Add members to the forum, or call somebody here."),
    "meeting_has_begun": _(
        "The meeting has begun, so it cannot be called. Change its time, or cancel it."
    ),
    "meeting_is_cancelled": _("The meeting is cancelled. Plan a new one."),
    "meeting_ends_after_start": _("The meeting must end after it begins. Change one of the times."),
    "meeting_with_approved_minutes_stays": _(
        "The minutes are approved, so nothing of the meeting can be changed."
    ),
    "invitees_of_approved_minutes_stay": _(
        "The minutes are approved, so nothing of the meeting can be changed."
    ),
    "invitee_is_a_user_or_a_name_with_an_address": _(
        "Choose a user, or write both a name and an e-mail address."
    ),
    "user_is_called_once": _("The person is called already."),
    "address_is_called_once": _("Somebody with that e-mail address is called already."),
    "meeting_has_one_chair": _(
        "The meeting has a chair already. Give the present chair another duty first."
    ),
    "document_belongs_to_a_meeting_once": _("The document is with the meeting already."),
    "document_is_of_an_item_of_the_meeting": _("The item is on another agenda. Choose again."),
}
