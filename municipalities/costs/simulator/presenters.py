"""A simulation as tables and a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import MINUS, kroner, number, percent
from municipalities.costs.allocation.comparing import Cell, Comparison
from municipalities.costs.allocation.keys import Part
from municipalities.costs.keys.words import PART_WORDS, PartKind, in_short, plain
from municipalities.costs.simulator.simulating import TODAY, Simulated

CHART = Path(__file__).parent / "keys.vl.json"


def kroner_table(found: Simulated) -> Table:
    """Municipality × key in kroner, with the change from today's key."""
    keys = found.comparison.keys
    headings = [_("Municipality"), _("Inhabitants")]
    for name in keys:
        headings.append(heading(name))
        if name != TODAY:
            headings.append(_("%(key)s, change") % {"key": heading(name)})
    rows = [Row(tuple(_cells(row, keys))) for row in found.comparison.rows]
    return Table(caption=_("Kroner by key"), headings=tuple(headings), rows=(*rows, _sums(found)))


def _cells(row, keys) -> list:
    told: list = [row.member.name, row.member.inhabitants or "–"]
    for name in keys:
        told.append(row.cells[name].amount)
        if name != TODAY:
            told.append(_change(row.cells[name]))
    return told


def _change(cell: Cell) -> str:
    sign = "+" if cell.change > 0 else ""
    told = f"{sign}{kroner(cell.change)}"
    if not cell.change or cell.change_percent is None:
        return told
    share = percent(abs(cell.change_percent))
    minus = MINUS if cell.change_percent < 0 else "+" if cell.change_percent > 0 else ""
    return f"{told} ({minus}{share})"


def _sums(found: Simulated) -> Row:
    told: list = [_("All"), sum(row.member.inhabitants or 0 for row in found.comparison.rows)]
    for name in found.comparison.keys:
        told.append(sum(row.cells[name].amount for row in found.comparison.rows))
        if name != TODAY:
            told.append("0")
    return Row(tuple(told))


def per_inhabitant_table(found: Simulated) -> Table:
    """Municipality × key in kroner per inhabitant."""
    keys = found.comparison.keys
    return Table(
        caption=_("Kroner per inhabitant by key"),
        headings=(_("Municipality"), *(heading(name) for name in keys)),
        rows=tuple(
            Row((row.member.name, *(_each(row.cells[name]) for name in keys)))
            for row in found.comparison.rows
        ),
    )


def _each(cell: Cell):
    return "–" if cell.per_inhabitant is None else cell.per_inhabitant


def glance_table(found: Simulated) -> Table:
    """From 0/100 to 50/50: what each pays when more is shared equally."""
    comparison = found.at_a_glance
    return Table(
        caption=_("From 0/100 to 50/50: per cent shared equally and by inhabitants"),
        headings=(_("Municipality"), *comparison.keys, _("Largest against smallest")),
        rows=tuple(
            Row(
                (
                    row.member.name,
                    *(row.cells[name].amount for name in comparison.keys),
                    _times(row.times),
                )
            )
            for row in comparison.rows
        ),
    )


def _times(times) -> str:
    return "–" if times is None else f"{number(times)} ×"


def heading(name: str) -> str:
    return _("Today") if name == TODAY else _("Key %(name)s") % {"name": name}


def legend(found: Simulated, tried: Mapping[str, Sequence[Part]]) -> list[tuple[str, str]]:
    """Which key each name stands for."""
    today = in_short(found.holding) if found.holding else _("no key holds; by inhabitants alone")
    pairs = [(heading(TODAY), today)]
    for name, parts in tried.items():
        told = ", ".join(
            f"{percent(plain(part.percent))} {PART_WORDS[PartKind(part.kind)]}" for part in parts
        )
        pairs.append((heading(name), told))
    return pairs


def chart(comparison: Comparison) -> dict[str, Any]:
    """Bars: each municipality by each key, in kroner per inhabitant."""
    rows = [
        {
            "name": row.member.name,
            "key": heading(name),
            "amount": float(row.cells[name].per_inhabitant or 0),
        }
        for row in comparison.rows
        for name in comparison.keys
    ]
    spec = localise(
        load_spec(CHART),
        texts={"amount": _("Kroner per inhabitant")},
        language=get_language() or "nn",
    )
    return with_data(spec, data={"shares": rows})


def summary(found: Simulated) -> str:
    """In one sentence, who is moved the most by the last key that is tried."""
    name = found.comparison.keys[-1]
    if name == TODAY:
        return _("Only the key of that year is shown. Give a key to try beside it.")
    row = max(found.comparison.rows, key=lambda row: abs(row.cells[name].change))
    change = row.cells[name].change
    if not change:
        return _("%(key)s changes nothing.") % {"key": heading(name)}
    words = (
        _("%(key)s moves %(municipality)s the most: %(change)s kr more.")
        if change > 0
        else _("%(key)s moves %(municipality)s the most: %(change)s kr less.")
    )
    facts = {"key": heading(name), "municipality": row.member.name}
    return words % {**facts, "change": kroner(abs(change))}
