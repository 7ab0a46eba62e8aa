from django.urls import path

from municipalities.quality.absence import import_views, views

ABSENCE = "<slug:cooperation>/absence/"

urlpatterns = [
    path(ABSENCE, views.absence, name="absence"),
    path(f"{ABSENCE}new/", views.absence_new, name="absence_new"),
    path(f"{ABSENCE}<int:pk>/", views.absence_change, name="absence_change"),
    path(f"{ABSENCE}<int:pk>/remove/", views.absence_remove, name="absence_remove"),
    path(f"{ABSENCE}import/", import_views.absence_import, name="absence_import"),
    path(f"{ABSENCE}import/store/", import_views.absence_import_store, name="absence_import_store"),
]
