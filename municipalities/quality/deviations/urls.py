from django.urls import path

from municipalities.quality.deviations import views

ROOM = "<slug:cooperation>/deviations/"
MONTH = ROOM + "<slug:month>/"
ENTRY = ROOM + "lists/<slug:kind>/"

urlpatterns = [
    path(ROOM, views.deviations, name="deviations"),
    path(ROOM + "import/", views.deviation_import, name="deviation_import"),
    path(ROOM + "lists/", views.deviation_lists, name="deviation_lists"),
    path(ROOM + "lists/usual/", views.deviation_lists_usual, name="deviation_lists_usual"),
    path(ENTRY + "new/", views.deviation_entry, name="deviation_entry_new"),
    path(ENTRY + "<int:pk>/", views.deviation_entry, name="deviation_entry"),
    path(ENTRY + "<int:pk>/delete/", views.deviation_entry_delete, name="deviation_entry_delete"),
    path(MONTH, views.deviation_month, name="deviation_month"),
    path(MONTH + "withdraw/", views.deviation_month_withdraw, name="deviation_month_withdraw"),
]
