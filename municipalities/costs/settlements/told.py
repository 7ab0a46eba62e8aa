"""What settlements refuse, in words that say how to go on."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.errors import Refused
from municipalities.costs.keys.told import told as told_of_amounts
from municipalities.costs.pools.models import Pool

REFUSALS: Mapping[str, str | Promise] = {
    "settlement_under_way_is_one": gettext_lazy(
        "Another settlement of the year is under way. Approve it, or drop it first."
    ),
    "settlement_shares_something": gettext_lazy(
        "There is nothing to share: own revenue is as large as the costs, or larger. Look at the"
        " accounts."
    ),
    "settlement_is_approved_by_another": gettext_lazy(
        "Whoever prepared the settlement cannot approve it. Ask another who may."
    ),
    "final_settlement_is_of_a_closed_year": gettext_lazy(
        "The accounts of the year are open. Close the year first."
    ),
    "comments_belong_to_a_sent_settlement": gettext_lazy(
        "The settlement does not wait for comments any more."
    ),
    "fund_is_not_overdrawn": gettext_lazy(
        "The fund holds less than the settlement takes from it. Drop the settlement, and prepare"
        " it anew."
    ),
}


def told(error: Refused | CannotAllocate, *, pool: Pool | None = None) -> str:
    """Why the step is refused, and how to go on."""
    if isinstance(error, CannotAllocate):
        return told_of_amounts(error, pool=pool)
    return words()[error.code] % error.facts


def words() -> Mapping[str, str]:
    """Code of CannotSettle → words in the language of the page."""
    return {
        "no_accounts": _("There are no accounts for %(year)s. Import them first."),
        "year_is_open": _(
            "The accounts of %(year)s are open. Close the year first, or prepare a preliminary"
            " settlement."
        ),
        "under_way": _(
            "A settlement of %(year)s waits for comments. Approve it, or drop it first."
        ),
        "already_settled": _(
            "%(year)s is settled already. Open the approved settlement, and correct it."
        ),
        "corrects_what_is_not_approved": _(
            "Only an approved settlement can be corrected. Drop this one, and prepare a new one."
        ),
        "already_corrected": _(
            "Settlement %(number)s is corrected already. Correct the correction instead."
        ),
        "correction_without_reason": _("Say why the settlement is corrected."),
        "comments_until_has_passed": _("The deadline has passed. Give a later day."),
        "not_part_of_it": _("%(municipality)s has no line in this settlement."),
        "objection_says_nothing": _("Say what the municipality objects to."),
        "approved_by_who_prepared": _(
            "Whoever prepared the settlement cannot approve it. Ask another who may."
        ),
        "accounts_have_changed": _(
            "Newer accounts are imported since the settlement was prepared. Drop it, and prepare"
            " it anew."
        ),
        "a_konto_has_changed": _(
            "Other instalments are approved since the settlement was prepared. Drop it, and prepare"
            " it anew."
        ),
        "wrong_state": _("Somebody has moved the settlement on in the meantime. Look at it again."),
    }
