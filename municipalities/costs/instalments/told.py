"""What plans of instalments refuse, in words that say how to go on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.words import kroner
from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.errors import Refused
from municipalities.costs.keys.told import told as told_of_amounts
from municipalities.costs.pools.models import Pool

REFUSALS: Mapping[str, str | Promise] = {
    "plan_adds_up": gettext_lazy(
        "The instalments do not sum to the amount. Make the instalments anew."
    ),
    "plan_under_way_is_one": gettext_lazy(
        "Somebody has made instalments for the year just now. Look at them."
    ),
    "payment_is_recorded_once": gettext_lazy(
        "A payment with that reference is recorded already. Give another reference."
    ),
}


def told(error: Refused | CannotAllocate, *, pool: Pool | None = None) -> str:
    """Why the plan or payment is refused, and how to go on."""
    if isinstance(error, CannotAllocate):
        return told_of_amounts(error, pool=pool)
    return words()[error.code] % {name: _shown(value) for name, value in error.facts.items()}


def words() -> Mapping[str, str]:
    """Code of CannotPlan → words in the language of the page."""
    return {
        "no_budget": _(
            "There is no adopted budget for %(year)s. Write it and record that it is adopted first."
        ),
        "all_claimed": _(
            "Every instalment of %(municipality)s is claimed already, so that its share cannot be"
            " changed. The settlement takes the difference."
        ),
        "wrong_state": _("The plan is not a draft any more. Look at it again."),
        "approved_by_who_prepared": _(
            "Whoever made the instalments cannot approve them. Ask another who may."
        ),
        "budget_has_changed": _(
            "A newer budget is adopted since the instalments were made. Make them anew, and approve"
            " those."
        ),
        "claimed_since": _(
            "An instalment is claimed since these were made. Make them anew, and approve those."
        ),
        "year_is_settled": _(
            "%(year)s is settled, and the settlement has deducted the instalments that hold."
            " Correct the settlement instead."
        ),
        "paid_with_another_amount": _(
            "A payment with the reference %(reference)s is recorded already, with %(amount)s kr."
            " Give another reference, or correct that payment by one with a minus."
        ),
    }


def _shown(value: object) -> object:
    return kroner(value) if isinstance(value, Decimal) else value
