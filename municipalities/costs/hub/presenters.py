"""A pool and its years as the front page of Økonomi and the pool's own page show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legevakt.lib.words import day, kroner, number
from municipalities.cooperations.models import Cooperation
from municipalities.costs.accounts.models import BudgetState
from municipalities.costs.hub.queries import OwnShare, YearStanding
from municipalities.costs.instalments.models import PlanState
from municipalities.costs.pools.models import Pool, PoolMember
from municipalities.costs.settlements.models import SettlementKind, SettlementState
from municipalities.todo import Todo


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a year: budget, a-konto, accounts, settlement, claims."""

    label: str
    state: str
    color: str
    url: str


@dataclass(frozen=True, kw_only=True)
class ShownYear:
    """A year with its steps, and in a sentence what comes next and where it is done."""

    year: int
    steps: tuple[Step, ...]
    next: str
    next_url: str


def own_card(share: OwnShare, *, cooperation: Cooperation) -> dict[str, str]:
    """A figure card: what one municipality pays this year, and the way to why."""
    name, year = share.municipality.name, share.year
    of = ngettext("a-konto for %(count)s pool", "a-konto for %(count)s pools", share.pools)
    return {
        "label": _("%(municipality)s pays in %(year)s") % {"municipality": name, "year": year},
        "value": _("%(amount)s kr") % {"amount": kroner(share.amount)} if share.pools else "",
        "detail": of % {"count": number(share.pools)},
        "url": reverse("statement", args=[cooperation.slug, share.municipality.number, year]),
        "link_label": _("How it is made up"),
    }


def shown_year(standing: YearStanding, *, pool: Pool) -> ShownYear:
    """The year's steps in the order in which they are taken."""
    steps = (
        _budget(standing, pool),
        _plan(standing, pool),
        _accounts(standing, pool),
        _settlement(standing, pool),
    )
    what, address = _next(standing)
    url = (
        reverse("claims", args=[pool.cooperation.slug])
        if address == "claims"
        else _url(address, standing, pool)
    )
    return ShownYear(year=standing.year.year, steps=steps, next=what, next_url=url)


def waiting(each: Todo) -> dict[str, str]:
    """What waits for the reader, and by when."""
    due = _("by %(day)s") % {"day": day(each.due_date)} if each.due_date else ""
    return {"text": each.text, "url": each.url, "due": due}


def _url(name: str, standing: YearStanding, pool: Pool) -> str:
    return reverse(name, args=[pool.cooperation.slug, pool.slug, standing.year.year])


def _budget(standing: YearStanding, pool: Pool) -> Step:
    budget, state, color = standing.budget, _("not made"), "neutral"
    if budget:
        is_adopted = budget.state == BudgetState.ADOPTED
        state = _("adopted") if is_adopted else _("draft")
        color = "success" if is_adopted else "warning"
    return Step(label=_("Budget"), state=state, color=color, url=_url("budget", standing, pool))


def _plan(standing: YearStanding, pool: Pool) -> Step:
    plan, state, color = standing.plan, _("not made"), "neutral"
    if plan:
        is_approved = plan.state == PlanState.APPROVED
        state = _("approved") if is_approved else _("draft")
        color = "success" if is_approved else "warning"
        state = _("%(amount)s kr, %(state)s") % {"amount": kroner(plan.amount), "state": state}
    return Step(
        label=_("A-konto"), state=state, color=color, url=_url("instalments", standing, pool)
    )


def _accounts(standing: YearStanding, pool: Pool) -> Step:
    accounts, state, color = standing.accounts, _("not imported"), "neutral"
    if accounts:
        state = _("up to and with month %(month)s") % {"month": accounts.up_to_month}
        color = "warning"
    if standing.year.is_closed:
        state, color = _("closed for the year"), "success"
    return Step(
        label=_("Accounts"), state=state, color=color, url=_url("cost_report", standing, pool)
    )


def _settlement(standing: YearStanding, pool: Pool) -> Step:
    found, state, color = standing.settlement, _("not made"), "neutral"
    if found:
        colors = {SettlementState.APPROVED: "success", SettlementState.SENT: "warning"}
        state = f"{found.get_kind_display()}, {found.get_state_display()}"
        color = colors.get(SettlementState(found.state), "neutral")
    return Step(
        label=_("Settlement"), state=state, color=color, url=_url("settlements", standing, pool)
    )


def _next(standing: YearStanding) -> tuple[str, str]:
    """What comes next, and the name of the page where it is done."""
    if not standing.budget or standing.budget.state != BudgetState.ADOPTED:
        return _("Next: write the budget and have it adopted."), "budget"
    if not standing.plan or standing.plan.state != PlanState.APPROVED:
        return _("Next: make the instalments, and have them approved."), "instalments"
    if not standing.accounts:
        return _("Next: import the accounts of the first tertial."), "accounts"
    if not standing.year.is_closed:
        return _("Next: import the accounts of the whole year, and close it."), "accounts"
    settlement = standing.settlement
    if settlement is None or settlement.kind != SettlementKind.FINAL:
        return _("Next: make the final settlement."), "settlements"
    if settlement.state != SettlementState.APPROVED:
        waits = _("Next: the partners verify the settlement, and the host's director approves it.")
        return waits, "settlements"
    return _("The year is settled. What is left is to claim it."), "claims"


def facts(pool: Pool) -> list[tuple[str, str]]:
    """What is said of a pool."""
    until = _(" until %(day)s") % {"day": day(pool.ends_date)} if pool.ends_date else ""
    pairs = [
        (_("Kind"), pool.get_kind_display()),
        (_("Shared"), _("from %(day)s") % {"day": day(pool.starts_date)} + until),
        (_("Shared out in"), pool.get_unit_display()),
        (_("Who joins or leaves within the year pays"), pool.get_proration_display()),
        (_("Instalments a year"), str(pool.instalments_a_year)),
        (_("Deficit or surplus"), pool.get_deviation_rule_display()),
    ]
    if pool.is_bilateral:
        pairs.append((_("Seen by"), _("its own municipalities and the host")))
    return pairs


def member_row(member: PoolMember, *, slug: str) -> dict:
    """A municipality that shares, with its days and whom it carries over."""
    names = [each.municipality.name for each in member.predecessors.all()]
    arguments = [slug, member.pool.slug, member.pk]
    return {
        "name": member.municipality.name,
        "area": member.area,
        "from": day(member.joined_date),
        "until": day(member.left_date) if member.left_date else "–",
        "carries": ", ".join(names) or "–",
        "url": reverse("pool_member", args=arguments),
        "area_url": reverse("area_population", args=arguments) if member.area else "",
    }
