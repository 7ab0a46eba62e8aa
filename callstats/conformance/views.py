"""The page on which a vendor sees whether the feed is right."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from callstats.conformance import operations, presenters, queries, told
from callstats.feeds.models import Source
from callstats.feeds.queries import unmapped_queues
from municipalities.queries import is_held
from municipalities.rules import Permission


@require_safe
@login_required
def conformance(request: HttpRequest, slug: str) -> HttpResponse:
    """Every check with its reasons, and the scenario that is to be sent."""
    source = _visible(request, slug)
    context = {
        "source": source,
        "may_manage": is_held(
            user=request.user,
            permission=Permission.MANAGE_FEEDS,
            cooperation=source.central.cooperation,
        ),
        "deliveries": presenters.deliveries_shown(),
        "call_columns": presenters.CALL_COLUMNS,
    }
    if source.central.is_sandbox:
        context |= _report_context(source)
    return render(request, "callstats/conformance/conformance.html", context)


@require_safe
@login_required
def scenario_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The scenario as the API gives it."""
    _visible(request, slug)
    text = json.dumps(told.scenario_told(), indent=2, ensure_ascii=False)
    return _file(text, name="scenario.json", kind="application/json")


@require_safe
@login_required
def scenario_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The scenario for who likes tables."""
    _visible(request, slug)
    kind = "text/csv; charset=utf-8"
    return _file(told.scenario_csv(), name="scenario.csv", kind=kind)


@login_required
@require_POST
def start_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Empty the sandbox source."""
    source = get_object_or_404(
        Source.objects.where(request.user, Permission.MANAGE_FEEDS).filter(
            central__is_sandbox=True
        ),
        slug=slug,
    )
    try:
        operations.start_over(source=source)
        messages.success(request, _("All that had come is deleted. Send the scenario again."))
    except operations.StillImporting:
        messages.error(request, _("An import is still running. Wait for it, then start over."))
    return redirect("conformance", slug=slug)


def _file(text: str, *, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _visible(request: HttpRequest, slug: str) -> Source:
    visible = Source.objects.visible_to(request.user).select_related("central__cooperation")
    return get_object_or_404(visible, slug=slug)


def _report_context(source: Source) -> dict:
    report = queries.report_of(source)
    badge, color = presenters.badge(report)
    return {
        "report": report,
        "badge": badge,
        "color": color,
        "checks": presenters.checks_shown(report),
        "check_columns": presenters.CHECK_COLUMNS,
        "unmapped": ", ".join(unmapped_queues(source)),
        "unnamed": "" if report.newest_at else ", ".join(queries.scenario_queues_lacking(source)),
    }
