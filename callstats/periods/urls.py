from django.urls import path

from callstats.periods import steps as period_steps
from callstats.periods import views as period_views

PERIOD = "<slug:central>/<str:period>/"

urlpatterns = [
    path("", period_views.periods, name="periods"),
    path("<slug:central>/", period_views.central_periods, name="central_periods"),
    path(PERIOD, period_views.period, name="period"),
    path(PERIOD + "check", period_steps.check, name="period_check"),
    path(PERIOD + "publish", period_steps.publish, name="period_publish"),
    path(PERIOD + "revise", period_steps.revise, name="period_revise"),
]
