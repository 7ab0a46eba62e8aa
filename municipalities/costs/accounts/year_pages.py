"""What the pages of a pool's year have in common: where they lie, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from municipalities.access.rules import Permission
from municipalities.costs.accounts.words import REFUSALS, told
from municipalities.costs.form_pages import form_page
from municipalities.costs.pools.models import PoolYear
from municipalities.costs.pools.queries import VisiblePool, visible_year


def managed_year(
    request: HttpRequest, cooperation: str, pool: str, year: int
) -> tuple[VisiblePool, PoolYear]:
    """The year, for the controller; else 404."""
    return visible_year(
        request,
        cooperation=cooperation,
        pool=pool,
        year=year,
        permission=Permission.MANAGE_COSTS,
    )


def address(name: str, pool_year: PoolYear, *more: object) -> str:
    pool = pool_year.pool
    return reverse(name, args=[pool.cooperation.slug, pool.slug, pool_year.year, *more])


def place(seen: VisiblePool, pool_year: PoolYear) -> dict[str, Any]:
    """The context of every page of a year."""
    pool_url = reverse("pool", args=[seen.cooperation.slug, seen.pool.slug])
    return {
        "cooperation": seen.cooperation,
        "pool": seen.pool,
        "pool_year": pool_year,
        "list_label": f"{seen.pool.name} {pool_year.year}",
        "list_url": pool_url,
        "may_manage": seen.may(Permission.MANAGE_COSTS),
        "may_view_all": seen.may(Permission.VIEW_ALL_COSTS),
    }


def year_form(
    request: HttpRequest,
    seen: VisiblePool,
    pool_year: PoolYear,
    *,
    form: forms.Form,
    run: Callable[[], object],
    back: str,
    **said: Any,
) -> HttpResponse:
    """The page of a form about the year; afterwards `back`, or where `run` says by an address."""

    def on() -> str | None:
        target = run()
        return target if isinstance(target, str) else None

    return form_page(
        request,
        cooperation=seen.cooperation,
        form=form,
        run=on,
        told=told,
        refusals=REFUSALS,
        back=address(back, pool_year),
        list_label=f"{seen.pool.name} {pool_year.year}",
        list_url=reverse("pool", args=[seen.cooperation.slug, seen.pool.slug]),
        **said,
    )
