"""What keys refuse, and how keys are told in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legevakt.lib.words import day, kroner, percent
from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.errors import Refused
from municipalities.costs.keys.models import AllocationKey, BoundUnit, KeyPart, PartKind
from municipalities.costs.keys.told import told as told_of_amounts

REFUSALS: Mapping[str, str | Promise] = {
    "keys_adopted_do_not_overlap": gettext_lazy(
        "Another adopted key holds on the same days. Choose a later first day."
    ),
    "key_ends_after_start": gettext_lazy("The key would end before it begins."),
    "key_under_way_is_one": gettext_lazy("There is a key under way already. Finish or drop it."),
}


def told(error: Refused | CannotAllocate) -> str:
    """Why a key cannot be changed or moved on, and how to go on."""
    if isinstance(error, CannotAllocate):
        return told_of_amounts(error)
    facts = error.facts
    words = {
        "under_way": _("Version %(number)s is under way already. Send it, or drop it first."),
        "usage_without_measure": _("Say what usage is counted in: calls or consultations."),
        "nobody_shares": _("Nobody shares these costs on the key's first day. Add them first."),
        "does_not_share": _("%(municipality)s does not share these costs when the key begins."),
        "begins_before_the_one_in_force": _(
            "A key that is adopted already begins on that day or later. Drop this one, and write a"
            " new one with a later first day."
        ),
        "wrong_state": _("Somebody has moved the key on in the meantime. Look at it again."),
    }
    shown = {name: day(v) if isinstance(v, date) else v for name, v in facts.items()}
    return words[error.code] % shown


def in_short(key: AllocationKey) -> str:
    """«10 % equally and 90 % by inhabitants»."""
    parts = [part for part in ordered(key.parts.all()) if not part.is_capital]
    return ", ".join(f"{percent(plain(p.percent))} {PART_WORDS[PartKind(p.kind)]}" for p in parts)


def ordered(parts: Iterable[KeyPart]) -> list[KeyPart]:
    """In the order in which kinds of parts are told, capital's own last."""
    kinds = list(PartKind)
    return sorted(parts, key=lambda part: (part.is_capital, kinds.index(PartKind(part.kind))))


def part_line(part: KeyPart) -> str:
    """One part as a line of a list."""
    told_so = f"{percent(plain(part.percent))} {PART_WORDS[PartKind(part.kind)]}"
    return (
        _("Of rent and capital costs: %(part)s") % {"part": told_so} if part.is_capital else told_so
    )


def bound(unit: str, value: Decimal | None) -> str:
    """A floor or cap: 100 000 kr a year; empty where there is none."""
    if not unit or value is None:
        return ""
    return {
        BoundUnit.NOK: _("%(value)s kr a year"),
        BoundUnit.PERCENT: _("%(value)s%% of the amount"),
        BoundUnit.NOK_PER_INHABITANT: _("%(value)s kr per inhabitant"),
    }[BoundUnit(unit)] % {"value": kroner(value)}


def plain(value: Decimal) -> Decimal:
    """Without noughts at the end: 12.5 rather than 12.5000."""
    return Decimal(f"{value.normalize():f}")


PART_WORDS: Mapping[PartKind, str | Promise] = {
    PartKind.EQUAL: gettext_lazy("shared equally"),
    PartKind.POPULATION: gettext_lazy("by inhabitants"),
    PartKind.USAGE: gettext_lazy("by usage"),
    PartKind.HOST: gettext_lazy("borne by the host alone"),
    PartKind.FIXED: gettext_lazy("by fixed percentages"),
}
