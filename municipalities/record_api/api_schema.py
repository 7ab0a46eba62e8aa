"""What the OpenAPI document says of the record's lists; the views do it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from legevakt.lib.api_document import IF_NONE_MATCH, REQUEST_ID, ProblemOutput, answer_header
from legevakt.lib.problems import MEDIA_TYPE

LATEST_YEAR = 2100
YEAR = OpenApiParameter("year", {"type": "integer", "minimum": 1, "maximum": LATEST_YEAR})
HEADERS = [
    REQUEST_ID,
    IF_NONE_MATCH,
    answer_header("ETag", "for If-None-Match", on=[200, 304], always=True),
    answer_header("Link", 'the next page, with rel="next"', on=[200]),
]
PROBLEMS = {
    400: "A parameter is unknown, or has a value it cannot have.",
    403: "Nobody is logged in.",
    404: "Not there, or not for you.",
    406: "No such kind of answer.",
    500: "An error of ours.",
}


class RecordSchema(AutoSchema):
    """A list, or that it is as before, or a problem; the view's `parameters` are told."""

    view: Any

    def get_override_parameters(self) -> list[Any]:
        return [*self.view.parameters, *HEADERS]

    def get_operation_id(self) -> str:
        return self.view.operation_id or super().get_operation_id()

    def get_response_serializers(self) -> Any:
        listed = super().get_response_serializers()
        told = {200: OpenApiResponse(listed, "As asked."), 304: OpenApiResponse(None, "As before.")}
        return told | {
            (status, MEDIA_TYPE): OpenApiResponse(ProblemOutput, meaning)
            for status, meaning in PROBLEMS.items()
        }
