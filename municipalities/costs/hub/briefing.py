"""Economy, a topic of the minimum agenda: budget, accounts, forecast and settlement of each pool.

Of the pools that all share; with a partner, what that one pays of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from legevakt.lib.periods import DAY
from legevakt.lib.tables import Row, Table
from legevakt.lib.words import kroner
from municipalities.costs.accounts.queries import accounts_in_force
from municipalities.costs.accounts.reports import report_of
from municipalities.costs.instalments.models import Payment, PlanLine, PlanState
from municipalities.costs.pools.models import Pool, PoolYear
from municipalities.costs.settlements.models import (
    Settlement,
    SettlementKind,
    SettlementLine,
    SettlementState,
)
from municipalities.meetings.topics.prepared import (
    Asked,
    Facts,
    Figure,
    Page,
    PreparedTopic,
)
from municipalities.register.models import Municipality

NOUGHT = Decimal(0)
WHOLE_YEAR = 12


def facts(asked: Asked) -> dict[str, Any]:
    """Each pool's year as it stands, in kroner as text; the year is that of the last day."""
    year = (asked.until - DAY).year
    years = PoolYear.objects.filter(
        year__in=(year - 1, year),
        pool__in=Pool.objects.filter(cooperation=asked.cooperation, is_bilateral=False),
    ).select_related("pool__cooperation")
    return {
        "year": year,
        "cooperation": asked.cooperation.slug,
        "partner": asked.partner.name if asked.partner else "",
        "pools": [_pool(each) for each in years.order_by("pool__name", "-year")],
        "shares": _shares(asked.partner, years=years) if asked.partner else [],
    }


def page(facts: Facts) -> Page:
    """How the year goes against the budget, and what is settled."""
    of_year = [each for each in facts["pools"] if each["year"] == facts["year"]]
    return Page(
        lead=_lead(facts, of_year),
        figures=tuple(_figure(each) for each in of_year if each["forecast"]),
        tables=tuple(filter(_has_rows, (_pools(facts["pools"]), _own(facts)))),
        notes=tuple(_notes(of_year)),
        url=reverse("costs", args=[facts["cooperation"]]),
        link_label=_("To the economy"),
    )


def _pool(year: PoolYear) -> dict[str, Any]:
    """As the accounts' report has it, up to the month that they tell of. At most nine queries."""
    latest = accounts_in_force(year)
    report = report_of(pool_year=year, up_to=latest.up_to_month if latest else WHOLE_YEAR)
    settled = (
        Settlement.objects.filter(pool_year=year, sent_at__isnull=False)
        .exclude(state=SettlementState.DROPPED)
        .order_by("-number")
        .first()
    )
    return {
        "name": year.pool.name,
        "year": year.year,
        "budget": str(report.net.budget) if report.budget else None,
        "accounts": str(report.net.accounts) if report.accounts else None,
        "up_to_month": latest.up_to_month if latest else None,
        "forecast": str(report.net.forecast) if report.is_complete else None,
        "is_overspent": report.is_overspent,
        "settlement": {"kind": settled.kind, "state": settled.state, "net": str(settled.net)}
        if settled
        else None,
    }


def _shares(partner: Municipality, *, years: QuerySet[PoolYear]) -> list[dict[str, Any]]:
    """What the partner pays of each pool, as its statement has it.

    A-konto, what is paid of it, and share and rest by the last approved settlement.
    """
    own = {"municipality__number": partner.number}
    plans = PlanLine.objects.filter(
        plan__state=PlanState.APPROVED, plan__pool_year__in=years, **own
    ).values_list("plan__pool_year")
    planned = dict(plans.annotate(total=Sum("amount")).order_by())
    payments = Payment.objects.filter(pool_year__in=years, **own).values_list("pool_year")
    paid = dict(payments.annotate(total=Sum("amount")).order_by())
    lines = SettlementLine.objects.filter(
        settlement__state=SettlementState.APPROVED, settlement__pool_year__in=years, **own
    ).order_by("settlement__number")
    settled = {each.settlement.pool_year_id: each for each in lines.select_related("settlement")}
    return [
        {
            "name": year.pool.name,
            "year": year.year,
            "a_konto": _told(planned.get(year.pk)),
            "paid": _told(paid.get(year.pk, NOUGHT)),
            "share": str(settled[year.pk].amount) if year.pk in settled else None,
            "rest": str(settled[year.pk].rest) if year.pk in settled else None,
        }
        for year in years.order_by("pool__name", "-year")
        if year.pk in planned or year.pk in settled
    ]


def _told(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _figure(pool: Mapping[str, Any]) -> Figure:
    """What the pool's year is expected to end at, against its budget."""
    forecast, budget = Decimal(pool["forecast"]), Decimal(pool["budget"])
    is_overspent = pool.get("is_overspent", False)
    told = {"amount": kroner(abs(forecast - budget))}
    if forecast > budget:
        state = _("%(amount)s kr above the budget") % told
    elif forecast < budget:
        state = _("%(amount)s kr below the budget") % told
    else:
        state = _("as the budget")
    return Figure(
        label=_("%(pool)s, expected for %(year)s") % {"pool": pool["name"], "year": pool["year"]},
        value=_("%(amount)s kr") % {"amount": kroner(forecast)},
        detail=_("Budget: %(amount)s kr") % {"amount": kroner(budget)},
        state=state,
        color="danger" if is_overspent else "warning" if forecast > budget else "success",
    )


def _lead(facts: Facts, of_year: list[Mapping[str, Any]]) -> str:
    year = {"year": facts["year"]}
    budget = sum((Decimal(each["budget"]) for each in of_year if each["budget"]), NOUGHT)
    if not budget:
        return _("No budget of %(year)s is stored.") % year
    told = year | {"budget": kroner(budget)}
    known = [each for each in of_year if each["accounts"]]
    if not known:
        return _("The budget of %(year)s is %(budget)s kr net. No accounts are stored yet.") % told
    spent = sum((Decimal(each["accounts"]) for each in known), NOUGHT)
    return _("Of a budget of %(budget)s kr net in %(year)s, %(spent)s kr is spent so far.") % (
        told | {"spent": kroner(spent)}
    )


def _pools(pools: list[Mapping[str, Any]]) -> Table:
    return Table(
        caption=_("Budget, accounts and settlement, kroner net"),
        headings=(
            _("Pool"),
            _("Year"),
            _("Budget"),
            _("Accounts"),
            _("Up to and with month"),
            _("Expected for the year"),
            _("Settlement"),
        ),
        rows=tuple(
            Row(
                (
                    each["name"],
                    str(each["year"]),
                    _amount(each["budget"]),
                    _amount(each["accounts"]),
                    str(each["up_to_month"] or "–"),
                    _amount(each["forecast"]),
                    _settlement(each["settlement"]),
                )
            )
            for each in pools
        ),
    )


def _own(facts: Facts) -> Table:
    return Table(
        caption=_("What %(municipality)s pays, kroner") % {"municipality": facts["partner"]},
        headings=(
            _("Pool"),
            _("Year"),
            _("A-konto"),
            _("Paid"),
            _("Share by the settlement"),
            _("Rest"),
        ),
        rows=tuple(
            Row(
                (
                    each["name"],
                    str(each["year"]),
                    _amount(each["a_konto"]),
                    _amount(each.get("paid")),
                    _amount(each["share"]),
                    _amount(each["rest"]),
                )
            )
            for each in facts["shares"]
        ),
    )


def _amount(text: str | None) -> str:
    return "–" if text is None else kroner(Decimal(text))


def _settlement(settled: Mapping[str, Any] | None) -> str:
    if settled is None:
        return pgettext("settlement", "none")
    told = f"{SettlementKind(settled['kind']).label}: {SettlementState(settled['state']).label}"
    return f"{told} ({kroner(Decimal(settled['net']))})"


def _notes(of_year: list[Mapping[str, Any]]) -> list[str]:
    return [
        _("%(pool)s: no accounts of the year are stored.") % {"pool": each["name"]}
        for each in of_year
        if not each["accounts"]
    ]


def _has_rows(table: Table) -> bool:
    return bool(table.rows)


TOPIC = PreparedTopic(
    code="economy",
    title=gettext_lazy("Economy"),
    covers=("Economy: current reporting, annual accounts, budget",),
    facts=facts,
    page=page,
)
