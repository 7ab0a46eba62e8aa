"""The definitions of the indicators, for everybody who is logged in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from callstats.indicators import example_presenters, presenters
from callstats.indicators.definitions import UnknownDefinition, all_definitions, by_id
from callstats.indicators.worked_example import worked_example


@require_safe
@login_required
def definitions(request: HttpRequest) -> HttpResponse:
    """Every definition with its one sentence, and the same calls by each."""
    known = list(all_definitions().values())
    context = {
        "groups": presenters.groups(known),
        "comparison": example_presenters.comparison(known),
    }
    return render(request, "callstats/indicators/definitions.html", context)


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
        "review": presenters.review(found),
        "sentences": example_presenters.sentences(found, example),
        "bands": example_presenters.bands(example),
        "calls": example_presenters.calls(example),
    }
    return render(request, "callstats/indicators/definition.html", context)
