"""A key, its adoption and an example of it, as its pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.tables import Row, Table
from legevakt.lib.words import day, kroner, percent
from municipalities.costs.allocation.allocating import allocate
from municipalities.costs.keys.basis import basis_of
from municipalities.costs.keys.explaining import Explained, explained
from municipalities.costs.keys.kept import kept_steps
from municipalities.costs.keys.models import AllocationKey, KeyState, UsageFigure
from municipalities.costs.keys.queries import Decided
from municipalities.costs.keys.words import bound, in_short, ordered, part_line, plain

COLORS = {
    KeyState.DRAFT: "neutral",
    KeyState.SENT: "warning",
    KeyState.ADOPTED: "success",
    KeyState.DROPPED: "neutral",
}


@dataclass(frozen=True)
class Shown:
    """A key in a list."""

    name: str
    url: str
    in_short: str
    days: str
    state: str
    color: str


def shown(key: AllocationKey) -> Shown:
    """The key in a list."""
    return Shown(
        name=name_of(key),
        url=address_of(key),
        in_short=in_short(key),
        days=held_days(key),
        state=key.get_state_display(),
        color=COLORS[KeyState(key.state)],
    )


def name_of(key: AllocationKey) -> str:
    return _("Version %(number)s") % {"number": key.number}


def address_of(key: AllocationKey, name: str = "key") -> str:
    """The page of the key, or the step `name` of it."""
    return reverse(name, args=[key.pool.cooperation.slug, key.pool.slug, key.number])


def held_days(key: AllocationKey) -> str:
    """From when, and until when where it has ended."""
    if key.valid_to:
        return _("from %(first)s until %(last)s") % {
            "first": day(key.valid_from),
            "last": day(key.valid_to),
        }
    return _("from %(first)s") % {"first": day(key.valid_from)}


def facts(key: AllocationKey) -> list[tuple[str, str]]:
    """What the key says, as pairs; what it does not say is left out."""
    pairs = [
        (_("Valid"), held_days(key)),
        (_("Shared"), "; ".join(part_line(part) for part in ordered(key.parts.all()))),
        (_("Inhabitants are counted on"), key.get_population_date_display()),
    ]
    if key.usage_measure:
        usage = f"{key.get_usage_measure_display()}, {key.get_usage_years_display()}"
        pairs.append((_("Usage"), usage))
    if key.overhead_nok:
        pairs.append((_("Administration to the host"), _kroner_a_year(key.overhead_nok)))
    if key.overhead_percent_of_wages:
        of_wages = percent(plain(key.overhead_percent_of_wages))
        pairs.append((_("Administration to the host, of wages"), of_wages))
    if key.floor_unit:
        pairs.append((_("No municipality pays less than"), bound(key.floor_unit, key.floor_value)))
    if key.cap_unit:
        pairs.append((_("No municipality pays more than"), bound(key.cap_unit, key.cap_value)))
    if key.changes:
        pairs.append((_("What is changed, and why"), key.changes))
    return pairs


def _kroner_a_year(amount: Decimal) -> str:
    return _("%(amount)s kr a year") % {"amount": kroner(amount)}


def adoption_rows(key: AllocationKey, decisions: Sequence[Decided], *, may: set[int]) -> list[dict]:
    """Who has decided what; `may` are municipalities whose decision the reader may record."""
    return [
        {
            "name": each.municipality.name,
            "state": _state_of(each),
            "day": day(each.adoption.decided_date) if each.adoption else "–",
            "case": each.adoption.case_number if each.adoption else "–",
            "remark": each.adoption.remark if each.adoption else "",
            "url": reverse(
                "key_adoption",
                args=[
                    key.pool.cooperation.slug,
                    key.pool.slug,
                    key.number,
                    each.municipality.number,
                ],
            )
            if each.municipality.pk in may and key.state == KeyState.SENT
            else "",
        }
        for each in decisions
    ]


def _state_of(each: Decided) -> str:
    if each.adoption is None:
        return _("not decided yet")
    return _("adopted") if each.adoption.is_adopted else _("rejected")


def example(key: AllocationKey, *, year: int, amount: Decimal) -> list[Explained]:
    """What each would pay of the amount in the year by this key alone. Raises CannotAllocate."""
    only = [key] if key.state != KeyState.ADOPTED else None
    basis = basis_of(pool=key.pool, year=year, keys=only)
    shared = allocate(amount=amount, segments=basis.segments)
    return [
        explained(
            code=line.code,
            amount=line.amount,
            share=line.share,
            steps=kept_steps(line),
            terms=basis.terms,
        )
        for line in shared.lines
    ]


def usage_table(figures: Sequence[UsageFigure], *, caption: str) -> Table:
    """Municipality × year, with the sum of each year last."""
    years = sorted({figure.year for figure in figures})
    names = {figure.municipality.number: figure.municipality.name for figure in figures}
    counts = {(figure.municipality.number, figure.year): figure.count for figure in figures}
    rows = [
        Row((name, *(counts.get((number, year), "–") for year in years)))
        for number, name in sorted(names.items())
    ]
    sums = [sum(f.count for f in figures if f.year == year) for year in years]
    rows.append(Row((_("All"), *sums)))
    return Table(
        caption=caption,
        headings=(_("Municipality"), *(str(year) for year in years)),
        rows=tuple(rows),
    )
