from django.urls import path

from callstats.conformance import views

urlpatterns = [
    path("sources/<slug:slug>/conformance/", views.conformance, name="conformance"),
    path(
        "sources/<slug:slug>/conformance/scenario.json",
        views.scenario_json,
        name="conformance_scenario_json",
    ),
    path(
        "sources/<slug:slug>/conformance/scenario.csv",
        views.scenario_csv,
        name="conformance_scenario_csv",
    ),
    path(
        "sources/<slug:slug>/conformance/start-over/",
        views.start_over,
        name="conformance_start_over",
    ),
]
