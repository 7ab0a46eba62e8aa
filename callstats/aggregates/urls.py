from django.urls import path

from callstats.aggregates import views

urlpatterns = [
    path("", views.aggregates, name="aggregates"),
    path("new/", views.new_series, name="aggregate_series_new"),
    path("<int:pk>/", views.series, name="aggregate_series"),
    path("<int:pk>/months/<str:month>/", views.series_days, name="aggregate_days"),
    path("<int:pk>/delete/", views.delete_series, name="aggregate_series_delete"),
    path("<int:pk>/upload/", views.upload, name="aggregate_upload"),
    path("reports/<uuid:pk>/", views.report, name="aggregate_report"),
    path("reports/<uuid:pk>/store/", views.report_store, name="aggregate_report_store"),
    path("reports/<uuid:pk>/cancel/", views.report_cancel, name="aggregate_report_cancel"),
]
