from django.urls import path

from municipalities.quality.absence import views

ROOM = "<slug:cooperation>/absence/"

urlpatterns = [
    path(ROOM, views.absence, name="absence"),
    path(ROOM + "new/", views.absence_new, name="absence_new"),
    path(ROOM + "import/", views.absence_import, name="absence_import"),
]
