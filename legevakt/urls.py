"""All addresses: pages by feature, the API under /api/v1, health and metrics."""

from django.urls import include, path
from django.views.generic import TemplateView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from legevakt import health
from municipalities.access.views import set_language

urlpatterns = [
    path("", include("reporting.dashboard.urls")),
    path("statistics/", include("reporting.statistics.urls")),
    path("account/", include("allauth.urls")),
    path("language/", set_language, name="set_language"),
    path("telephony/", include("callstats.imports.urls")),
    path("telephony/aggregates/", include("callstats.aggregates.urls")),
    path("telephony/", include("callstats.mappings.urls")),
    path("telephony/", include("callstats.conformance.urls")),
    path("telephony/", include("callstats.feeds.urls")),
    path("telephony/definitions/", include("callstats.indicators.urls")),
    path("telephony/staffing/", include("callstats.staffing.urls")),
    path("telephony/comparison/", include("callstats.comparison.urls")),
    path("telephony/why/", include("callstats.gaps.urls")),
    path("telephony/periods/", include("callstats.periods.urls")),
    path("telephony/exclusions/", include("callstats.exclusions.urls")),
    path("telephony/notes/", include("callstats.annotations.urls")),
    path("telephony/webhooks/", include("municipalities.webhooks.urls")),
    path("agreement/", include("municipalities.hub.urls")),
    path("agreement/", include("municipalities.searching.urls")),
    path("agreement/", include("municipalities.cooperations.urls")),
    path("agreement/", include("municipalities.agreements.urls")),
    path("agreement/", include("municipalities.obligations.urls")),
    path("agreement/", include("municipalities.decisions.urls")),
    path("agreement/", include("municipalities.hearings.urls")),
    path("agreement/", include("municipalities.centrals.urls")),
    path("agreement/", include("municipalities.competence.urls")),
    path("agreement/", include("municipalities.doctors.urls")),
    path("agreement/", include("municipalities.history.urls")),
    path("costs/", include("municipalities.costs.hub.urls")),
    path("costs/", include("municipalities.costs.pools.urls")),
    path("costs/", include("municipalities.costs.keys.urls")),
    path("costs/", include("municipalities.costs.accounts.urls")),
    path("costs/", include("municipalities.costs.instalments.urls")),
    path("costs/", include("municipalities.costs.settlements.urls")),
    path("costs/", include("municipalities.costs.invoicing.urls")),
    path("costs/", include("municipalities.costs.statements.urls")),
    path("costs/", include("municipalities.costs.simulator.urls")),
    path("costs/", include("municipalities.costs.population.urls")),
    path("meetings/", include("municipalities.meetings.hub.urls")),
    path("meetings/", include("municipalities.meetings.forums.urls")),
    path("meetings/", include("municipalities.meetings.meeting.urls")),
    path("meetings/", include("municipalities.meetings.agenda.urls")),
    path("meetings/", include("municipalities.meetings.minutes.urls")),
    path("meetings/", include("municipalities.meetings.topics.urls")),
    path("meetings/", include("municipalities.meetings.follow_up.urls")),
    path("meetings/", include("municipalities.meetings.year_wheel.urls")),
    path("quality/", include("municipalities.quality.hub.urls")),
    path("quality/", include("municipalities.quality.deviations.urls")),
    path("quality/", include("municipalities.quality.absence.urls")),
    path("quality/", include("municipalities.quality.cases.urls")),
    path("quality/", include("municipalities.quality.notes.urls")),
    path("quality/", include("municipalities.quality.review.urls")),
    path("calendar/", include("municipalities.meetings.year_wheel.feed_urls")),
    path("documents/", include("municipalities.documents.urls")),
    path("annual-report/", include("reporting.annual_report.urls")),
    path("letters/", include("reporting.letters.urls")),
    path("deliveries/", include("reporting.deliveries.urls")),
    path("administration/", include("municipalities.access.urls")),
    path("api/v1/", include("callstats.imports.api_urls")),
    path("api/v1/", include("callstats.conformance.api_urls")),
    path("api/v1/", include("callstats.figures_api.api_urls")),
    path("api/v1/", include("municipalities.record_api.api_urls")),
    path("api/schema.yaml", SpectacularAPIView.as_view(), name="api_schema"),
    path("api/", SpectacularSwaggerSplitView.as_view(url_name="api_schema"), name="api_reference"),
    path("help/", TemplateView.as_view(template_name="pages/help.html"), name="help"),
    path(
        "accessibility/",
        TemplateView.as_view(template_name="pages/accessibility.html"),
        name="accessibility",
    ),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("metrics", health.metrics, name="metrics"),
]

handler400 = "legevakt.errors.bad_request"
handler403 = "legevakt.errors.permission_denied"
handler404 = "legevakt.errors.not_found"
handler500 = "legevakt.errors.server_error"
