"""All that the cooperation shares, together: what it cost, and what each municipality pays."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from legevakt.lib.tables import Table
from legevakt.lib.words import kroner
from municipalities.queries import Figure, Page
from reporting.annual_report.chapters.economy import shares, words
from reporting.annual_report.chapters.economy.amounts import (
    Cells,
    Facts,
    is_whole,
    net,
    percent_of,
    percent_shown,
    rows_of,
    shown,
    total,
    year_in,
)


def page(facts: Facts) -> Page:
    """The chapter's first page."""
    paid = shares.shares_of(facts)
    return Page(
        lead=_lead(facts),
        figures=_cards(facts, paid),
        charts=(shares.chart(facts, paid),) if paid else (),
        tables=(_pools(facts),) if len(facts["pools"]) > 1 else (),
        notes=tuple(_notes(facts)),
    )


def _lead(facts: Facts) -> str:
    """The year's net costs of all pools together, where they are known of each."""
    of_year = [year_in(pool, facts["year"]) for pool in facts["pools"]]
    if len(of_year) == 1:
        return words.costs(of_year[0], year=facts["year"])
    budget = total(net(each, "budget") for each in of_year)
    accounts = total(net(each, "accounts") for each in of_year)
    told = {"year": facts["year"], "budget": shown(budget)}
    if all(map(is_whole, of_year)) and budget is not None and accounts is not None:
        return words.against_budget(year=facts["year"], budget=budget, accounts=accounts)
    if budget is None:
        return _("Budget and accounts of %(year)s are not stored for all that is shared.") % told
    return (
        _("The budget of %(year)s is %(budget)s kr net. Not all accounts of the year are stored.")
        % told
    )


def _cards(facts: Facts, paid: list[shares.Share]) -> tuple[Figure, ...]:
    of_year = [year_in(pool, facts["year"]) for pool in facts["pools"]]
    budget = total(net(each, "budget") for each in of_year)
    accounts = total(net(each, "accounts") for each in of_year)
    cards = []
    if accounts is not None and all(map(is_whole, of_year)):
        cards.append(_net_card(facts, budget, accounts))
    each = shares.whole_per_inhabitant(paid) if all(map(words.is_final, of_year)) else None
    if each is not None:
        cards.append(Figure(label=_("Kroner per inhabitant"), value=kroner(each)))
    return tuple(cards)


def _net_card(facts: Facts, budget: Decimal | None, accounts: Decimal) -> Figure:
    deviation = None if budget is None else accounts - budget
    return Figure(
        label=_("Net costs of %(year)s") % {"year": facts["year"]},
        value=_("%(amount)s kr") % {"amount": kroner(accounts)},
        detail="" if budget is None else _("Budget: %(amount)s kr") % {"amount": kroner(budget)},
        state=_against(deviation),
        color="warning" if deviation and deviation > 0 else "",
    )


def _against(deviation: Decimal | None) -> str:
    if deviation is None:
        return ""
    told = {"amount": kroner(abs(deviation))}
    if deviation > 0:
        return _("%(amount)s kr above the budget") % told
    return _("%(amount)s kr below the budget") % told if deviation else _("as the budget")


def _pools(facts: Facts) -> Table:
    rows = [(pool["name"], year_in(pool, facts["year"])) for pool in facts["pools"]]
    budget = total(net(each, "budget") for _name, each in rows)
    are_whole = all(is_whole(each) for _name, each in rows)
    accounts = total(net(each, "accounts") for _name, each in rows) if are_whole else None
    return Table(
        caption=_("What the municipalities share, kroner net"),
        headings=(
            _("Pool"),
            _("Budget"),
            _("Accounts"),
            _("Deviation"),
            _("Deviation in per cent"),
            _("Settlement"),
        ),
        rows=rows_of(
            [
                *((name, *_pool_cells(each), words.settled(each)) for name, each in rows),
                (_("All"), *_sum_cells(budget, accounts), ""),
            ]
        ),
    )


def _pool_cells(of_year: Facts | None) -> Cells:
    budget = net(of_year, "budget")
    return _sum_cells(budget, net(of_year, "accounts") if is_whole(of_year) else None)


def _sum_cells(budget: Decimal | None, accounts: Decimal | None) -> Cells:
    """Budget, accounts of the whole year, and the deviation in kroner and per cent."""
    if budget is None or accounts is None:
        return budget, accounts, None, percent_shown(None)
    deviation = accounts - budget
    return budget, accounts, deviation, percent_shown(percent_of(deviation, budget))


def _notes(facts: Facts) -> list[str]:
    """How far each pool is settled, where there are several; the table above sums them all."""
    told = []
    for pool in facts["pools"]:
        of_year = year_in(pool, facts["year"])
        if not of_year or not of_year["municipalities"]:
            text = _("%(pool)s: nothing is shared out for %(year)s yet, so that the sums lack it.")
        elif not of_year["settlement"]:
            text = _("%(pool)s: the amounts are shares of the budget of %(year)s.")
        elif not words.is_final(of_year):
            text = _("%(pool)s: the settlement of %(year)s is not final. The amounts may change.")
        else:
            continue
        told.append(text % {"pool": pool["name"], "year": facts["year"]})
    return told
