"""Complaints and supervision in people's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "quarter_is_to_come": _("The quarter is still to come. Report it when it has begun."),
    "complaints_upheld_are_decided_and_received": _(
        "No more can be decided than were received, and no more upheld than were decided."
    ),
    "received_is_missing": _("Write how many were received; 0 where none came."),
    "supervision_is_registered_once": _(
        "The authority's case with this reference is registered already. Find it in the list."
    ),
    "supervision_ends_after_start": _("The case is concluded before it was opened."),
    "supervision_concluded_has_its_day": _(
        "A case that is concluded has a day and an outcome; one that is not, has neither."
    ),
    "only_a_breach_is_put_right": _(
        "Only a breach is put right, and not before the case was opened."
    ),
    "deadline_before_opened": _("The deadline is before the case was opened."),
    "deadline_without_breach": _("Only a breach of the law has a deadline to be put right by."),
}
