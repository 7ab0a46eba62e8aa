"""The page of what a search found."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.cooperations.visible import visible_cooperation
from municipalities.searching.queries import search
from municipalities.searching.rules import parts, searched


@require_safe
@login_required
def agreement_search(request: HttpRequest, cooperation: str) -> HttpResponse:
    """Hits by kind, each with its link and the words around what was found."""
    found = visible_cooperation(request, slug=cooperation).cooperation
    text = searched(request.GET.get("q", ""))
    groups = search(text=text, cooperation=found, user=request.user) if text else []
    context = {
        "cooperation": found,
        "query": text,
        "groups": [
            {
                "name": group.source.name,
                "hits": [(hit.title, hit.url, parts(hit.marked)) for hit in group.hits],
                "has_more": group.has_more,
            }
            for group in groups
        ],
    }
    return render(request, "municipalities/searching/search.html", context)
