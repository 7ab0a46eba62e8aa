"""Addresses of the inhabitants, under costs/."""

from django.urls import path

from municipalities.costs.population import upload_views, views

ROOM = "<slug:cooperation>/population/"

urlpatterns = [
    path(ROOM, views.population, name="population"),
    path(ROOM + "upload/", upload_views.population_upload, name="population_upload"),
    path(ROOM + "store/", upload_views.population_store, name="population_store"),
]
