from django.urls import path

from callstats.mappings import views

urlpatterns = [
    path("sources/<slug:slug>/mapping/", views.start, name="mapping_start"),
    path("sources/<slug:slug>/mapping/versions/", views.versions, name="mapping_versions"),
    path(
        "sources/<slug:slug>/mapping/versions/<int:version>/again/",
        views.go_back,
        name="mapping_go_back",
    ),
    path("sources/<slug:slug>/mapping/<uuid:pk>/", views.draft, name="mapping_draft"),
    path("sources/<slug:slug>/mapping/<uuid:pk>/discard/", views.discard, name="mapping_discard"),
]
