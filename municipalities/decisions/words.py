"""Decisions in people's words: events, refusals, and what is exempt from disclosure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.refusals import told_in
from municipalities.decisions.facts import DecisionError
from municipalities.decisions.models import Decision
from municipalities.decisions.rules import EventKind

EVENT_TITLES = {
    EventKind.APPEAL: gettext_lazy("Record an appeal"),
    EventKind.APPEAL_OUTCOME: gettext_lazy("Record the outcome of the appeal"),
    EventKind.LEGALITY: gettext_lazy("Record that legality control is demanded"),
    EventKind.LEGALITY_OUTCOME: gettext_lazy("Record the outcome of the legality control"),
    EventKind.FOLLOW_UP: gettext_lazy("Record that the host has followed up"),
}
EVENT_LABELS = {
    EventKind.APPEAL: gettext_lazy("Appealed on"),
    EventKind.APPEAL_OUTCOME: gettext_lazy("Outcome of the appeal"),
    EventKind.LEGALITY: gettext_lazy("Demanded on"),
    EventKind.LEGALITY_OUTCOME: gettext_lazy("Outcome of the legality control"),
    EventKind.FOLLOW_UP: gettext_lazy("Followed up on"),
}
EVENT_HELP = {
    EventKind.APPEAL: gettext_lazy(
        "The municipality that delegated decides the appeal (kommuneloven § 20-5)."
    ),
    EventKind.LEGALITY: gettext_lazy(
        "Three members of the council of the municipality that delegated can demand it"
        " (kommuneloven § 20-7)."
    ),
}
ERRORS = {
    "takes_no_part": gettext_lazy("Choose a municipality that takes part."),
    "no_such_day": gettext_lazy("Choose the day it was decided: not before 1990, not after today."),
    "ground_is_missing": gettext_lazy(
        "Write the legal ground, for example “offentleglova § 13”, or choose public."
    ),
    "ground_without_exemption": gettext_lazy(
        "A public decision has no legal ground for exemption. Choose exempt, or empty the ground."
    ),
    "deadline_before_decision": gettext_lazy(
        "The deadline is before the decision. Correct one of the dates."
    ),
    "by_the_host": gettext_lazy(
        "Only a participant that is not the host can instruct the host or reverse its decision"
        " (kommuneloven § 20-2). Choose the participant, or an ordinary decision."
    ),
    "reverses_nothing": gettext_lazy("Choose the host's decision that is reversed."),
    "reverses_without_reversal": gettext_lazy(
        "Only a reversal reverses a decision. Choose that kind, or leave this empty."
    ),
    "not_the_hosts": gettext_lazy("Choose an administrative decision of the host."),
    "reversed_before_it_was_made": gettext_lazy(
        "The reversal is dated before the decision that it reverses. Correct the date."
    ),
    "is_reversed": gettext_lazy(
        "A participant has reversed this decision, so it stays an administrative decision of the"
        " host."
    ),
    "decided_after_what_followed": gettext_lazy(
        "Something that followed is recorded before this day. Correct that first."
    ),
    "event_before_decision": gettext_lazy(
        "This is before the decision. Choose its day, or a later one."
    ),
    "event_in_future": gettext_lazy("Choose a day that has been."),
    "outcome_of_nothing": gettext_lazy("Record the day it began first, then the outcome."),
    "nothing_to_follow_up": gettext_lazy(
        "The host follows up instructions and reversals. This is an ordinary decision."
    ),
    "receipt_by_has_passed": gettext_lazy("Choose a day that is not past."),
    "notified_before_decision": gettext_lazy(
        "The parties cannot be notified before the decision. Correct one of the dates."
    ),
}
REFUSED = {
    "decision_is_registered_once": gettext_lazy(
        "A decision of this municipality with the same case number and day is registered already."
        " Look it up in the list, or correct the case number."
    ),
    "decision_is_by_one_that_exists": gettext_lazy(
        "The municipality's number had ended on that day. Choose the municipality that existed"
        " then, or correct the date."
    ),
    "what_follows_a_decision_is_after_it": ERRORS["event_before_decision"],
    "reversal_names_what_it_reverses": ERRORS["reverses_nothing"],
    "decision_exemption_has_its_ground": ERRORS["ground_is_missing"],
}


@contextmanager
def told(form: forms.Form) -> Iterator[None]:
    """Run what is inside; what operations or the database refuse is the form's error, in words."""
    try:
        with told_in(form, REFUSED):
            yield
    except DecisionError as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, str(ERRORS[error.code]))


def disclosure(decision: Decision) -> str:
    """Public, or exempt and on what ground."""
    if not decision.is_exempt:
        return _("public")
    return _("exempt: %(basis)s") % {"basis": decision.exemption_basis}
