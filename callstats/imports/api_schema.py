"""What the OpenAPI document says of each address; the views do it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from callstats.imports import api_examples as examples
from callstats.imports import api_headers as headers
from callstats.imports import serializers as shapes
from callstats.imports.call_schema import CallsInput
from callstats.imports.models import ImportState
from legevakt.lib.api_document import ProblemOutput

MEANINGS = {
    200: "As asked.",
    202: "Queued; ask at Location.",
    304: "As before.",
    400: "The body or a parameter cannot be read.",
    401: "No token, or a wrong, revoked or expired one.",
    403: "The token lacks the scope, or may not be used from this address.",
    404: "Not there, or not of the token's source.",
    406: "No such kind of answer.",
    409: "Not now: being worked on, finished, or a source of another profile.",
    413: "Too many rows or bytes.",
    415: "A content type that is not taken.",
    422: "Nothing was stored.",
    429: "Too many requests.",
    500: "An error of ours.",
}
JSON = "application/json"
SOME_TEXT = {"type": "string", "pattern": r"\S"}
CURSOR = OpenApiParameter("cursor", str, description="next of the page before")
SWITCHES = [
    OpenApiParameter(
        "mode",
        {"type": "string", "enum": ["partial", "atomic"], "default": "partial"},
        description="partial: a refused row stops no other; atomic: it stops all (422)",
    ),
    OpenApiParameter(
        "dry_run",
        {"type": "string", "enum": ["true", "false"], "default": "false"},
        description="true: checked and answered at once, nothing stored",
    ),
]


class BodyIsNeeded(AutoSchema):
    """A request that has a body may not do without it, be it text or JSON."""

    def _get_request_body(self, direction="request"):
        body = super()._get_request_body(direction)
        return body and body | {"required": True}


def problems(*statuses: int) -> dict[Any, Any]:
    """The problems that any address has, and these."""
    return {
        (status, examples.PROBLEM): OpenApiResponse(
            shapes.NotTakenOutput if status == 422 else ProblemOutput, MEANINGS[status]
        )
        for status in (401, 403, 404, 406, 429, 500, *statuses)
    }


def told(shape: Any, status: int = 200, media_type: str = JSON) -> dict[Any, Any]:
    """The answer when all is well."""
    return {(status, media_type): OpenApiResponse(shape, MEANINGS[status])}


def limit(*, default: int, highest: int) -> OpenApiParameter:
    """How many a page has."""
    schema = {"type": "integer", "minimum": 1, "maximum": highest, "default": default}
    return OpenApiParameter("limit", schema, description="on a page")


TAKEN = told(shapes.ImportOutput) | told(shapes.ImportOutput, 202)
OF_POST = [*headers.EVERYWHERE, *headers.OF_TAKING, *headers.OF_ROWS, *headers.OF_REFUSAL]

send_calls = extend_schema(
    operation_id="send_calls",
    summary="Send calls",
    description=(
        "Up to 500 rows are answered at once; more with 202 and Location. Fewer are answered"
        " with 202 too while a longer import is under way."
    ),
    request={
        JSON: CallsInput,
        "application/x-ndjson": SOME_TEXT,
        "text/csv": SOME_TEXT,
    },
    responses=TAKEN | problems(400, 409, 413, 415, 422),
    parameters=[*SWITCHES, *OF_POST],
    examples=examples.FOR_CALLS,
)
list_imports = extend_schema(
    operation_id="list_imports",
    summary="The source's imports, the newest first",
    responses=told(shapes.ImportsOutput) | problems(400),
    parameters=[
        OpenApiParameter(
            "status",
            {"type": "string", "enum": ["any", *ImportState.values], "default": "any"},
        ),
        limit(default=25, highest=100),
        CURSOR,
        *headers.EVERYWHERE,
    ],
)
get_import = extend_schema(
    operation_id="get_import",
    summary="How an import went or goes",
    responses=told(shapes.ImportOutput) | {304: OpenApiResponse(None, MEANINGS[304])} | problems(),
    parameters=[*headers.EVERYWHERE, *headers.OF_TAGGED, *headers.OF_ROWS],
)
list_rows = extend_schema(
    operation_id="list_refused_rows",
    summary="Every refused row of an import, in the order of the body",
    description="JSON comes in pages; CSV (Accept: text/csv) has them all.",
    responses=told(shapes.RowErrorsOutput)
    | told(OpenApiTypes.STR, media_type="text/csv")
    | problems(400),
    parameters=[
        OpenApiParameter(
            "status",
            {"type": "string", "enum": ["rejected"], "default": "rejected"},
            description="the only rows kept with an import",
        ),
        limit(default=100, highest=1000),
        CURSOR,
        *headers.EVERYWHERE,
    ],
)
cancel_import = extend_schema(
    operation_id="cancel_import",
    summary="Cancel an import that is not finished",
    description=(
        "200: it is cancelled, and nothing of it is stored. 202: a worker is at it and is asked to"
        " stop; ask again at Location, for it may have come to its end."
    ),
    request=None,
    responses=TAKEN | problems(409),
    parameters=[*headers.EVERYWHERE, *headers.OF_WAITING, *headers.OF_ROWS],
)
send_events = extend_schema(
    operation_id="send_events",
    summary="Send raw queue_log lines",
    description=(
        "Whole lines, each with its line end, in the order of the log. Lines that were sent before"
        " do no harm. Only for sources of the profile asterisk-queue-log."
    ),
    request={"text/plain": SOME_TEXT},
    responses=TAKEN | problems(400, 409, 413, 415, 422),
    parameters=[*SWITCHES, *OF_POST],
    examples=examples.FOR_EVENTS,
)
get_cursor = extend_schema(
    operation_id="get_cursor",
    summary="The last event line that was stored: resume after it",
    responses=told(shapes.CursorOutput)
    | {304: OpenApiResponse(None, MEANINGS[304])}
    | problems(409),
    parameters=[*headers.EVERYWHERE, *headers.OF_TAGGED],
    examples=examples.FOR_CURSOR,
)
