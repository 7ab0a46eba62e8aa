"""What a request may hold, as JSON Schema: neither more nor less than the reader takes.

A row that does not keep to it is refused by itself; only `mode=atomic` refuses the request.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from callstats.imports.fitting import LONGEST
from callstats.sources.frames import FORWARDED_TO, LONGEST_TALK, LONGEST_WAIT, OUTCOMES

Schema = dict[str, Any]
MOMENT: Schema = {"type": "string", "format": "date-time"}
NO_VALUE: list[Schema] = [{"type": "null"}, {"type": "string", "maxLength": 0}]


class CallInput(serializers.Serializer):
    """One call by its canonical names; what is not known here is refused by name."""


class CallsInput(serializers.Serializer):
    """A batch of calls, and the time it covers even where nobody rang."""


class LegInput(serializers.Serializer):
    """A call's stay in one queue, when it met several."""


class LegSchema(OpenApiSerializerExtension):
    target_class = LegInput

    def map_serializer(self, auto_schema, direction) -> Schema:
        return _object(
            LegInput,
            required=["queue"],
            queue={"type": ["string", "integer"]},
            entered_at=_moment_or_none(),
            left_at=_moment_or_none(),
            outcome=_word(OUTCOMES),
        )


class CallSchema(OpenApiSerializerExtension):
    target_class = CallInput

    def map_serializer(self, auto_schema, direction) -> Schema:
        leg = auto_schema.resolve_serializer(LegInput, direction).ref
        return _object(CallInput, required=["id", "arrived_at", "outcome"], **_call(leg)) | {
            "anyOf": [{"required": ["queue"]}, {"required": ["number"]}]
        }


class CallsSchema(OpenApiSerializerExtension):
    target_class = CallsInput

    def map_serializer(self, auto_schema, direction) -> Schema:
        call = auto_schema.resolve_serializer(CallInput, direction).ref
        rows = {"type": "array", "maxItems": settings.API_ROWS_LIMIT, "items": call}
        both = {"covers_from": ["covers_to"], "covers_to": ["covers_from"]}
        return _object(
            CallsInput,
            required=["calls"],
            calls=rows,
            covers_from=MOMENT | {"description": "no call before it is missing; at most a year"},
            covers_to=MOMENT | {"description": "after covers_from, and not in the future"},
        ) | {"dependentRequired": both}


def _call(leg: Schema) -> dict[str, Schema]:
    known = "your own id of the call; with the source it is the call's identity"
    arrived = "entry to the first operator queue, RFC 3339 with offset"
    return {
        "id": _text(known, longest=LONGEST["external_id"]) | {"type": ["string", "integer"]},
        "arrived_at": MOMENT | {"description": arrived},
        "number": _text("the public number that was called, never the caller's", longest=40),
        "queue": _text("as the telephone system names it", longest=LONGEST["queue"]),
        "outcome": {"allOf": [_words(sorted(OUTCOMES))]},
        "answered_at": _moment_or_none(),
        "wait_seconds": _seconds(LONGEST_WAIT),
        "talk_seconds": _seconds(LONGEST_TALK),
        "announcement_seconds": _seconds(LONGEST_TALK),
        "ended_at": _moment_or_none(),
        "forwarded_to": _word(FORWARDED_TO),
        "municipality": _text("the caller's, by number", longest=LONGEST["municipality"]),
        "urgency": _text("as the source names it", longest=LONGEST["urgency"]),
        "video": {"anyOf": [{"type": "boolean"}, _words(["false", "true"]), *NO_VALUE[:1]]},
        "version": {
            "type": ["integer", "string", "null"],
            "minimum": 0,
            "pattern": "^[0-9]{1,18}$",
        },
        "legs": {"type": ["array", "null"], "items": leg},
    }


def _object(serializer: type, *, required: list[str], **properties: Schema) -> Schema:
    return {
        "type": "object",
        "description": serializer.__doc__,
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _text(description: str, *, longest: int) -> Schema:
    kinds = ["string", "integer", "null"]
    return {"type": kinds, "maxLength": longest, "description": description}


def _seconds(longest) -> Schema:
    return {"type": ["number", "string", "null"], "minimum": 0, "maximum": int(longest)}


def _word(words: frozenset[str]) -> Schema:
    return {"anyOf": [_words(sorted(words)), *NO_VALUE]}


def _words(words: list[str]) -> Schema:
    return {"type": "string", "enum": words}


def _moment_or_none() -> Schema:
    return {"anyOf": [MOMENT, *NO_VALUE]}
