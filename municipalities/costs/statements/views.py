"""A municipality's own page of a year: what it pays, why, and what changed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from legevakt.lib.tables import download
from municipalities.costs.statements import presenters, tables
from municipalities.costs.statements.addressed import visible_statement
from municipalities.costs.statements.queries import others_of
from municipalities.costs.tables import labelled


@require_safe
@login_required
def statement(request: HttpRequest, cooperation: str, number: str, year: int) -> HttpResponse:
    """All pools of the year that the reader may see, with the arithmetic."""
    visible = visible_statement(request, cooperation=cooperation, number=number, year=year)
    found = visible.statement
    overview = tables.overview(found) if found.pools else None
    context = {
        "cooperation": found.cooperation,
        "municipality": found.municipality,
        "year": year,
        "years": found.years,
        "lead": presenters.lead(found) if found.pools else "",
        "overview": overview,
        "labelled": labelled(overview) if overview else [],
        "pools": [presenters.shown_pool(each) for each in found.pools],
        "others": others_of(found.cooperation),
        "answers": visible.answers,
    }
    return render(request, "municipalities/costs/statements/statement.html", context)


@require_safe
@login_required
def statement_xlsx(request: HttpRequest, cooperation: str, number: str, year: int) -> HttpResponse:
    """The same figures as a spreadsheet."""
    visible = visible_statement(request, cooperation=cooperation, number=number, year=year)
    table = tables.full_table(visible.statement)
    return download(table, file_format="xlsx", name=f"{cooperation}-{number}-{year}")
