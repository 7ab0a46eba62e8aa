"""What is refused about a cooperation, and how to go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.utils.translation import gettext_lazy as _

from legevakt.lib.refusals import told_in
from municipalities.cooperations.participation import NotPossible

REFUSED_BY_THE_DATABASE = {
    "participant_leaves_after_joining": _(
        "It must leave after the day it joined. Choose a later day."
    ),
    "participant_takes_part_once_at_a_time": _(
        "The municipality takes part already in some of this time. Choose a day after it has left."
    ),
    "participant_joins_once_a_day": _(
        "The municipality joins on this day already. Correct that participation instead."
    ),
    "participant_exists_when_joining": _(
        "The municipality number has ended by this day. Choose the municipality that came in its"
        " place, or an earlier day."
    ),
    "service_ends_after_start": _("The service must end after the day it began."),
    "cooperation_board_has_two_members_each": _(
        "A joint board has at least two members of each participant (kommuneloven § 20-3)."
    ),
}
NOT_POSSIBLE = {
    "host_stays": _(
        "The host municipality cannot leave its own cooperation. If it merges with another, record"
        " the merger."
    ),
    "host_not_yet": _(
        "The host's place goes over when this is recorded. Record it on the day it happens, or"
        " later."
    ),
    "does_not_exist_yet": _(
        "The municipality does not exist yet on this day. Choose a later day, or another"
        " municipality."
    ),
    "takes_no_part": _("Choose municipalities that take part until the day."),
    "replaced_by_itself": _(
        "A municipality cannot take its own place. If it keeps its number, choose only the others."
    ),
    "split_into_one": _("Choose at least two different municipalities that take its place."),
    "bilateral_with_nobody": _("Choose at least one municipality besides the host."),
    "party_takes_no_part": _(
        "Every party must take part in the cooperation on the day. Choose others, or a later day."
    ),
    "service_runs_already": _(
        "The service runs already for all who take part. End it first, or make it a bilateral one."
    ),
}


@contextmanager
def refusals_in(form: forms.Form) -> Iterator[None]:
    """Run what is inside; whatever is refused becomes the form's error."""
    with told_in(form, REFUSED_BY_THE_DATABASE):
        try:
            yield
        except NotPossible as error:
            form.add_error(None, str(NOT_POSSIBLE[error.code]))
