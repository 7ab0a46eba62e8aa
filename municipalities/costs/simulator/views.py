"""The simulator: asked by the address, so that it can be shared; and saved under a name."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from legevakt.lib.tables import FORMATS, download
from municipalities.access.rules import Permission
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.allocation.errors import CannotAllocate
from municipalities.costs.keys.told import told
from municipalities.costs.pools.models import Pool
from municipalities.costs.pools.queries import pools_of
from municipalities.costs.simulator import presenters
from municipalities.costs.simulator.forms import SaveForm, SimulationForm
from municipalities.costs.simulator.models import SavedSimulation
from municipalities.costs.simulator.simulating import Asked, simulated


@require_safe
@login_required
def simulator(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Any key on any year's figures, beside the one that holds."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COSTS)
    pools = pools_of(cooperation=visible.cooperation, user=request.user)
    form = SimulationForm(_asked(request, pools), pools=pools)
    context = {
        "cooperation": visible.cooperation,
        "form": form,
        "has_pools": bool(pools),
        "save_form": SaveForm(),
        "address": request.GET.urlencode(),
        "saved": SavedSimulation.objects.visible_to(request.user)
        .filter(pool__cooperation=visible.cooperation)
        .order_by("-saved_at", "pk")[:20],
    }
    if pools and form.is_valid():
        shown = _shown(form)
        if "format" in request.GET:
            return _file(shown, request.GET["format"], name=f"{cooperation}-simulation")
        context |= shown
    status = 422 if form.errors else 200
    return render(request, "municipalities/costs/simulator/simulator.html", context, status=status)


def _asked(request: HttpRequest, pools: list[Pool]):
    """The address; where it asks for nothing, the first pool this year beside 50/50."""
    if request.GET.get("pool") or not pools:
        return request.GET
    first = {"pool": pools[0].slug, "year": timezone.now().year, "population_date": 0}
    return first | {"equal_a": "50", "population_a": "50"}


def _shown(form: SimulationForm) -> dict:
    told_so = form.cleaned_data
    asked = Asked(
        pool=form.chosen_pool,
        year=told_so["year"],
        amount=told_so["amount"],
        population_date=told_so["population_date"],
        usage_measure=told_so["usage_measure"],
        floor=told_so["floor"],
        cap=told_so["cap"],
        tried=form.tried,
    )
    try:
        found = simulated(asked)
    except CannotAllocate as error:
        return {"problem": told(error, pool=asked.pool)}
    return {
        "found": found,
        "legend": presenters.legend(found, form),
        "kroner": presenters.kroner_table(found),
        "each": presenters.per_inhabitant_table(found),
        "glance": presenters.glance_table(found),
        "chart": presenters.chart(found.comparison),
        "summary": presenters.summary(found),
    }


def _file(shown: dict, file_format: str, *, name: str) -> HttpResponse:
    if "kroner" not in shown or file_format not in FORMATS:
        raise Http404
    return download(shown["kroner"], file_format=file_format, name=name)


@require_POST
@login_required
def simulation_save(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Keep what the address asks for under a name; everybody who sees the pool can open it."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COSTS)
    pools = pools_of(cooperation=visible.cooperation, user=request.user)
    form = SimulationForm(request.GET, pools=pools)
    name = SaveForm(request.POST)
    if not form.is_valid() or not name.is_valid():
        return redirect(f"{reverse('simulator', args=[cooperation])}?{request.GET.urlencode()}")
    saved = SavedSimulation.objects.create(
        pool=form.chosen_pool,
        name=name.cleaned_data["name"],
        asked={key: value for key, value in request.GET.items() if key in form.fields},
        saved_at=timezone.now(),
        saved_by=request.user,
    )
    return redirect("simulation", cooperation=cooperation, token=saved.token)


@require_safe
@login_required
def simulation(request: HttpRequest, cooperation: str, token) -> HttpResponse:
    """A saved simulation, tried on today's figures."""
    visible = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COSTS)
    seen = SavedSimulation.objects.visible_to(request.user)
    found = get_object_or_404(seen, token=token, pool__cooperation=visible.cooperation)
    return redirect(f"{reverse('simulator', args=[cooperation])}?{urlencode(found.asked)}")
