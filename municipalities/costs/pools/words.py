"""What the database refuses about pools, in words that say how to go on."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.errors import Refused

REFUSALS: Mapping[str, str | Promise] = {
    "pool_has_its_short_name": gettext_lazy("Another pool of the cooperation has that short name."),
    "pool_ends_after_start": gettext_lazy("The pool would end before it begins."),
    "pool_member_leaves_after_joining": gettext_lazy("It would leave before it joins."),
    "pool_member_shares_once_at_a_time": gettext_lazy(
        "The municipality shares the pool already on some of those days. Change its days instead."
    ),
    "pool_member_exists_when_joining": gettext_lazy(
        "The municipality number has ended before that day. Choose the municipality that came"
        " after it."
    ),
    "pool_year_is_within_the_pool": gettext_lazy("The pool is not shared in that year."),
    "area_population_is_counted_once_a_day": gettext_lazy(
        "The inhabitants of that day are given already."
    ),
}


def told(error: Refused | CannotAllocate) -> str:
    """No operation of a pool refuses by itself; what does is a rule of the database."""
    return _("It could not be done. Look at the page again.")
