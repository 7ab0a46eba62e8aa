"""Økonomi: the pools of a cooperation, and how far each year has come."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.periods import local_day
from municipalities import todo
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.hub import presenters, queries
from municipalities.costs.instalments import queries as instalments
from municipalities.costs.keys import queries as keys
from municipalities.costs.keys.presenters import shown as shown_key
from municipalities.costs.keys.queries import key_on
from municipalities.costs.pools.operations import year_of
from municipalities.costs.pools.queries import pools_of, shared_days, visible_pool
from municipalities.costs.settlements import queries as settlements

ROOMS = (keys.waiting_for, instalments.waiting_for, settlements.waiting_for)


@require_safe
@login_required
def economy(request: HttpRequest) -> HttpResponse:
    """To the reader's cooperation; the first by name, where there are several."""
    allowed = Cooperation.objects.where(request.user, Permission.VIEW_COSTS)
    found = allowed.order_by("name", "pk").first()
    if found is None:
        raise Http404
    return redirect("costs", cooperation=found.slug)


@require_safe
@login_required
def costs(request: HttpRequest, cooperation: str) -> HttpResponse:
    """What the reader's own municipality pays and what waits, and each pool with its years."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COSTS)
    today = local_day(timezone.now())
    pools = [
        {
            "pool": pool,
            "years": [
                presenters.shown_year(each, pool=pool)
                for each in queries.standings(pool, user=request.user)[:2]
            ],
        }
        for pool in pools_of(cooperation=visible.cooperation, user=request.user)
    ]
    context = {
        "cooperation": visible.cooperation,
        "pools": pools,
        "own": [
            presenters.own_card(each, cooperation=visible.cooperation)
            for each in queries.own_shares(
                cooperation=visible.cooperation, user=request.user, year=today.year
            )
        ],
        "waiting": [
            presenters.waiting(each)
            for each in todo.in_order(
                ROOMS, cooperation=visible.cooperation, user=request.user, today=today
            )
        ],
        "may_manage": visible.may(Permission.MANAGE_COSTS),
    }
    return render(request, "municipalities/costs/hub/costs.html", context)


@require_safe
@login_required
def pool(request: HttpRequest, cooperation: str, pool: str) -> HttpResponse:
    """One pool: its key, its years step by step, and who shares it."""
    seen = visible_pool(request, cooperation=cooperation, pool=pool)
    today = local_day(timezone.now())
    key = key_on(pool=seen.pool, day=today)
    if key is not None:
        key.pool = seen.pool
    standings = queries.standings(seen.pool, user=request.user)
    missing = queries.not_sharing(seen.pool, today=today)
    context = {
        "cooperation": seen.cooperation,
        "pool": seen.pool,
        "key": shown_key(key) if key else None,
        "years": [presenters.shown_year(each, pool=seen.pool) for each in standings],
        "next_year": _next_year(standings, today.year),
        "facts": presenters.facts(seen.pool),
        "members": [
            presenters.member_row(each, slug=cooperation)
            for each in queries.members_of(seen.pool, today=today)
        ],
        "missing": ", ".join(each.name for each in missing),
        "may_manage": seen.may(Permission.MANAGE_COSTS),
    }
    return render(request, "municipalities/costs/hub/pool.html", context)


def _next_year(standings: list[queries.YearStanding], this_year: int) -> int:
    """The year that can be begun next."""
    return max((each.year.year for each in standings), default=this_year - 1) + 1


@require_POST
@login_required
def pool_year_begin(request: HttpRequest, cooperation: str, pool: str) -> HttpResponse:
    """Begin a year of the pool, so that it can have a budget. Safe to repeat."""
    seen = visible_pool(
        request, cooperation=cooperation, pool=pool, permission=Permission.MANAGE_COSTS
    )
    asked = request.POST.get("year", "")
    if not (asked.isdecimal() and 1990 <= int(asked) <= 2200):
        raise Http404
    starts, ends = shared_days(pool=seen.pool, year=int(asked))
    if ends <= starts:
        raise Http404
    made = year_of(pool=seen.pool, year=int(asked))
    return redirect("budget", cooperation=cooperation, pool=pool, year=made.year)
