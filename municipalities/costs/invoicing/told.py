"""Why claims cannot be made, in words that say how to go on."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.errors import Refused

REFUSALS: Mapping[str, str | Promise] = {
    "claim_is_due_after_issue": gettext_lazy("It is due before it is issued. Choose a later day."),
    "org_number_has_9_digits": gettext_lazy("An organisation number has nine digits."),
    "series_is_capitals_and_digits": gettext_lazy("Only capital letters A to Z and digits."),
    "claim_rests_on_what_is_approved": gettext_lazy(
        "What was to be claimed has been changed in the meantime. Look at the claims again."
    ),
}


def told(error: Refused | CannotAllocate) -> str:
    """What an operation here refuses."""
    words = {
        "due_before_issue": _("It is due before it is issued. Choose a later day."),
        "no_series": _(
            "The claims have no series of numbers yet. Write it among the host's own billing"
            " details first."
        ),
        "not_approved": _("Only what is approved can be claimed. Have it approved first."),
    }
    return words[str(getattr(error, "code", ""))]
