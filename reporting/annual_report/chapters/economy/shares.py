"""What each municipality pays of all that the cooperation shares: a chart and its table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.tables import Table
from legevakt.lib.words import kroner, percent
from municipalities.queries import Chart
from reporting.annual_report.chapters.economy.amounts import (
    Cells,
    Facts,
    per_inhabitant,
    percent_of,
    percent_shown,
    rows_of,
    year_in,
)

SPEC = Path(__file__).parent / "shares.vl.json"
ROOM = Decimal("1.15")  # so that the percentage fits after the longest bar
NOUGHT = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Share:
    """A municipality's kroner by the pool's short name; `inhabitants` None where they differ.

    `is_whole` is False where it shares a pool a part of the year only.
    """

    name: str
    by_pool: dict[str, Decimal]
    inhabitants: int | None
    is_whole: bool

    @property
    def amount(self) -> Decimal:
        return sum(self.by_pool.values(), NOUGHT)


def shares_of(facts: Facts) -> list[Share]:
    """By municipality number, as the year stands: settled, else of the budget."""
    lines: dict[str, list[tuple[str, Facts]]] = {}
    for pool in facts["pools"]:
        of_year = year_in(pool, facts["year"])
        for line in of_year["municipalities"] if of_year else ():
            lines.setdefault(line["number"], []).append((pool["slug"], line))
    return [_share(lines[number]) for number in sorted(lines)]


def _share(lines: list[tuple[str, Facts]]) -> Share:
    counted = {line["inhabitants"] for _slug, line in lines}
    return Share(
        name=lines[0][1]["name"],
        by_pool={slug: Decimal(line["amount"]) for slug, line in lines},
        inhabitants=counted.pop() if len(counted) == 1 else None,
        is_whole=not any(line["days"] for _slug, line in lines),
    )


def whole_per_inhabitant(shares: list[Share]) -> Decimal | None:
    """Of all together; None where somebody's inhabitants are not known, or share not all year."""
    counted = [each.inhabitants for each in shares if each.is_whole]
    if len(counted) < len(shares) or None in counted:
        return None
    amount = sum((each.amount for each in shares), NOUGHT)
    return per_inhabitant(amount, sum(count for count in counted if count))


def table(facts: Facts, shares: list[Share]) -> Table:
    """By pool where there are several; the sums last."""
    pools = facts["pools"] if len(facts["pools"]) > 1 else []
    whole = sum((each.amount for each in shares), NOUGHT)
    rows = [_row(each, pools, whole=whole) for each in shares]
    sums = [sum((each.by_pool.get(p["slug"], NOUGHT) for each in shares), NOUGHT) for p in pools]
    rows.append((_("All"), *sums, whole, percent(100), whole_per_inhabitant(shares)))
    return Table(
        caption=_("What each municipality pays, kroner"),
        headings=(
            _("Municipality"),
            *(pool["name"] for pool in pools),
            _("All together") if pools else _("Amount"),
            _("Share of the whole"),
            _("Kroner per inhabitant"),
        ),
        rows=rows_of(rows),
    )


def _row(share: Share, pools: list[Facts], *, whole: Decimal) -> Cells:
    return (
        share.name,
        *(share.by_pool.get(pool["slug"]) for pool in pools),
        share.amount,
        percent_shown(percent_of(share.amount, whole, places=2)),
        per_inhabitant(share.amount, share.inhabitants) if share.is_whole else None,
    )


def chart(facts: Facts, shares: list[Share]) -> Chart:
    """Bars with their percentages, the largest first."""
    whole = sum((each.amount for each in shares), NOUGHT)
    in_order = sorted(shares, key=lambda each: -each.amount)
    bars = [
        {
            "name": each.name,
            "amount": float(each.amount),
            "label": percent_shown(percent_of(each.amount, whole)),
        }
        for each in in_order
    ]
    texts = {"amount": _("kroner")}
    spec = localise(load_spec(SPEC), texts=texts, language=get_language() or "nn")
    room = [{"amount": float(in_order[0].amount * ROOM)}]
    return Chart(
        key="shares",
        table=table(facts, shares),
        spec=with_data(spec, data={"shares": bars, "room": room}),
        summary=_("%(municipality)s pays most: %(share)s of %(amount)s kr.")
        % {
            "municipality": in_order[0].name,
            "share": bars[0]["label"],
            "amount": kroner(whole),
        },
    )
