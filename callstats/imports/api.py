"""POST /api/v1/call-imports: calls from a telephone system, and how it went with them."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from callstats.imports import api_schema, operations
from callstats.imports.answers import error_of, refused_rows, status_of, summary_of
from callstats.imports.api_errors import WrongState
from callstats.imports.bodies import CsvBody, JsonBody, NdjsonBody
from callstats.imports.exports import refused_csv
from callstats.imports.models import CallImport, ImportState
from callstats.imports.paging import cursor_after, cursor_at, newest_first, offset_at
from callstats.imports.responses import answer
from callstats.imports.source_view import SourceView, not_modified, tag_of, with_tag
from callstats.imports.switches import SWITCHES
from callstats.imports.taking import take
from legevakt.lib.parameters import one_of, whole_number

ANY = "any"
LOOKED_THROUGH = Q(is_dry_run=True, state=ImportState.CANCELLED) & ~Q(preview={})


class RefusedCsv(BaseRenderer):
    """Refused rows as the page gives them."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        return data.encode() if isinstance(data, str) else JSONRenderer().render(data)


class CallImports(SourceView):
    """Send calls, or look back at what was sent."""

    parser_classes = [JsonBody, NdjsonBody, CsvBody]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Which ones depends on what is asked."""
        return SWITCHES if self.request.method == "POST" else ("status", "limit", "cursor")

    @api_schema.send_calls
    def post(self, request):
        return take(request)

    @api_schema.list_imports
    def get(self, request):
        status = one_of(request, "status", (ANY, *ImportState.values), default=ANY)
        limit = whole_number(request, "limit", default=25, highest=100)
        imports = _in_state(CallImport.objects.filter(source=request.auth.source_id), status)
        cursor = request.query_params.get("cursor")
        found = list(newest_first(imports.defer("affected_months"), cursor=cursor)[: limit + 1])
        page = found[:limit]
        for call_import in page:
            call_import.source = request.auth.source
        following = cursor_after(page[-1]) if len(found) > limit else None
        return Response({"items": [summary_of(each) for each in page], "next": following})


class CallImportDetail(SourceView):
    """Look at an import."""

    @api_schema.get_import
    def get(self, request, pk):
        call_import = self.call_import(pk)
        facts = (call_import.pk, status_of(call_import), call_import.finished_at)
        if not call_import.is_finished:
            return with_tag(answer(call_import), tag=tag_of(*facts, timezone.now()))
        tag = tag_of(
            *facts, call_import.idempotency_key, call_import.file_deleted_at, get_language()
        )
        return not_modified(request, tag=tag) or with_tag(answer(call_import), tag=tag)


class CallImportRows(SourceView):
    """Every refused row."""

    renderer_classes = [JSONRenderer, RefusedCsv]
    parameters = ("status", "limit", "cursor")

    @api_schema.list_rows
    def get(self, request, pk):
        one_of(request, "status", ("rejected",), default="rejected")
        limit = whole_number(request, "limit", default=100, highest=1000)
        begin = offset_at(request.query_params.get("cursor"))
        call_import = self.call_import(pk)
        if request.accepted_renderer.format == "csv":
            return Response(refused_csv(call_import))
        found = list(refused_rows(call_import)[begin : begin + limit + 1])
        following = cursor_at(begin + limit) if len(found) > limit else None
        items = [error_of(row, of=call_import) for row in found[:limit]]
        return Response({"items": items, "next": following})


class CallImportCancel(SourceView):
    """Stop an import."""

    @api_schema.cancel_import
    def post(self, request, pk):
        call_import = self.call_import(pk)
        try:
            operations.cancel(call_import=call_import, at=timezone.now())
        except operations.WrongState as error:
            raise WrongState from error
        call_import.refresh_from_db()
        return answer(call_import, status=200 if call_import.is_finished else 202)


def _in_state(imports: QuerySet[CallImport], status: str) -> QuerySet[CallImport]:
    """The imports that are told to have the status (`answers.status_of`)."""
    if status == ANY:
        return imports
    if status == ImportState.CHECKED:
        return imports.filter(Q(state=status) | LOOKED_THROUGH)
    return imports.filter(state=status).exclude(LOOKED_THROUGH)
