"""A kept key (keys/kept.py) in a sentence: what costs were shared by, as a report tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from legevakt.lib.words import day, days, kroner, percent
from municipalities.costs.allocation.keys import PartKind
from municipalities.costs.keys.models import PartKind as Kind
from municipalities.costs.keys.models import UsageMeasure
from municipalities.costs.keys.words import PART_WORDS, bound, plain

Kept = Mapping[str, Any]


def key_in_words(key: Kept) -> str:
    """«Allocation key: 10 % shared equally and 90 % by inhabitants on 1 January 2025.»

    `key` is kept terms with `starts` and `ends`, its half-open days; those of a part of a year are
    told. Asks the database nothing.
    """
    parts = [part for part in key["parts"] if not part["is_capital"]]
    capital = [part for part in key["parts"] if part["is_capital"]]
    told = [_opening(key, parts=_listed(parts, key))]
    if capital:
        part = _listed(capital, key)
        told.append(f"{_('Of rent and capital costs: %(part)s') % {'part': part}}.")
    return " ".join([*told, *_overhead(key), *_bounds(key)])


def _opening(key: Kept, *, parts: str) -> str:
    starts, ends = (date.fromisoformat(key[name]) for name in ("starts", "ends"))
    if (starts.month, starts.day, ends.month, ends.day) == (1, 1, 1, 1):
        return _("Allocation key: %(parts)s.") % {"parts": parts}
    return _("Allocation key for %(days)s: %(parts)s.") % {
        "days": days(starts, ends),
        "parts": parts,
    }


def _listed(parts: Sequence[Kept], key: Kept) -> str:
    kinds = list(PartKind)
    in_order = sorted(parts, key=lambda part: kinds.index(PartKind(part["kind"])))
    told = [f"{percent(plain(Decimal(p['percent'])))} {_by(p['kind'], key)}" for p in in_order]
    if len(told) < 2:
        return "".join(told)
    return _("%(first)s and %(last)s") % {"first": ", ".join(told[:-1]), "last": told[-1]}


def _by(kind: str, key: Kept) -> str:
    if kind == PartKind.POPULATION:
        counted = day(date.fromisoformat(key["counted_date"]))
        return _("by inhabitants on %(day)s") % {"day": counted}
    if kind == PartKind.USAGE:
        used = {
            "measure": UsageMeasure(key["usage_measure"]).label,
            "years": ", ".join(str(year) for year in key["usage_years"]),
        }
        return _("by usage, %(measure)s in %(years)s") % used
    return str(PART_WORDS[Kind(kind)])


def _overhead(key: Kept) -> list[str]:
    """What the host is paid for administration; nothing where it is paid nothing."""
    amount, wages = (
        Decimal(key.get(name, "0")) for name in ("overhead_nok", "overhead_percent_of_wages")
    )
    told = []
    if amount:
        told.append(
            _("The host is paid %(amount)s kr a year for administration.")
            % {"amount": kroner(amount)}
        )
    if wages:
        told.append(
            _("The host is paid %(percent)s of wages for administration.")
            % {"percent": percent(plain(wages))}
        )
    return told


def _bounds(key: Kept) -> list[str]:
    sides = (
        ("floor", _("No municipality pays less than %(bound)s.")),
        ("cap", _("No municipality pays more than %(bound)s.")),
    )
    return [
        words % {"bound": bound(key[side]["unit"], Decimal(key[side]["value"]))}
        for side, words in sides
        if key.get(side)
    ]
