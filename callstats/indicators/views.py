"""The definitions of the indicators, for everybody who is logged in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from callstats.indicators import presenters
from callstats.indicators.definitions import UnknownDefinition, all_definitions, by_id
from callstats.indicators.worked_example import worked_example


@require_safe
@login_required
def definitions(request: HttpRequest) -> HttpResponse:
    """Every definition with its one sentence."""
    rows = [
        {
            "id": definition.id,
            "name": presenters.name(definition),
            "statement": presenters.statement(definition),
        }
        for definition in all_definitions().values()
    ]
    return render(request, "callstats/indicators/definitions.html", {"definitions": rows})


@require_safe
@login_required
def definition(request: HttpRequest, definition_id: str) -> HttpResponse:
    """One definition: parameters, sources in law, and a worked example."""
    try:
        found = by_id(definition_id)
    except UnknownDefinition:
        raise Http404 from None
    example = worked_example(found)
    context = {
        "definition": found,
        "name": presenters.name(found),
        "statement": presenters.statement(found),
        "parameters": presenters.parameters(found),
        "example": example,
        "example_rows": presenters.example_rows(example),
    }
    return render(request, "callstats/indicators/definition.html", context)
