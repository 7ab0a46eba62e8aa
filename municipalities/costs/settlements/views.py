"""The settlements of a pool's year, and one of them with why each pays what it pays."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from legevakt.lib.words import kroner, moment
from municipalities.access.rules import Permission
from municipalities.costs.accounts.queries import accounts_in_force
from municipalities.costs.keys.addressed import reader
from municipalities.costs.pools.queries import visible_year
from municipalities.costs.settlements import presenters, queries
from municipalities.costs.settlements.addressed import (
    VisibleSettlement,
    answered_for,
    visible_settlement,
)
from municipalities.costs.settlements.models import SettlementComment, SettlementState
from municipalities.costs.settlements.queries import Said
from municipalities.costs.tables import asked_file, labelled


@require_safe
@login_required
def settlements(request: HttpRequest, cooperation: str, pool: str, year: int) -> HttpResponse:
    """Every settlement of the year."""
    seen, pool_year = visible_year(request, cooperation=cooperation, pool=pool, year=year)
    found = list(queries.settlements_of(pool_year=pool_year, user=reader(request)))
    for each in found:
        each.pool_year = pool_year
    is_sent = any(each.state == SettlementState.SENT for each in found)
    context = {
        "cooperation": seen.cooperation,
        "pool": seen.pool,
        "year": year,
        "settlements": [presenters.listed(each) for each in found],
        "has_accounts": accounts_in_force(pool_year) is not None,
        "may_prepare": seen.may(Permission.MANAGE_COSTS) and not is_sent,
    }
    return render(request, "municipalities/costs/settlements/settlements.html", context)


@require_safe
@login_required
def settlement(
    request: HttpRequest, cooperation: str, pool: str, year: int, number: int
) -> HttpResponse:
    """One settlement: what is shared, what each pays and has left, and who has verified it."""
    seen = visible_settlement(request, cooperation=cooperation, pool=pool, year=year, number=number)
    found = seen.settlement
    lines = queries.lines_of(found)
    may = answered_for(request, seen)
    said = [_said(each, seen, may=may) for each in queries.said_of(found, lines=lines)]
    table = presenters.lines_table(found, lines)
    if "format" in request.GET:
        return asked_file(request, table, name=f"{pool}-{year}-settlement-{number}")
    context = {
        "cooperation": seen.cooperation,
        "pool": seen.pool,
        "year": year,
        "settlement": found,
        "title": presenters.name_of(found),
        "color": presenters.COLORS[SettlementState(found.state)],
        "facts": presenters.facts(found),
        "way": presenters.way_to_net(found),
        "net": kroner(found.net),
        "table": table,
        "rows": labelled(table),
        "check": presenters.check_290(found),
        "explained": presenters.explanations(found, lines),
        "said": said,
        "silent": ", ".join(each["name"] for each in said if not each["comments"]),
        "may_manage": seen.may(Permission.MANAGE_COSTS),
        "may_approve": seen.may(Permission.APPROVE_COSTS),
        **_corrections(request, seen, lines),
    }
    return render(request, "municipalities/costs/settlements/settlement.html", context)


def _said(each: Said, seen: VisibleSettlement, *, may: set[int]) -> dict:
    """What a municipality has said, the latest first, and where the reader may say it."""
    found = seen.settlement
    can = found.state == SettlementState.SENT and each.municipality.pk in may
    return {
        "name": each.municipality.name,
        "comments": [
            {"is_accepted": c.is_accepted, "text": c.text, "when": _when(c)} for c in each.comments
        ],
        "url": _comment_url(found, each.municipality.number) if can else "",
    }


def _when(comment: SettlementComment) -> str:
    at = moment(comment.written_at)
    return f"{at}, {comment.written_by.name}" if comment.written_by else at


def _comment_url(settlement, municipality: str) -> str:
    year = settlement.pool_year
    slugs = [year.pool.cooperation.slug, year.pool.slug]
    return reverse("settlement_comment", args=[*slugs, year.year, settlement.number, municipality])


def _corrections(request: HttpRequest, seen: VisibleSettlement, lines) -> dict:
    """What the settlement corrects, by how much, and what corrects it."""
    found = seen.settlement
    later = queries.settlements_of(pool_year=found.pool_year, user=reader(request))
    by = [each for each in later if each.corrects_id == found.pk and each.state != "dropped"]
    for each in [*by, *([found.corrects] if found.corrects else [])]:
        each.pool_year = found.pool_year
    context: dict = {"corrected_by": [presenters.listed(each) for each in by]}
    if found.corrects:
        table = presenters.difference_table(queries.lines_of(found.corrects), lines)
        context |= {"corrects": presenters.listed(found.corrects), "difference": table}
        context["difference_rows"] = labelled(table)
    return context
