"""The steps of a pool: made, changed, and who shares it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.access.rules import Permission
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.form_pages import form_page
from municipalities.costs.pools import operations
from municipalities.costs.pools.forms import AreaPopulationForm, MemberForm, PoolForm
from municipalities.costs.pools.models import AreaPopulation, PoolMember
from municipalities.costs.pools.queries import VisiblePool, visible_pool
from municipalities.costs.pools.words import REFUSALS, told


@login_required
def pool_new(request: HttpRequest, cooperation: str) -> HttpResponse:
    """A new pool, shared by all that take part."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.MANAGE_COSTS)
    form = PoolForm(request.POST or None, cooperation=visible.cooperation)

    def run() -> str:
        made = operations.open_pool(cooperation=visible.cooperation, **form.cleaned_data)
        return reverse("pool", args=[cooperation, made.slug])

    return form_page(
        request,
        cooperation=visible.cooperation,
        form=form,
        run=run,
        told=told,
        refusals=REFUSALS,
        done=_("The pool is made. Now it needs a key."),
        back=reverse("costs", args=[cooperation]),
        title=_("A new pool"),
        lead=_("A pool is costs that are shared by a key of their own: legevakt, LVS, daytime."),
        submit_label=_("Make the pool"),
    )


@login_required
def pool_change(request: HttpRequest, cooperation: str, pool: str) -> HttpResponse:
    """What is said of a pool."""
    seen = _managed(request, cooperation, pool)
    form = PoolForm(request.POST or None, cooperation=seen.cooperation, instance=seen.pool)
    return _page(
        request,
        seen,
        form=form,
        run=form.save,
        done=_("The pool is changed."),
        title=_("Change the pool"),
        submit_label=_("Save"),
    )


@login_required
def pool_member_new(request: HttpRequest, cooperation: str, pool: str) -> HttpResponse:
    """A municipality begins to share."""
    seen = _managed(request, cooperation, pool)
    form = MemberForm(request.POST or None, pool=seen.pool)
    return _page(
        request,
        seen,
        form=form,
        run=form.save,
        done=_("The municipality shares the pool."),
        title=_("A municipality that shares"),
        lead=_("Only municipalities that take part in the cooperation can be chosen."),
        submit_label=_("Save"),
    )


@login_required
def pool_member(request: HttpRequest, cooperation: str, pool: str, pk: int) -> HttpResponse:
    """From when until when a municipality shares."""
    seen = _managed(request, cooperation, pool)
    member = get_object_or_404(
        PoolMember.objects.select_related("municipality"), pool=seen.pool, pk=pk
    )
    form = MemberForm(request.POST or None, pool=seen.pool, instance=member)
    return _page(
        request,
        seen,
        form=form,
        run=form.save,
        done=_("It is saved."),
        title=_("When %(municipality)s shares") % {"municipality": member.municipality.name},
        lead=_("What is settled already is not changed by it."),
        submit_label=_("Save"),
    )


@login_required
def area_population(request: HttpRequest, cooperation: str, pool: str, pk: int) -> HttpResponse:
    """Inhabitants of the part of a municipality that shares; once for each 1 January."""
    seen = _managed(request, cooperation, pool)
    member = get_object_or_404(
        PoolMember.objects.select_related("municipality"), pool=seen.pool, pk=pk
    )
    form = AreaPopulationForm(request.POST or None)
    return _page(
        request,
        seen,
        form=form,
        run=lambda: AreaPopulation.objects.create(member=member, **form.cleaned_data),
        done=_("The inhabitants are saved."),
        title=_("Inhabitants of %(area)s") % {"area": member.area or member.municipality.name},
        submit_label=_("Save"),
    )


def _managed(request: HttpRequest, cooperation: str, pool: str) -> VisiblePool:
    return visible_pool(
        request, cooperation=cooperation, pool=pool, permission=Permission.MANAGE_COSTS
    )


def _page(request: HttpRequest, seen: VisiblePool, *, run, **told_so) -> HttpResponse:
    """A form about the pool, back on the pool's page afterwards."""

    def and_back() -> None:
        run()

    address = reverse("pool", args=[seen.cooperation.slug, seen.pool.slug])
    return form_page(
        request,
        cooperation=seen.cooperation,
        run=and_back,
        told=told,
        refusals=REFUSALS,
        back=address,
        list_label=seen.pool.name,
        list_url=address,
        **told_so,
    )
