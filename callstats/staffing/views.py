"""How many operators the calls need: a page a central, and its tables to download."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from callstats.annotations.queries import Note, seen_by
from callstats.indicators.definitions import default_definition
from callstats.staffing import presenters, queries
from callstats.staffing.forms import WhatIfForm
from legevakt.lib.periods import Period, local_day
from legevakt.lib.tables import download
from municipalities.models import Central

TEMPLATE = "callstats/staffing/staffing.html"


@dataclass(frozen=True)
class Answer:
    """The form with its answer: a plan, or what is missing for one; neither where it is wrong."""

    form: WhatIfForm
    period: Period | None = None
    plan: presenters.Plan | None = None
    missing: tuple[str, str] | None = None


@require_safe
@login_required
def staffing_first(request: HttpRequest) -> HttpResponse:
    """The first central that the person sees."""
    found = _centrals(request)
    if found:
        return redirect("staffing", slug=found[0].slug)
    return render(request, "callstats/staffing/no_central.html")


@require_safe
@login_required
def staffing(request: HttpRequest, slug: str) -> HttpResponse:
    """The week's need of operators, as measured or as asked in the address."""
    centrals = _centrals(request)
    central = _chosen(centrals, slug=slug)
    answer = _answer(request, central=central)
    context = {
        "central": central,
        "centrals": centrals,
        "form": answer.form,
        "plan": answer.plan,
        "missing": answer.missing,
        "notes": _notes(request, central=central, answer=answer),
        "definition": default_definition(),
        "asked": request.GET.urlencode(),
    }
    return render(request, TEMPLATE, context, status=422 if answer.form.errors else 200)


@require_safe
@login_required
def staffing_table(request: HttpRequest, slug: str, table: str) -> HttpResponse:
    """A table as the page shows it; the page itself where there is none."""
    central = _chosen(_centrals(request), slug=slug)
    plan = _answer(request, central=central).plan
    if plan is None:
        page = reverse("staffing", args=[central.slug])
        return redirect(f"{page}?{request.GET.urlencode()}")
    return download(
        getattr(plan, table),
        file_format="xlsx" if request.GET.get("format") == "xlsx" else "csv",
        name=f"{central.slug}-staffing-{table}",
    )


def _centrals(request: HttpRequest) -> list[Central]:
    found = Central.objects.visible_to(request.user).select_related("cooperation")
    return list(found.order_by("name", "pk"))


def _chosen(centrals: list[Central], *, slug: str) -> Central:
    for central in centrals:
        if central.slug == slug:
            return central
    raise Http404


def _answer(request: HttpRequest, *, central: Central) -> Answer:
    definition = default_definition()
    form = WhatIfForm(request.GET.dict(), definition=definition)
    if not form.is_valid():
        return Answer(form)
    period = queries.last_weeks(weeks=form.cleaned_data["weeks"], before=local_day(timezone.now()))
    week = queries.week(central=central, period=period, definition=definition)
    missing = presenters.missing(week, talk_is_given=bool(form.cleaned_data["talk_seconds"]))
    if missing:
        return Answer(form, period=period, missing=missing)
    plan = presenters.plan(
        week,
        asked=form.assumptions(estimated_patience=week.patience.seconds),
        is_estimate=not form.cleaned_data["patience_seconds"],
        weekday=form.cleaned_data["weekday"],
        hour=form.cleaned_data["hour"],
    )
    return Answer(form, period=period, plan=plan)


def _notes(request: HttpRequest, *, central: Central, answer: Answer) -> list[Note]:
    """What happened in the weeks that the plan, or the lack of one, rests on."""
    if answer.period is None:
        return []
    return seen_by(user=request.user, centrals=[central], period=answer.period)
