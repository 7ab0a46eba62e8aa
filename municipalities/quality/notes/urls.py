from django.urls import path

from municipalities.quality.notes import views

NOTES = "<slug:cooperation>/notes/"

urlpatterns = [
    path(NOTES + "<slug:subject>/new/", views.quality_note_new, name="quality_note_new"),
    path(NOTES + "<int:pk>/", views.quality_note, name="quality_note"),
    path(NOTES + "<int:pk>/remove/", views.quality_note_remove, name="quality_note_remove"),
]
