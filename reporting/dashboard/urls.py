from django.urls import path
from django.views.generic import RedirectView

from reporting.dashboard import todo_views, views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("todo/", todo_views.todo, name="todo"),
    path("figure/<slug:central>/<str:month>/", views.figure, name="figure"),
    # Where two pages lay before they became statistics; links and bookmarks are kept.
    path(
        "trend/<slug:central>/",
        RedirectView.as_view(pattern_name="trend", permanent=True, query_string=True),
        name="trend_before",
    ),
    path(
        "hour-of-week/<slug:central>/",
        RedirectView.as_view(pattern_name="hour_of_week", permanent=True, query_string=True),
        name="hour_of_week_before",
    ),
]
