from django.urls import path

from callstats.staffing import views

urlpatterns = [
    path("", views.staffing_first, name="staffing_first"),
    path("<slug:slug>/", views.staffing, name="staffing"),
    path("<slug:slug>/week.csv", views.staffing_csv, {"table": "week"}, name="staffing_week_csv"),
    path(
        "<slug:slug>/options.csv",
        views.staffing_csv,
        {"table": "options"},
        name="staffing_options_csv",
    ),
]
