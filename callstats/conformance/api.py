"""GET /api/v1/conformance: the scenario, and how the feed did on it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework.response import Response

from callstats.conformance import api_schema, queries, told
from callstats.imports.source_view import SourceView
from legevakt.lib.problems import Problem


class NotASandbox(Problem):
    """409: calls of this source count, so the scenario is not for it."""

    status_code = 409
    code = "not_a_sandbox"
    title = _("The source is not for trying out.")
    default_detail = _("Use the token of a sandbox source; whoever made this one can make it.")


class ConformanceScenario(SourceView):
    """What to send."""

    @api_schema.get_scenario
    def get(self, request):
        return Response(told.scenario_told())


class ConformanceReport(SourceView):
    """How it went."""

    @api_schema.get_report
    def get(self, request):
        source = request.auth.source
        if not source.central.is_sandbox:
            raise NotASandbox
        report = told.report_told(queries.report_of(source))
        return Response({"source": source.slug} | report)
