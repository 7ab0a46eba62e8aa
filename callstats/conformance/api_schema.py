"""What the OpenAPI document says of the conformance kit."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema

from callstats.conformance.serializers import ReportOutput, ScenarioOutput
from callstats.imports import api_headers as headers
from callstats.imports.api_schema import problems, told

get_scenario = extend_schema(
    operation_id="get_conformance_scenario",
    summary="The calls that a vendor's feed is tried on",
    responses=told(ScenarioOutput) | problems(),
    parameters=headers.EVERYWHERE,
)
get_report = extend_schema(
    operation_id="get_conformance_report",
    summary="How the feed of a sandbox source did on the scenario",
    description="409 not_a_sandbox for any other source.",
    responses=told(ReportOutput) | problems(409),
    parameters=headers.EVERYWHERE,
)
