"""A municipality's year as its page, its PDF and its spreadsheet show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from legevakt.lib.money import half_up
from legevakt.lib.periods import local_day
from legevakt.lib.words import day, kroner, percent
from municipalities.costs.instalments.models import InstalmentPlan, PlanLine
from municipalities.costs.keys.explaining import Explained, explained
from municipalities.costs.settlements.models import Settlement, SettlementKind, SettlementLine
from municipalities.costs.statements.figures import PoolStatement, Statement

NOTHING = "–"


@dataclass(frozen=True, kw_only=True)
class ShownPool:
    """A pool of the statement: where it stands, its figures, and why."""

    slug: str
    name: str
    status: str
    color: str
    waits: str
    settlement: int | None
    pairs: tuple[tuple[str, str], ...]
    instalments: tuple[tuple[str, ...], ...]
    approvals: tuple[str, ...]
    explained: tuple[Explained, ...]


def lead(statement: Statement) -> str:
    """What it pays, and how that differs from the year before."""
    facts = {
        "municipality": statement.municipality.name,
        "amount": kroner(statement.amount),
        "year": statement.year,
        "before": statement.year - 1,
    }
    if statement.before is None:
        return _("%(municipality)s pays %(amount)s kr in %(year)s.") % facts
    change = statement.amount - statement.before
    if not change:
        return _("%(municipality)s pays %(amount)s kr in %(year)s, as in %(before)s.") % facts
    told = (
        _("%(municipality)s pays %(amount)s kr in %(year)s, %(change)s kr more than in %(before)s.")
        if change > 0
        else _(
            "%(municipality)s pays %(amount)s kr in %(year)s, %(change)s kr less than in"
            " %(before)s."
        )
    )
    return told % {**facts, "change": kroner(abs(change))}


def shown_pool(each: PoolStatement) -> ShownPool:
    """The pool with its figures and its arithmetic, in the language that is active."""
    status, color = status_of(each)
    waiting = each.waiting.settlement if each.waiting else None
    return ShownPool(
        slug=each.pool.slug,
        name=each.pool.name,
        status=status,
        color=color,
        waits=_waits(waiting) if waiting else "",
        settlement=waiting.number if waiting else None,
        pairs=tuple(_pairs(each)),
        instalments=tuple(
            (
                str(due.number),
                day(due.due_date),
                _claim(due.claim, amount=due.amount, is_host=each.is_host),
                kroner(due.amount),
            )
            for due in each.instalments
        ),
        approvals=tuple(_approvals(each)),
        explained=tuple(_explained(each)),
    )


def status_of(each: PoolStatement) -> tuple[str, str]:
    """Where the year stands, and the colour of it."""
    if each.is_final:
        return _("settled"), "success"
    if each.settled:
        return _("preliminary settlement"), "info"
    if each.plan:
        return _("a-konto"), "info"
    return _("sent for comment"), "warning"


def status_line(statement: Statement) -> str:
    """The state of the whole, for the head of the PDF."""
    states = list(dict.fromkeys(status_of(each)[0] for each in statement.pools))
    return ", ".join(states) or NOTHING


def _approvals(each: PoolStatement) -> Iterator[str]:
    """What is approved, when and by whom."""
    if each.plan:
        plan = each.plan.plan
        yield (
            _("The a-konto was approved on %(day)s by %(name)s.")
            if plan.approved_by
            else _("The a-konto was approved on %(day)s.")
        ) % _approval(plan)
    if each.settled:
        settlement = each.settled.settlement
        yield (
            _("The settlement was approved on %(day)s by %(name)s.")
            if settlement.approved_by
            else _("The settlement was approved on %(day)s.")
        ) % _approval(settlement)


def _approval(of: InstalmentPlan | Settlement) -> dict[str, str]:
    return {
        "day": day(local_day(of.approved_at)) if of.approved_at else NOTHING,
        "name": of.approved_by.name if of.approved_by else "",
    }


def _pairs(each: PoolStatement) -> Iterator[tuple[str, str]]:
    """basis → share → amount → a-konto → rest, line by line."""
    line = each.settled or each.plan
    if line is None:
        return
    yield _("To be shared"), _kr(shared_of(line))
    share = percent(half_up(Fraction(line.share) * 100, places=2))
    yield _("Share of it"), share
    yield _("The municipality's part"), _kr(line.amount)
    if each.settled:
        yield _("Less a-konto"), _kr(each.settled.a_konto)
        if each.settled.settled_before:
            yield _("Less what was settled before"), _kr(each.settled.settled_before)
        yield _rest(each.settled), _kr(abs(each.settled.rest))
        claim = _claim(each.claim, amount=each.settled.rest, is_host=each.is_host)
        yield _("Claim"), claim
    if each.paid:
        yield _("Paid of the a-konto"), _kr(each.paid)


def _claim(number: str, *, amount: Decimal, is_host: bool) -> str:
    """The number of the claim, or why there is none."""
    if number:
        return number
    if is_host:
        return _("posted by the host itself")
    return _("not claimed yet") if amount else NOTHING


def _rest(line: SettlementLine) -> str:
    return _("To get back") if line.rest < 0 else _("Rest to pay")


def shared_of(line: SettlementLine | PlanLine) -> Decimal:
    return line.settlement.net if isinstance(line, SettlementLine) else line.plan.amount


def _explained(each: PoolStatement) -> list[Explained]:
    """The kept line explained; named by the pool too, for a page has several of a municipality."""
    line = each.settled or each.plan
    if line is None or not line.steps:
        return []
    of = line.settlement if isinstance(line, SettlementLine) else line.plan
    found = explained(
        code=line.municipality.number,
        amount=line.amount,
        share=Fraction(line.share),
        steps=line.steps,
        terms=of.terms,
    )
    return [replace(found, code=each.pool.slug, name=f"{found.name}, {each.pool.name}")]


def _waits(settlement: Settlement) -> str:
    kind = (
        _("The final settlement waits for comments until %(day)s.")
        if settlement.kind == SettlementKind.FINAL
        else _("The preliminary settlement waits for comments until %(day)s.")
    )
    until = settlement.comments_until
    return kind % {"day": day(until) if until else NOTHING}


def _kr(amount: Decimal) -> str:
    return _("%(amount)s kr") % {"amount": kroner(amount)}
