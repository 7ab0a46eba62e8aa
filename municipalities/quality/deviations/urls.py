from django.urls import path

from municipalities.quality.deviations import import_views, list_views, views

DEVIATIONS = "<slug:cooperation>/deviations/"
MONTH = DEVIATIONS + "<int:year>/<int:month>/"
LISTS = DEVIATIONS + "lists/"
IMPORT = DEVIATIONS + "import/"

urlpatterns = [
    path(DEVIATIONS, views.deviations, name="deviations"),
    path(MONTH, views.deviation_month, name="deviation_month"),
    path(f"{MONTH}remove/", views.deviation_month_remove, name="deviation_month_remove"),
    path(LISTS, list_views.deviation_lists, name="deviation_lists"),
    path(f"{LISTS}fill/", list_views.deviation_lists_fill, name="deviation_lists_fill"),
    path(f"{LISTS}<slug:kind>/new/", list_views.deviation_entry_new, name="deviation_entry_new"),
    path(f"{LISTS}<slug:kind>/<int:pk>/", list_views.deviation_entry, name="deviation_entry"),
    path(
        f"{LISTS}<slug:kind>/<int:pk>/remove/",
        list_views.deviation_entry_remove,
        name="deviation_entry_remove",
    ),
    path(IMPORT, import_views.deviation_import, name="deviation_import"),
    path(f"{IMPORT}store/", import_views.deviation_import_store, name="deviation_import_store"),
]
