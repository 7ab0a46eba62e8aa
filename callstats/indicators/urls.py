from django.urls import path

from callstats.indicators import views

urlpatterns = [
    path("", views.definitions, name="definitions"),
    path("<str:definition_id>/", views.definition, name="definition"),
]
