"""What the OpenAPI document says of the addresses of figures; the views do it."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from callstats.figures_api import api_examples as examples
from callstats.figures_api import serializers as shapes
from callstats.figures_api.answers import FIELDS
from callstats.figures_api.asking import EVERY_DEFINITION
from callstats.figures_api.spans import STEPS
from callstats.imports import api_headers as headers
from callstats.imports.api_schema import CURSOR, MEANINGS, limit, problems, told
from callstats.indicators.definitions import DEFAULT_ID, all_definitions

SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
A_PERIOD = {"type": "string", "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2]))?$"}
AS_BEFORE = {304: OpenApiResponse(None, MEANINGS[304])}
TAGGED = [*headers.EVERYWHERE, *headers.OF_TAGGED]
NEXT = headers.answer_header("Link", 'the next page, with rel="next"', on=[200, 304])


def words(name: str, allowed: list[str], description: str) -> OpenApiParameter:
    """Some of the words, with commas between them."""
    some = {
        "type": "array",
        "items": {"type": "string", "enum": allowed},
        "minItems": 1,
    }
    return OpenApiParameter(name, some, description=description, style="form", explode=False)


def day(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.DATE, description=description)


list_indicators = extend_schema(
    operation_id="list_indicators",
    summary="Figures by central, time and definition",
    description=(
        "Months and years are those that are stored, of each the revision that counts; days (at"
        " most 400) and hours (at most 31 days) are counted when asked for. Without parameters:"
        " the national indicator, the last twelve whole months, every central you may see. CSV"
        " (Accept: text/csv) has the same items and pages; Link leads to the next page."
    ),
    responses=told(shapes.IndicatorsOutput)
    | told(OpenApiTypes.STR, media_type="text/csv")
    | AS_BEFORE
    | problems(400),
    parameters=[
        OpenApiParameter("central", SLUG, description="its short name; every one, unless told"),
        words(
            "definition",
            [EVERY_DEFINITION, *all_definitions()],
            f"{DEFAULT_ID} unless told",
        ),
        OpenApiParameter("step", {"type": "string", "enum": list(STEPS), "default": STEPS[0]}),
        day("from", "the first day (in Oslo) of the time asked for"),
        day("to", "the day after the last; months and years begin on their first day"),
        OpenApiParameter(
            "state",
            {"type": "string", "enum": ["any", *shapes.STATES], "default": "any"},
            description="only of months and years",
        ),
        words("fields", list(FIELDS), "only these of each item"),
        limit(default=100, highest=1000),
        CURSOR,
        *TAGGED,
        NEXT,
    ],
    examples=examples.FOR_INDICATORS,
)
list_definitions = extend_schema(
    operation_id="list_indicator_definitions",
    summary="What the figures count: every definition",
    responses=told(shapes.DefinitionsOutput) | AS_BEFORE | problems(400),
    parameters=TAGGED,
)
get_definition = extend_schema(
    operation_id="get_indicator_definition",
    summary="One definition, in full",
    responses=told(shapes.DefinitionOutput) | AS_BEFORE | problems(400),
    parameters=[
        OpenApiParameter("definition_id", str, OpenApiParameter.PATH),
        *TAGGED,
    ],
    examples=examples.FOR_DEFINITION,
)
get_period = extend_schema(
    operation_id="get_indicator_period",
    summary="A stored month or year: its figures, what they rest on, its revisions",
    responses=told(shapes.StoredPeriodOutput) | AS_BEFORE | problems(400),
    parameters=[
        OpenApiParameter("central", SLUG, OpenApiParameter.PATH),
        OpenApiParameter("period", A_PERIOD, OpenApiParameter.PATH, description="2025-10 or 2025"),
        *TAGGED,
    ],
)
