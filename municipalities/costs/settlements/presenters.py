"""A settlement as its page and its file show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib.periods import local_day
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import day, kroner, number
from municipalities.access.models import User
from municipalities.costs.keys.explaining import Explained, explained
from municipalities.costs.keys.models import PartKind
from municipalities.costs.settlements import rules
from municipalities.costs.settlements.models import Settlement, SettlementLine, SettlementState
from municipalities.costs.tables import part_of_whole

NOUGHT = Decimal(0)
COLORS = {
    SettlementState.DRAFT: "neutral",
    SettlementState.SENT: "warning",
    SettlementState.APPROVED: "success",
    SettlementState.DROPPED: "neutral",
}


def name_of(settlement: Settlement) -> str:
    """«Final settlement 2»."""
    return _("%(kind)s %(number)s") % {
        "kind": settlement.get_kind_display().capitalize(),
        "number": settlement.number,
    }


def address_of(settlement: Settlement, name: str = "settlement") -> str:
    """The page of the settlement, or the step `name` of it."""
    year = settlement.pool_year
    return reverse(
        name, args=[year.pool.cooperation.slug, year.pool.slug, year.year, settlement.number]
    )


def listed(settlement: Settlement) -> dict:
    """The settlement in the list of its year."""
    at = settlement.approved_at or settlement.sent_at or settlement.prepared_at
    return {
        "name": name_of(settlement),
        "url": address_of(settlement),
        "net": kroner(settlement.net),
        "state": settlement.get_state_display(),
        "color": COLORS[SettlementState(settlement.state)],
        "day": day(local_day(at)),
    }


def facts(settlement: Settlement) -> list[tuple[str, str]]:
    """Its state's days and persons, and the accounts that it is from."""
    pairs = [
        (
            _("From the accounts"),
            _("up to and with month %(month)s, %(file)s")
            % {"month": settlement.accounts.up_to_month, "file": settlement.accounts.file_name},
        ),
        (_("Prepared"), _when(settlement.prepared_at, settlement.prepared_by)),
    ]
    if settlement.sent_at and settlement.comments_until:
        until = _("comments until %(day)s") % {"day": day(settlement.comments_until)}
        pairs.append((_("Sent for comment"), f"{day(local_day(settlement.sent_at))}, {until}"))
    if settlement.approved_at:
        pairs.append((_("Approved"), _when(settlement.approved_at, settlement.approved_by)))
    if settlement.reason:
        pairs.append((_("Why it is corrected"), settlement.reason))
    return pairs


def _when(at, by: User | None) -> str:
    return f"{day(local_day(at))}, {by.name}" if by else day(local_day(at))


def way_to_net(settlement: Settlement) -> list[tuple[str, str]]:
    """From gross costs to what is shared, each step with its sign; steps of nought are left out."""
    fund = _("To the fund") if settlement.fund > 0 else _("From the fund")
    steps = [
        (_("Gross costs"), settlement.gross),
        (_("Own revenue"), -settlement.own_revenue),
        (_("Administration to the host"), settlement.overhead),
        (fund, settlement.fund),
        (_("Rounding to whole units"), settlement.rounding),
    ]
    return [(what, kroner(amount)) for what, amount in steps if amount]


def lines_table(settlement: Settlement, lines: Sequence[SettlementLine]) -> Table:
    """basis → share → amount → a-konto → settled before → rest; what is paid; the sums last."""
    headings = {
        "amount": _("Amount"),
        "a_konto": _("A-konto"),
        "settled_before": _("Settled before"),
        "rest": _("Rest to pay"),
        "paid": _("Paid of a-konto"),
    }
    if not any(line.settled_before for line in lines):
        del headings["settled_before"]
    rows = [_line(line, columns=list(headings), terms=settlement.terms) for line in lines]
    sums = [sum((getattr(line, name) for line in lines), NOUGHT) for name in headings]
    rows.append(Row((_("All"), "", "", *sums)))
    return Table(
        caption=_("What each municipality pays, kroner"),
        headings=(_("Municipality"), _("Basis"), _("Share of the whole"), *headings.values()),
        rows=tuple(rows),
    )


def _line(line: SettlementLine, *, columns: Sequence[str], terms: Mapping) -> Row:
    amounts: list[Cell] = [getattr(line, name) for name in columns]
    basis = basis_of_line(line.municipality.number, terms)
    return Row((line.municipality.name, basis, part_of_whole(line.share), *amounts))


def basis_of_line(code: str, terms: Mapping) -> str:
    """What the municipality is counted with at the end of the year: inhabitants, usage."""
    for segment in reversed(terms["segments"]):
        for member in segment["members"]:
            if member["code"] == code:
                return _counted(member, {part["kind"] for part in segment["key"]["parts"]})
    return "–"


def _counted(member: Mapping, kinds: set[str]) -> str:
    told = []
    if PartKind.POPULATION in kinds and member["inhabitants"]:
        count = number(Decimal(member["inhabitants"]["value"]))
        told.append(_("%(count)s inhabitants") % {"count": count})
    if PartKind.USAGE in kinds and member["usage"]:
        count = number(rules.in_hundredths(Fraction(member["usage"]["value"])))
        told.append(_("usage %(count)s") % {"count": count})
    return ", ".join(told) or "–"


def explanations(settlement: Settlement, lines: Sequence[SettlementLine]) -> list[Explained]:
    """Why each pays what it pays, from what the settlement has kept."""
    return [
        explained(
            code=line.municipality.number,
            amount=line.amount,
            share=Fraction(line.share),
            steps=line.steps,
            terms=settlement.terms,
        )
        for line in lines
        if line.steps
    ]


def check_290(settlement: Settlement) -> dict[str, str]:
    """Whether function 290 goes to nought, as an alert: tone and text."""
    total = settlement.function_290
    if total is None:
        return {
            "tone": "info",
            "text": _("The costs are not kept on function 290, so that its sum is not checked."),
        }
    facts = {"amount": kroner(total), "limit": kroner(rules.TOLERANCE_290)}
    if rules.is_in_order(total):
        text = _(
            "Function 290 is in order: with this settlement it sums to %(amount)s kr, within"
            " %(limit)s kr of nought."
        )
        return {"tone": "success", "text": text % facts}
    if total > 0:
        text = _(
            "Function 290 misses nought by %(amount)s kr when this settlement is booked: too little"
            " is shared. Look for a-konto that is not booked as revenue on art 750, costs that"
            " are left out, and costs of another service on function 290."
        )
    else:
        text = _(
            "Function 290 misses nought by %(amount)s kr when this settlement is booked: more is"
            " claimed than it cost. Look for a-konto that is booked twice or for another year,"
            " own revenue that is left out, and costs that are not booked yet."
        )
    return {"tone": "warning", "text": text % facts}


def difference_table(before: Sequence[SettlementLine], after: Sequence[SettlementLine]) -> Table:
    """What a correction changes, line by line, the sums last."""
    old = {line.municipality.name: line.amount for line in before}
    new = {line.municipality.name: line.amount for line in after}
    names = list(dict.fromkeys([*new, *old]))
    rows = [(name, old.get(name, NOUGHT), new.get(name, NOUGHT)) for name in names]
    rows.append((_("All"), sum(old.values(), NOUGHT), sum(new.values(), NOUGHT)))
    return Table(
        caption=_("What the correction changes, kroner"),
        headings=(_("Municipality"), _("Before"), _("After"), _("Difference")),
        rows=tuple(Row((name, was, now, now - was)) for name, was, now in rows),
    )
