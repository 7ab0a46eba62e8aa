"""A municipality's share explained: one sentence, and the arithmetic line by line.

Both are made from what was kept, so that a page, a PDF and a settlement ten years old say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from legevakt.lib.money import Unit, half_up, rounded
from legevakt.lib.words import day, days, kroner, number, percent
from municipalities.costs.allocation.keys import PartKind
from municipalities.costs.allocation.lines import Adjustment, Side, Step
from municipalities.costs.keys.kept import adjustments_in, steps_in

PLACES = 2


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """«90 % of 10 000 000 kr × 773 / 32 160 = 216 324,63 kr», and what it is of."""

    what: str
    arithmetic: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class Explained:
    """What a municipality pays and why. `rows` sum to `amount`, with the rounding as the last."""

    code: str
    name: str
    sentence: str
    share: str
    amount: str
    rows: tuple[Reckoned, ...]


def explained(
    *, code: str, amount: Decimal, share: Fraction, steps: Sequence[dict], terms: Mapping
) -> Explained:
    """A kept line explained by the kept terms, in the language of the page."""
    told, bounds = steps_in(steps), adjustments_in(steps)
    segments = terms["segments"]
    rows = [_reckoned(step, segments[step.segment], many=len(segments) > 1) for step in told]
    rows += [_bounded(each, segments[each.segment]) for each in bounds if each.change]
    exact = sum((step.exact for step in told), sum((b.change for b in bounds), Fraction(0)))
    rows += _rounding(amount, exact, rows_of=[*told], bounds=bounds)
    return Explained(
        code=code,
        name=_name(code, segments),
        sentence=_sentence(code, amount=amount, share=share, segments=segments, steps=told),
        share=percent(half_up(share * 100, places=PLACES)),
        amount=kroner(amount),
        rows=tuple(rows),
    )


def _name(code: str, segments: Sequence[Mapping]) -> str:
    members = [each for segment in segments for each in segment["members"]]
    return next((each["name"] for each in members if each["code"] == code), code)


def _sentence(
    code: str,
    *,
    amount: Decimal,
    share: Fraction,
    segments: Sequence[Mapping],
    steps: Sequence[Step],
) -> str:
    last = segments[max((step.segment for step in steps), default=0)]
    by = [_by(step, last) for step in steps if segments[step.segment] is last and step.basis]
    facts = {
        "municipality": _name(code, segments),
        "amount": kroner(amount),
        "share": percent(half_up(share * 100, places=PLACES)),
        "by": _and(by) if by else _("by nothing"),
    }
    if len(segments) > 1:
        return _(
            "%(municipality)s pays %(amount)s kr, %(share)s of the whole, for the part of the year"
            " that it shares: %(by)s."
        ) % {**facts}
    return _("%(municipality)s pays %(amount)s kr, %(share)s of the whole: %(by)s.") % facts


def _by(step: Step, segment: Mapping) -> str:
    """«90 % by inhabitants, 773 of 32 160»."""
    facts = {
        "percent": percent(_plain(step.percent)),
        "own": _counted(step.basis),
        "all": _counted(step.bases),
        "number": number(len(segment["members"])),
    }
    words = {
        PartKind.EQUAL: _("%(percent)s equally among %(number)s"),
        PartKind.POPULATION: _("%(percent)s by inhabitants, %(own)s of %(all)s"),
        PartKind.USAGE: _("%(percent)s by usage, %(own)s of %(all)s"),
        PartKind.HOST: _("%(percent)s as host"),
        PartKind.FIXED: _("%(percent)s by a fixed percentage, %(own)s of %(all)s"),
    }
    told = words[step.kind] % facts
    return _("of rent and capital %(part)s") % {"part": told} if step.is_capital else told


def _and(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _reckoned(step: Step, segment: Mapping, *, many: bool) -> Reckoned:
    what = _what(step, segment)
    if many:
        what = f"{what}, {_days_of(segment)}"
    arithmetic = _("%(percent)s of %(of)s × %(own)s / %(all)s") % {
        "percent": percent(_plain(step.percent)),
        "of": kroner(rounded(step.of, Unit.ORE)),
        "own": _counted(step.basis),
        "all": _counted(step.bases),
    }
    return Reckoned(what=what, arithmetic=arithmetic, amount=_ore(step.exact))


def _what(step: Step, segment: Mapping) -> str:
    counted = {"day": day(date.fromisoformat(segment["key"]["counted_date"]))}
    words = {
        PartKind.EQUAL: _("Shared equally"),
        PartKind.POPULATION: _("Shared by inhabitants on %(day)s") % counted,
        PartKind.USAGE: _("Shared by usage in %(years)s") % {"years": _years(segment)},
        PartKind.HOST: _("Borne by the host alone"),
        PartKind.FIXED: _("Shared by fixed percentages"),
    }
    told = words[step.kind]
    return _("Rent and capital: %(part)s") % {"part": told.lower()} if step.is_capital else told


def _years(segment: Mapping) -> str:
    return ", ".join(str(year) for year in segment["key"]["usage_years"])


def _days_of(segment: Mapping) -> str:
    return days(date.fromisoformat(segment["starts"]), date.fromisoformat(segment["ends"]))


def _bounded(adjustment: Adjustment, segment: Mapping) -> Reckoned:
    what = {
        Side.FLOOR: _("Raised to the least that anybody pays"),
        Side.CAP: _("Lowered to the most that anybody pays"),
        None: _("Changed because others pay the least or the most"),
    }[adjustment.side]
    arithmetic = _("from %(before)s to %(after)s") % {
        "before": _ore(adjustment.before),
        "after": _ore(adjustment.after),
    }
    return Reckoned(what=what, arithmetic=arithmetic, amount=_ore(adjustment.change))


def _rounding(
    amount: Decimal, exact: Fraction, *, rows_of: Sequence[Step], bounds: Sequence[Adjustment]
) -> list[Reckoned]:
    """What makes the printed rows sum to the amount."""
    printed = sum((rounded(step.exact, Unit.ORE) for step in rows_of), Decimal(0))
    printed += sum((rounded(each.change, Unit.ORE) for each in bounds), Decimal(0))
    if amount == printed:
        return []
    what = _("Rounded so that all sum to the whole")
    arithmetic = _("exactly %(amount)s") % {"amount": _ore(exact)}
    return [Reckoned(what=what, arithmetic=arithmetic, amount=_ore(Fraction(amount - printed)))]


def _ore(amount: Fraction) -> str:
    return number(rounded(amount, Unit.ORE))


def _counted(basis: Fraction) -> str:
    return number(int(basis) if basis.denominator == 1 else half_up(basis, places=PLACES))


def _plain(value: Decimal) -> Decimal:
    """Without noughts at the end: 12.5 rather than 12.5000."""
    return Decimal(f"{value.normalize():f}")
