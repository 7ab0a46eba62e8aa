"""POST /api/v1/call-imports: calls from a telephone system, and how it went with them."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException, ParseError
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from callstats.feeds.authentication import (
    HasSource,
    SourceThrottle,
    SourceTokenAuthentication,
)
from callstats.imports import operations, tasks
from callstats.imports.answers import answer_for, error_of, refused_rows
from callstats.imports.bodies import Body, CsvBody, JsonBody, NdjsonBody
from callstats.imports.exports import refused_csv
from callstats.imports.models import WAITING_FOR_WORKER, CallImport, Channel, ImportState
from callstats.imports.nudging import nudge
from callstats.imports.serializers import (
    CallsInput,
    ImportOutput,
    NotTakenOutput,
    ProblemOutput,
    RowErrorOutput,
)

# So long a request may hold a web thread while another import of its central is stored.
LOCK_WAIT = timedelta(seconds=1)
PROBLEMS = dict.fromkeys((400, 401, 406, 413, 415, 429), ProblemOutput) | {422: NotTakenOutput}


class Conflict(APIException):
    """409: the import is finished or gone on."""

    status_code = 409
    default_code = code = "wrong_state"
    default_detail = "The import is finished."


class NotTaken(APIException):
    """422: the whole request gave no calls; what it needs is said once, in the problem."""

    status_code = 422

    def __init__(self, result: dict) -> None:
        super().__init__(result["message"])
        self.code = result["code"]
        self.members = {"result": result}


class RefusedCsv(BaseRenderer):
    """Refused rows as the page gives them."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        return data.encode() if isinstance(data, str) else JSONRenderer().render(data)


class SourceView(APIView):
    """What every view for telephone systems shares."""

    authentication_classes = [SourceTokenAuthentication]
    permission_classes = [HasSource]
    throttle_classes = [SourceThrottle]

    def call_import(self, pk) -> CallImport:
        """The import, when it is of the token's source; else 404."""
        imports = CallImport.objects.select_related("source")
        return get_object_or_404(imports, pk=pk, source=self.request.auth.source_id)


class CallImports(SourceView):
    """Send calls."""

    parser_classes = [JsonBody, NdjsonBody, CsvBody]

    @extend_schema(
        request=CallsInput,
        responses={200: ImportOutput, 202: ImportOutput, **PROBLEMS},
        parameters=[OpenApiParameter("dry_run", bool, description="check, store nothing")],
        summary="Send calls; up to 500 are answered at once, more with 202 and Location",
        description="Fewer are answered with 202 too, while a longer import is under way.",
    )
    def post(self, request):
        body = _body(request)
        dry_run = _is_asked(request, "dry_run")
        call_import = operations.receive(
            source=request.auth.source,
            chunks=[body.data],
            file_name=f"api.{body.file_format}",
            channel=Channel.API,
            at=timezone.now(),
            file_format=body.file_format,
            covers=body.covers,
            confirm_first=dry_run,
        )
        if dry_run:
            return _dry_run(call_import)
        if body.rows > settings.API_SYNCHRONOUS_ROWS:
            nudge(tasks.run, import_id=str(call_import.pk))
            return _answer(call_import, status=202)
        operations.run(call_import=call_import, at=timezone.now(), lock_wait=LOCK_WAIT)
        if call_import.state == ImportState.QUEUED:  # a longer import of the central goes first
            nudge(tasks.run, import_id=str(call_import.pk))
        tasks.compute_touched(call_import)
        return _outcome(call_import)


class CallImportDetail(SourceView):
    """Look at an import."""

    @extend_schema(
        responses={200: ImportOutput, 404: ProblemOutput}, summary="How an import went or goes"
    )
    def get(self, request, pk):
        return _answer(self.call_import(pk), status=200)


class CallImportRows(SourceView):
    """Every refused row."""

    renderer_classes = [JSONRenderer, RefusedCsv]

    @extend_schema(
        responses={
            (200, "application/json"): RowErrorOutput(many=True),
            (200, "text/csv"): OpenApiTypes.STR,
            400: ProblemOutput,
            404: ProblemOutput,
        },
        parameters=[
            OpenApiParameter("status", enum=["rejected"], description="the only rows kept")
        ],
        summary="Every refused row of an import, in file order",
    )
    def get(self, request, pk):
        if request.query_params.get("status", "rejected") != "rejected":
            raise ParseError("status: only rejected rows are kept with an import.")
        call_import = self.call_import(pk)
        if request.accepted_renderer.format == "csv":
            return Response(refused_csv(call_import))
        return Response([error_of(row) for row in refused_rows(call_import)])


class CallImportCancel(SourceView):
    """Stop an import."""

    @extend_schema(
        request=None,
        responses={200: ImportOutput, 404: ProblemOutput, 409: ProblemOutput},
        summary="Cancel an import that is not finished; nothing of it is stored",
    )
    def post(self, request, pk):
        call_import = self.call_import(pk)
        try:
            operations.cancel(call_import=call_import, at=timezone.now())
        except operations.WrongState as error:
            raise Conflict from error
        call_import.refresh_from_db()
        return _answer(call_import, status=200)


def _body(request) -> Body:
    """The parsed body; REST framework asks no parser where there is none."""
    if not isinstance(request.data, Body):
        raise ParseError("The body is empty.")
    return request.data


def _is_asked(request, name: str) -> bool:
    """A switch of the query; a word that is neither true nor false is not guessed at."""
    value = request.query_params.get(name, "false")
    if value not in ("true", "false"):
        raise ParseError(f"{name}: write true or false.")
    return value == "true"


def _dry_run(call_import: CallImport) -> Response:
    operations.check(call_import=call_import, at=timezone.now())
    if call_import.state == ImportState.CHECKED:
        operations.cancel(call_import=call_import, at=timezone.now())
    return _outcome(call_import, dry_run=True)


def _outcome(call_import: CallImport, *, dry_run: bool = False) -> Response:
    """200 with the result; 202 when a worker was quicker to begin; raises NotTaken."""
    if call_import.state == ImportState.FAILED:
        raise NotTaken(answer_for(call_import) | {"dry_run": dry_run})
    status = 202 if call_import.state in WAITING_FOR_WORKER else 200
    return _answer(call_import, status=status, dry_run=dry_run)


def _answer(call_import: CallImport, *, status: int, dry_run: bool = False) -> Response:
    accepted = call_import.received - call_import.rejected - call_import.pending
    answer = Response(answer_for(call_import) | {"dry_run": dry_run}, status=status)
    if status == 202:
        answer["Location"] = reverse("api_call_import", args=[call_import.pk])
        answer["Retry-After"] = "2"
        return answer
    answer["X-Rows-Accepted"] = str(accepted)
    answer["X-Rows-Rejected"] = str(call_import.rejected)
    return answer
