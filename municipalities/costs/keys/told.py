"""Why an amount cannot be shared, in words that say how to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.money import half_up
from legevakt.lib.periods import DAY
from legevakt.lib.words import day, kroner, percent
from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.pools.models import Pool

Facts = Mapping[str, Any]


def told(error: CannotAllocate, *, pool: Pool | None = None) -> str:
    """The error in the reader's language; municipalities by name where the pool is given."""
    facts = dict(error.facts)
    if pool is not None and "member" in facts:
        facts["member"] = _name_of(pool, str(facts["member"]))
    words = WORDS.get(error.code)
    return words(facts) if words else _("The amount cannot be shared by this key.")


def _name_of(pool: Pool, code: str) -> str:
    found = pool.members.filter(municipality__number=code).select_related("municipality").first()
    return found.municipality.name if found else code


def _misses_100(facts: Facts) -> str:
    total = percent(_plain(facts["total"]))
    if facts.get("is_capital"):
        return _("The parts for rent and capital sum to %(total)s. They must sum to 100%%.") % {
            "total": total
        }
    return _("The parts of the key sum to %(total)s. They must sum to 100%%.") % {"total": total}


def _fixed_miss_100(facts: Facts) -> str:
    return _("The fixed percentages sum to %(total)s. They must sum to 100%%.") % {
        "total": percent(_plain(facts["total"]))
    }


def _no_inhabitants(facts: Facts) -> str:
    return _(
        "%(municipality)s has no inhabitants on the day that the key counts them. Load the figures"
        " of Statistics Norway, or give those of the part that shares."
    ) % {"municipality": facts["member"]}


def _no_usage(facts: Facts) -> str:
    return _(
        "%(municipality)s has no figure for usage in the years that the key counts. Give it under"
        " usage; nought is a figure too."
    ) % {"municipality": facts["member"]}


def _amount(facts: Facts) -> str:
    return _("%(amount)s kr cannot be shared: it is less than nought.") % {
        "amount": kroner(_decimal(facts["capital"] if "capital" in facts else facts["amount"]))
    }


def _floors(facts: Facts) -> str:
    return _(
        "The least amounts sum to %(floors)s kr, and only %(amount)s kr are to be shared. Lower"
        " the least amount."
    ) % {"floors": kroner(_decimal(facts["floors"])), "amount": kroner(_decimal(facts["amount"]))}


def _caps(facts: Facts) -> str:
    return _(
        "By the highest amounts all together pay %(reach)s kr, and %(amount)s kr are to be shared."
        " Raise the highest amount."
    ) % {"reach": kroner(_decimal(facts["reach"])), "amount": kroner(_decimal(facts["amount"]))}


def _no_key(facts: Facts) -> str:
    return _("No adopted key holds from %(starts)s to %(ends)s.") % _days(facts)


def _no_members(facts: Facts) -> str:
    if "starts" not in facts or facts["ends"] <= facts["starts"]:
        return _("Nobody shares these costs that year. Add the municipalities that do.")
    return _("Nobody shares these costs from %(starts)s to %(ends)s.") % _days(facts)


def _days(facts: Facts) -> dict[str, str]:
    return {"starts": day(facts["starts"]), "ends": day(facts["ends"] - DAY)}


def _always(text: Callable[[], str]) -> Callable[[Facts], str]:
    return lambda _facts: text()


def _plain(value: Decimal) -> Decimal:
    """Without noughts at the end: 99.5 rather than 99.5000."""
    return Decimal(f"{value.normalize():f}")


def _decimal(value: Decimal | Fraction) -> Decimal:
    """To the øre."""
    return half_up(value, places=2)


WORDS: Mapping[str, Callable[[Facts], str]] = {
    "shares_miss_100": _misses_100,
    "fixed_percents_miss_100": _fixed_miss_100,
    "fixed_percent_of_unknown": lambda facts: (
        _("A fixed percentage is given for %(municipality)s, which does not share these costs.")
        % {"municipality": facts["member"]}
    ),
    "no_inhabitants": _no_inhabitants,
    "no_usage_of_member": _no_usage,
    "no_usage": _always(lambda: _("Nobody has any usage, so that it cannot be shared by.")),
    "negative_amount": _amount,
    "zero_amount": _always(lambda: _("There is nothing to share: the amount is nought.")),
    "floors_exceed": _floors,
    "caps_fall_short": _caps,
    "floor_above_cap": lambda facts: (
        _("For %(municipality)s the least amount is above the highest.")
        % {"municipality": facts["member"]}
    ),
    "no_key": _no_key,
    "no_members": _no_members,
    "no_host": _always(lambda: _("The host pays a part, and the host does not share this pool.")),
    "capital_larger_than_amount": _always(
        lambda: _("Rent and capital costs are more than the whole amount that is to be shared.")
    ),
}
