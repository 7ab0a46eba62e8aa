from django.urls import path

from municipalities.access import views

urlpatterns = [
    path("", views.access, name="access"),
    path("<int:pk>/revoke/", views.revoke, name="access_revoke"),
]
