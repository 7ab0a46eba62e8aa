"""A pool's keys, one key with its explanation, and the usage that keys share by."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from legevakt.lib.money import Unit
from legevakt.lib.periods import YEARS
from legevakt.lib.tables import FORMATS, download
from legevakt.lib.words import kroner
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.accounts.queries import budget_in_force, sums_of_budget
from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.keys import presenters, queries
from municipalities.costs.keys.addressed import answered_for, reader, visible_key
from municipalities.costs.keys.models import AllocationKey, KeyState, UsageMeasure
from municipalities.costs.keys.net import net_by
from municipalities.costs.keys.told import told
from municipalities.costs.pools.queries import visible_pool

MILLION = Decimal(1_000_000)


@require_safe
@login_required
def keys(request: HttpRequest, cooperation: str, pool: str) -> HttpResponse:
    """Every version of the pool's key."""
    seen = visible_pool(request, cooperation=cooperation, pool=pool)
    found = list(queries.keys_of(pool=seen.pool, user=reader(request)))
    for key in found:
        key.pool = seen.pool
    under_way = any(key.state in (KeyState.DRAFT, KeyState.SENT) for key in found)
    context = {
        "cooperation": seen.cooperation,
        "pool": seen.pool,
        "keys": [presenters.shown(key) for key in found],
        "may_draft": seen.may(Permission.MANAGE_COSTS) and not under_way,
    }
    return render(request, "municipalities/costs/keys/keys.html", context)


@require_safe
@login_required
def key(request: HttpRequest, cooperation: str, pool: str, number: int) -> HttpResponse:
    """One version: what it says, who has adopted it, and what each would pay by it."""
    seen = visible_key(request, cooperation=cooperation, pool=pool, number=number)
    year = _asked_year(request, seen.key)
    amount = _example_amount(seen.key, year)
    try:
        lines, problem = presenters.example(seen.key, year=year, amount=amount), ""
    except CannotAllocate as error:
        lines, problem = [], told(error, pool=seen.pool)
    context = {
        "cooperation": seen.cooperation,
        "pool": seen.pool,
        "key": seen.key,
        "shown": presenters.shown(seen.key),
        "facts": presenters.facts(seen.key),
        "decisions": presenters.adoption_rows(
            seen.key, queries.decided(seen.key), may=answered_for(request, seen)
        ),
        "year": year,
        "amount": kroner(amount),
        "lines": lines,
        "problem": problem,
        "may_manage": seen.may(Permission.MANAGE_COSTS),
    }
    return render(request, "municipalities/costs/keys/key.html", context)


def _asked_year(request: HttpRequest, key: AllocationKey) -> int:
    """The year in `?year=`, else the current one, within the key's own days."""
    asked = request.GET.get("year", "")
    is_year = asked.isdecimal() and len(asked) == 4 and int(asked) in YEARS
    year = int(asked) if is_year else timezone.now().year
    return max(year, key.valid_from.year)


def _example_amount(key: AllocationKey, year: int) -> Decimal:
    """What the key shares of the year's budget where there is one, else a million."""
    pool_year = key.pool.years.filter(year=year).first()
    budget = budget_in_force(pool_year) if pool_year else None
    if budget is None:
        return MILLION
    net = net_by(key, sums=sums_of_budget(budget), unit=Unit(key.pool.unit))
    return net if net > 0 else MILLION


@require_safe
@login_required
def usage(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Usage per municipality and year, in calls and in consultations."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COSTS)
    found = list(queries.usage_of(cooperation=visible.cooperation, user=reader(request)))
    tables = {
        measure: presenters.usage_table(
            [figure for figure in found if figure.measure == measure],
            caption=UsageMeasure(measure).label.capitalize(),
        )
        for measure in UsageMeasure.values
        if any(figure.measure == measure for figure in found)
    }
    if "format" in request.GET:
        return _file(tables, request, name=f"{cooperation}-usage")
    context = {
        "cooperation": visible.cooperation,
        "tables": tables,
        "sources": sorted({f"{figure.year}: {figure.source}" for figure in found}),
        "may_manage": visible.may(Permission.MANAGE_COSTS),
    }
    return render(request, "municipalities/costs/keys/usage.html", context)


def _file(tables: dict, request: HttpRequest, *, name: str) -> HttpResponse:
    measure, file_format = request.GET.get("measure", ""), request.GET["format"]
    if measure not in tables or file_format not in FORMATS:
        raise Http404
    return download(tables[measure], file_format=file_format, name=f"{name}-{measure}")
