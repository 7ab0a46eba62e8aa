"""The municipality and year that an address names, for who may see the costs."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.cooperations.visible import visible_cooperation
from municipalities.costs.keys.addressed import reader
from municipalities.costs.statements.figures import Statement
from municipalities.costs.statements.queries import statement_of
from municipalities.register.models import Municipality

YEARS = range(1990, 2201)


@dataclass(frozen=True)
class VisibleStatement:
    """The statement, and whether the reader answers for its municipality."""

    statement: Statement
    answers: bool


def visible_statement(
    request: HttpRequest, *, cooperation: str, number: str, year: int
) -> VisibleStatement:
    """Everybody who sees the costs sees every municipality's; bilateral pools stay their own."""
    seen = visible_cooperation(request, slug=cooperation, permission=Permission.VIEW_COSTS)
    municipality = _taking_part(seen.cooperation, number)
    if municipality is None or year not in YEARS:
        raise Http404
    statement = statement_of(
        cooperation=seen.cooperation, municipality=municipality, year=year, user=reader(request)
    )
    answered = municipalities_acted_for(
        user=request.user,
        permission=Permission.ANSWER_FOR_MUNICIPALITY,
        cooperation=seen.cooperation,
    )
    return VisibleStatement(
        statement=statement,
        answers=answered.filter(pk=municipality.pk).exists(),
    )


def _taking_part(cooperation: Cooperation, number: str) -> Municipality | None:
    """Takes part or has taken part; the latest where the number is used anew."""
    known = Municipality.objects.filter(pk__in=cooperation.participants.values("municipality"))
    return known.filter(number=number).order_by("-valid_from").first()
