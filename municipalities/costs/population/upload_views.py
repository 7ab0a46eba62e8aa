"""A file with inhabitants: looked at, and then stored for those who take part."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from legevakt.lib.periods import local_day
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.population.forms import ConfirmForm, PopulationFileForm
from municipalities.costs.population.preview import Looked, looked_at, packed, preview, unpacked
from municipalities.costs.population.queries import municipalities_of
from municipalities.costs.population.views import MANAGE
from municipalities.register import operations, population_files
from municipalities.register.figures import UnreadablePopulation
from municipalities.register.models import FigureStatus
from municipalities.register.planning import PopulationPlan, planned
from municipalities.register.words import of_file

CONFIRMED_WITHIN_SECONDS = 3600
CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def population_upload(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Take a file and show what storing it would do. Nothing is stored here."""
    found = _managed(request, cooperation)
    form = PopulationFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        status = FigureStatus(told["status"])
        try:
            read = population_files.read(told["file"].read(), counted_date=told["counted_date"])
            plan = planned(figures=read.figures, status=status, only=_keys(found))
        except UnreadablePopulation as error:
            form.add_error("file", of_file(error))
        else:
            name = told["file"].name
            looked = looked_at(plan, name=name, source=read.source, status=status)
            return _preview(request, found, looked, plan=plan)
    context = {"cooperation": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "municipalities/costs/population/upload.html", context, status=status)


@require_POST
@login_required
def population_store(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Store what the preview showed. Asking twice does no harm."""
    found = _managed(request, cooperation)
    try:
        looked = _looked(request, found)
    except signing.BadSignature:
        messages.error(request, _("The preview is too old. Upload the file again."))
        return redirect("population_upload", cooperation)
    plan = planned(figures=looked.figures, status=looked.status, only=_keys(found))
    form = ConfirmForm(request.POST, needs_reason=plan.is_revision)
    if plan.is_refused or not form.is_valid():
        return _preview(request, found, looked, plan=plan, form=form, status=422)
    try:
        loaded = operations.load_population(
            figures=looked.figures,
            source=looked.source,
            retrieved_date=local_day(timezone.now()),
            status=looked.status,
            only=_keys(found),
            revise=plan.is_revision,
            why=form.cleaned_data.get("why", ""),
            by=request.user,
        )
    except operations.NotLoaded:
        messages.error(request, _("Somebody has stored other figures meanwhile. Look again."))
        plan = planned(figures=looked.figures, status=looked.status, only=_keys(found))
        return _preview(request, found, looked, plan=plan, status=CONFLICT)
    done = {"created": loaded.created, "updated": loaded.updated}
    messages.success(request, _("Stored: %(created)s new, %(updated)s changed.") % done)
    return redirect("population", cooperation)


def _preview(
    request: HttpRequest,
    found: Cooperation,
    looked: Looked,
    *,
    plan: PopulationPlan,
    form: ConfirmForm | None = None,
    status: int = 200,
) -> HttpResponse:
    figures = signing.dumps(packed(looked), salt=_salt(request, found), compress=True)
    form = form or ConfirmForm(initial={"figures": figures}, needs_reason=plan.is_revision)
    context = {
        "cooperation": found,
        "name": looked.name,
        "form": form,
        "preview": preview(plan, cooperation=found),
    }
    template = "municipalities/costs/population/preview.html"
    return render(request, template, context, status=status)


def _looked(request: HttpRequest, found: Cooperation) -> Looked:
    """What the person has looked at. Raises BadSignature."""
    told = signing.loads(
        request.POST.get("figures", ""),
        salt=_salt(request, found),
        max_age=CONFIRMED_WITHIN_SECONDS,
    )
    return unpacked(told)


def _managed(request: HttpRequest, slug: str) -> Cooperation:
    return visible_cooperation(request, slug=slug, permission=MANAGE).cooperation


def _keys(found: Cooperation) -> set[int]:
    return set(municipalities_of(found).values_list("pk", flat=True))


def _salt(request: HttpRequest, found: Cooperation) -> str:
    """What one person has looked at for one cooperation is stored for that by that person."""
    return f"population-{found.pk}-{request.user.pk}"
