from django.urls import path

from callstats.imports import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("new/", views.upload, name="import_upload"),
    path("<uuid:pk>/", views.call_import, name="import"),
    path("<uuid:pk>/progress/", views.import_progress, name="import_progress"),
    path("<uuid:pk>/confirm/", views.confirm, name="import_confirm"),
    path("<uuid:pk>/cancel/", views.cancel, name="import_cancel"),
    path("<uuid:pk>/refused.csv", views.refused, name="import_refused"),
]
