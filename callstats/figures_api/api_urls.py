from django.urls import path

from callstats.figures_api import api

urlpatterns = [
    path("indicators", api.Indicators.as_view(), name="api_indicators"),
    path(
        "indicators/definitions",
        api.IndicatorDefinitions.as_view(),
        name="api_indicator_definitions",
    ),
    path(
        "indicators/definitions/<str:definition_id>",
        api.IndicatorDefinition.as_view(),
        name="api_indicator_definition",
    ),
    path(
        "indicators/periods/<str:central>/<str:period>",
        api.StoredPeriod.as_view(),
        name="api_indicator_period",
    ),
]
