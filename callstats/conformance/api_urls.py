from django.urls import path

from callstats.conformance import api

urlpatterns = [
    path(
        "conformance/scenario", api.ConformanceScenario.as_view(), name="api_conformance_scenario"
    ),
    path("conformance/report", api.ConformanceReport.as_view(), name="api_conformance_report"),
]
