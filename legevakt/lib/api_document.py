"""What every address of the API has, for the OpenAPI document."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

ALWAYS = True


class ProblemOutput(serializers.Serializer):
    """RFC 9457 problem+json."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="stable; docs/api lists them")
    detail = serializers.CharField(allow_blank=True)
    request_id = serializers.CharField(allow_blank=True, help_text="under it our log tells more")


def answer_header(
    name: str,
    description: str,
    *,
    on: list[int] | bool = ALWAYS,
    kind: type = str,
    always: bool = False,
) -> OpenApiParameter:
    """A header of the answers with the statuses `on`; `always`: never left out there."""
    return OpenApiParameter(
        name,
        kind,
        OpenApiParameter.HEADER,
        response=on,
        description=description,
        required=always,
    )


REQUEST_ID = answer_header("X-Request-ID", "under it our log tells more", always=True)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="304 while the ETag is the same"
)
