"""Hearings in people's words: states, answers and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from legevakt.lib.refusals import told_in
from municipalities.hearings.models import Hearing
from municipalities.hearings.operations import HearingError

IS_CLOSED = gettext_lazy("The hearing is closed, and nothing about it changes any more.")
ERRORS = {
    "is_closed": IS_CLOSED,
    "deadline_has_passed": gettext_lazy("Choose a day after today."),
    "is_answered": gettext_lazy(
        "Somebody has answered already, so the question stands. Close the hearing, and open a new"
        " one if something else is to be asked."
    ),
    "nobody_is_asked": gettext_lazy("Choose who is asked."),
    "takes_no_part": gettext_lazy("Choose municipalities that take part."),
    "remarks_are_missing": gettext_lazy(
        "Write the remarks, or hand them in as a document. Without any, choose another answer."
    ),
    "outcome_is_missing": gettext_lazy("Write what came of the hearing."),
    "another_cooperation": gettext_lazy("Choose a decision of this cooperation."),
}
REFUSED = {
    "closed_hearing_stays": IS_CLOSED,
    "answers_of_a_closed_hearing_stay": IS_CLOSED,
    "closed_hearing_has_its_outcome": ERRORS["outcome_is_missing"],
}


@contextmanager
def told(form: forms.Form) -> Iterator[None]:
    """Run what is inside; what operations or the database refuse is the form's error, in words."""
    try:
        with told_in(form, REFUSED):
            yield
    except HearingError as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, str(ERRORS[error.code]))


def state(hearing: Hearing, *, today: date) -> tuple[str, str]:
    """The state in words, and its colour."""
    if hearing.closed_at:
        return pgettext("hearing", "closed"), "neutral"
    if hearing.deadline_date < today:
        return _("to be closed"), "warning"
    return _("open"), "info"
