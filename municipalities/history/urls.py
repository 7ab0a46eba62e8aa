from django.urls import path

from municipalities.history import views

urlpatterns = [
    path("<slug:cooperation>/history/", views.latest_changes, name="latest_changes"),
    path(
        "<slug:cooperation>/history/<slug:kind>/<int:pk>/",
        views.history,
        name="history",
    ),
]
