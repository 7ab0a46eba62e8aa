"""GET /api/v1/indicators: the figures, what they are defined by, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, QueryDict
from django.utils import timezone
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from callstats.figures_api import api_schema
from callstats.figures_api.answers import as_table, chosen, told
from callstats.figures_api.api_view import FiguresView
from callstats.figures_api.asking import PARAMETERS, central_named, question_of
from callstats.figures_api.evidence import evidence_of
from callstats.figures_api.listing import page_of
from callstats.figures_api.places import cursor_of
from callstats.figures_api.spans import period_named
from callstats.imports.source_view import not_modified, tag_of, with_tag
from callstats.indicators.definitions import UnknownDefinition, all_definitions, by_id
from legevakt.lib.periods import local_day
from legevakt.lib.tables import as_csv


class FiguresCsv(BaseRenderer):
    """The items as a spreadsheet program in Norway opens them; problems stay JSON."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        return data.encode() if isinstance(data, str) else JSONRenderer().render(data)


class Indicators(FiguresView):
    """Figures of centrals and periods."""

    renderer_classes = [JSONRenderer, FiguresCsv]
    parameters = PARAMETERS

    @api_schema.list_indicators
    def get(self, request):
        at = timezone.now()
        question = question_of(request, centrals=self.centrals(), today=local_day(at))
        page, following = page_of(question, at=at)
        cursor = cursor_of(following) if following else None
        items = [chosen(told(listed), fields=question.fields) for listed in page]
        tag = self._tag(items, cursor, is_stored=question.is_stored)
        answer = not_modified(request, tag=tag) or with_tag(
            Response(self._body(items, cursor, fields=question.fields)), tag=tag
        )
        if cursor:
            answer["Link"] = f'<{_address(request, cursor=cursor)}>; rel="next"'
        return answer

    def _body(
        self, items: list[dict[str, Any]], cursor: str | None, *, fields: Sequence[str]
    ) -> dict[str, Any] | str:
        if self.request.accepted_renderer.format == "csv":
            return as_csv(as_table(items, fields=fields))
        return {"items": items, "next": cursor}

    def _tag(self, items: list[dict[str, Any]], cursor: str | None, *, is_stored: bool) -> str:
        """Of figures counted now a weak one: the moment of counting is no change."""
        facts = [item if is_stored else item | {"as_of": None} for item in items]
        tag = tag_of(facts, cursor, self.request.accepted_renderer.format)
        return tag if is_stored else f"W/{tag}"


class IndicatorDefinitions(FiguresView):
    """What the figures count."""

    @api_schema.list_definitions
    def get(self, request):
        items = [definition.as_dict() for definition in all_definitions().values()]
        tag = tag_of(items)
        return not_modified(request, tag=tag) or with_tag(Response({"items": items}), tag=tag)


class IndicatorDefinition(FiguresView):
    """One definition, in full."""

    @api_schema.get_definition
    def get(self, request, definition_id):
        try:
            definition = by_id(definition_id).as_dict()
        except UnknownDefinition:
            raise Http404 from None
        tag = tag_of(definition)
        return not_modified(request, tag=tag) or with_tag(Response(definition), tag=tag)


class StoredPeriod(FiguresView):
    """A month or year, with everything that its figures rest on."""

    @api_schema.get_period
    def get(self, request, central, period):
        asked = period_named(period)
        found = central_named(central, among=self.centrals())
        evidence = evidence_of(central=found, period=asked) if asked else None
        if evidence is None:
            raise Http404
        tag = tag_of(evidence)
        return not_modified(request, tag=tag) or with_tag(Response(evidence), tag=tag)


def _address(request, *, cursor: str) -> str:
    """This address once more, at another place of its list."""
    query: QueryDict = request.query_params.copy()
    query["cursor"] = cursor
    return f"{request.path}?{query.urlencode()}"
