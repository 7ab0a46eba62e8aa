"""Why an amount cannot be shared. Words for people are made elsewhere, of `code` and `facts`."""

from __future__ import annotations


class CannotAllocate(ValueError):
    """The amount, the key or those who share do not fit together. Nothing has been shared."""

    code = "cannot_allocate"

    def __init__(self, **facts: object) -> None:
        told = ", ".join(f"{name}={value}" for name, value in facts.items())
        super().__init__(f"{self.code}: {told}" if told else self.code)
        self.facts = facts


class NegativeAmount(CannotAllocate):
    """Facts: `amount`, or `capital` where it is that which is negative."""

    code = "negative_amount"


class ZeroAmount(CannotAllocate):
    """Nothing is left to share, at least after rounding. Facts: `amount`, as it was given."""

    code = "zero_amount"


class CapitalLargerThanAmount(CannotAllocate):
    """The whole amount includes the capital. Facts: `amount`, `capital`."""

    code = "capital_larger_than_amount"


class SharesMiss100(CannotAllocate):
    """Facts: `total`, the sum of the percents; `is_capital`."""

    code = "shares_miss_100"


class NegativePercent(CannotAllocate):
    """Facts: `kind`, `percent`; `member` where it is a fixed percent."""

    code = "negative_percent"


class FixedPercentsMiss100(CannotAllocate):
    """Facts: `total`, the sum of the percents within the fixed part."""

    code = "fixed_percents_miss_100"


class FixedPercentOfUnknown(CannotAllocate):
    """Facts: `member`, the code of one who does not share."""

    code = "fixed_percent_of_unknown"


class NegativeBound(CannotAllocate):
    """Facts: `value`, of a floor or cap."""

    code = "negative_bound"


class FloorAboveCap(CannotAllocate):
    """In whole units. Facts: `member`, `floor`, `cap`, in kroner a year."""

    code = "floor_above_cap"


class FloorsExceed(CannotAllocate):
    """Facts: `floors`, what they sum to; `amount`, what is to be shared."""

    code = "floors_exceed"


class CapsFallShort(CannotAllocate):
    """Facts: `reach`, the most that all can pay; `amount`, what is to be shared."""

    code = "caps_fall_short"


class UnitsDiffer(CannotAllocate):
    """Keys that share in kroner and keys that share in øre. Facts: `units`."""

    code = "units_differ"


class WeightsMissOne(CannotAllocate):
    """Facts: `total`, what the weights of the segments sum to."""

    code = "weights_miss_one"


class NoMembers(CannotAllocate):
    """Nobody shares. Facts: `starts` and `ends`, where it is some days of a year."""

    code = "no_members"


class MemberTwice(CannotAllocate):
    """Facts: `member`."""

    code = "member_twice"


class NoInhabitants(CannotAllocate):
    """Facts: `member`, whose inhabitants are unknown or none."""

    code = "no_inhabitants"


class NoUsageOfMember(CannotAllocate):
    """Facts: `member`, whose usage is unknown; none at all is 0, and known."""

    code = "no_usage_of_member"


class NegativeUsage(CannotAllocate):
    """Facts: `member`, `usage`."""

    code = "negative_usage"


class NoUsage(CannotAllocate):
    """Everybody's usage is 0, so that it says nothing of how to share."""

    code = "no_usage"


class NoHost(CannotAllocate):
    """The host bears a part, and none of those who share is host."""

    code = "no_host"


class TwoHosts(CannotAllocate):
    """Facts: `members`, the codes of all who are host."""

    code = "two_hosts"


class NoKey(CannotAllocate):
    """Facts: `starts`, `ends`: days without a key, half-open."""

    code = "no_key"


class KeysOverlap(CannotAllocate):
    """Facts: `starts`, `ends`: days with more than one key, half-open; `keys`."""

    code = "keys_overlap"


class KeyUnknown(CannotAllocate):
    """Facts: `key`, which is not among those that are compared."""

    code = "key_unknown"
