"""A year's budget, accounts and report as their pages and files show them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from legevakt.lib.charts import load_spec, localise, with_data
from legevakt.lib.tables import Cell, Row, Table
from legevakt.lib.words import kroner, percent
from municipalities.costs.accounts.models import Treatment
from municipalities.costs.accounts.queries import Sums
from municipalities.costs.accounts.reports import Report
from municipalities.costs.accounts.tertials import NET, NOUGHT, Figures
from municipalities.costs.accounts.words import art_name

CHART = Path(__file__).parent / "report.vl.json"


def sums_pairs(sums: Sums) -> list[tuple[str, str]]:
    """Gross, own revenue and net, and what the partners pay."""
    pairs = [
        (_("Wages"), sums.wages),
        (_("Running costs"), sums.running),
        (_("Rent and capital costs"), sums.capital),
        (_("Gross"), sums.gross),
        (_("Own revenue"), sums.own_revenue),
        (_("Net"), sums.net),
        (_("Payment from the partners"), sums.from_partners),
    ]
    return [(label, _("%(amount)s kr") % {"amount": kroner(amount)}) for label, amount in pairs]


def by_treatment(report: Report) -> Table:
    """What is shared, by how it counts, and the net."""
    rows = [_figures_row(_label(name), report.by_treatment[name]) for name in NET]
    rows.append(_figures_row(_("Net"), report.net))
    return Table(
        caption=_("Budget, accounts and forecast, kroner"),
        headings=_headings(_("Of")),
        rows=tuple(rows),
    )


def by_art(report: Report, *, chosen: Mapping[str, str]) -> Table:
    """The same by art, also of what is not shared."""
    return Table(
        caption=_("By art, kroner"),
        headings=(_("Art"), _("Counts as"), *_headings("")[1:]),
        rows=tuple(
            Row(
                (
                    art_name(art, chosen=chosen),
                    str(Treatment(treatment).label),
                    *_cells(found),
                )
            )
            for (treatment, art), found in report.by_art.items()
        ),
    )


def shown(table: Table) -> list[list[str]]:
    """Rows with kroner and percent as people read them; files keep plain numbers."""
    last = len(table.headings)
    is_percent = last - 3
    return [
        [
            cell
            if isinstance(cell, str)
            else percent(Decimal(cell))
            if at == is_percent
            else kroner(Decimal(cell))
            for at, cell in enumerate(row.cells)
        ]
        for row in table.rows
    ]


def chart(report: Report) -> dict[str, Any]:
    """Accounts beside the budget so far."""
    texts = {"accounts": _("accounts so far"), "budget": _("budget so far"), "amount": _("kroner")}
    places = [*((_label(name), report.by_treatment[name]) for name in NET), (_("Net"), report.net)]
    amounts = [
        {"name": name, "place": place, "part": part, "order": order, "amount": float(amount)}
        for place, (name, found) in enumerate(places)
        for order, (part, amount) in enumerate(
            ((texts["accounts"], found.accounts), (texts["budget"], found.budget_so_far))
        )
    ]
    language = get_language() or "nn"
    spec = localise(
        load_spec(CHART), texts=texts, language=language if language in ("nn", "nb") else "en"
    )
    return with_data(spec, data={"amounts": amounts})


def told(report: Report) -> str:
    """The report in two sentences."""
    so_far, year = report.net.deviation, report.net.forecast_deviation
    facts = {"months": report.up_to, "amount": kroner(abs(so_far))}
    first = _("The net is as budgeted after %(months)s months.") % facts
    if so_far > NOUGHT:
        first = _("After %(months)s months the net is %(amount)s kr above the budget.") % facts
    elif so_far < NOUGHT:
        first = _("After %(months)s months the net is %(amount)s kr below the budget.") % facts
    facts = {"net": kroner(report.net.forecast), "amount": kroner(abs(year))}
    second = _("The year is expected to end at %(net)s kr, as budgeted.") % facts
    if year > NOUGHT:
        second = (
            _("The year is expected to end at %(net)s kr, %(amount)s kr above the budget.") % facts
        )
    elif year < NOUGHT:
        second = (
            _("The year is expected to end at %(net)s kr, %(amount)s kr below the budget.") % facts
        )
    return f"{first} {second}"


def comments(report: Report) -> list[tuple[str, str]]:
    """Why the controller expects another amount, by what it is of."""
    return [(_label(name), each.comment) for name, each in report.forecasts.items()]


def _label(treatment: str) -> str:
    return {
        Treatment.WAGES: _("Wages"),
        Treatment.RUNNING: _("Running costs"),
        Treatment.CAPITAL: _("Rent and capital costs"),
        Treatment.OWN_REVENUE: _("Own revenue"),
    }[Treatment(treatment)]


def _headings(first: str) -> tuple[str, ...]:
    return (
        first,
        _("Budget for the year"),
        _("Budget so far"),
        _("Accounts so far"),
        _("Deviation"),
        _("Deviation in per cent"),
        _("Forecast for the year"),
        _("Forecast less budget"),
    )


def _figures_row(name: str, found: Figures) -> Row:
    return Row((name, *_cells(found)))


def _cells(found: Figures) -> tuple[Cell, ...]:
    share = found.deviation_percent
    return (
        found.budget,
        found.budget_so_far,
        found.accounts,
        found.deviation,
        "–" if share is None else share,
        found.forecast,
        found.forecast_deviation,
    )
