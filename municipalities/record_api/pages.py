"""Lists by cursor, in the one form of this API: items, and the cursor of the next page."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from legevakt.lib.parameters import WrongCursor, whole_number

MOST_DIGITS = 18  # of a row's number


class ByCursor(CursorPagination):
    """At most `limit` items a page; a list that grows meanwhile neither skips nor repeats."""

    page_size = 100
    max_page_size = 500
    page_size_query_param = "limit"
    cursor_query_param = "cursor"
    ordering = "pk"

    def decode_cursor(self, request: Request) -> Cursor | None:
        """After which row the page begins. Raises WrongCursor."""
        try:
            cursor = super().decode_cursor(request)
        except NotFound:
            raise WrongCursor from None
        if cursor and (cursor.offset or cursor.reverse or not _is_a_row(cursor.position or "")):
            raise WrongCursor
        return cursor

    def get_page_size(self, request: Request) -> int:
        """Raises InvalidParameter."""
        return whole_number(request, "limit", default=self.page_size, highest=self.max_page_size)

    def get_paginated_response(self, data: Any) -> Response:
        following = self.get_next_link()
        cursor = parse_qs(urlsplit(following).query)["cursor"][0] if following else None
        answer = Response({"items": data, "next": cursor})
        if following:
            answer["Link"] = f'<{following}>; rel="next"'
        return answer

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        limits = {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return [
            _parameter("cursor", {"type": "string"}, "next of the page before"),
            _parameter("limit", {"type": "integer"} | limits, "on a page"),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": schema,
                "next": {"type": ["string", "null"], "description": "cursor of the next page"},
            },
        }


def _is_a_row(position: int | str) -> bool:
    text = str(position)
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    told = {"name": name, "required": False, "in": "query"}
    return told | {"description": description, "schema": schema}
