from django.urls import path

from callstats.staffing import views

urlpatterns = [
    path("", views.staffing_first, name="staffing_first"),
    path("<slug:slug>/", views.staffing, name="staffing"),
    path("<slug:slug>/week", views.staffing_table, {"table": "week"}, name="staffing_week"),
    path(
        "<slug:slug>/options",
        views.staffing_table,
        {"table": "options"},
        name="staffing_options",
    ),
]
