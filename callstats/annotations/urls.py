from django.urls import path

from callstats.annotations import views

urlpatterns = [
    path("<slug:central>/", views.notes, name="annotations"),
    path("<slug:central>/new/", views.annotation_new, name="annotation_new"),
    path("<slug:central>/<int:pk>/", views.annotation_change, name="annotation_change"),
    path("<slug:central>/<int:pk>/remove/", views.annotation_remove, name="annotation_remove"),
]
