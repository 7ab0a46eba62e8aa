from django.urls import path

from callstats.imports import api, event_api

urlpatterns = [
    path("call-imports", api.CallImports.as_view(), name="api_call_imports"),
    path("call-imports/<uuid:pk>", api.CallImportDetail.as_view(), name="api_call_import"),
    path("call-imports/<uuid:pk>/rows", api.CallImportRows.as_view(), name="api_call_import_rows"),
    path(
        "call-imports/<uuid:pk>/cancel",
        api.CallImportCancel.as_view(),
        name="api_call_import_cancel",
    ),
    path("call-events", event_api.CallEvents.as_view(), name="api_call_events"),
    path("call-events/cursor", event_api.CallEventsCursor.as_view(), name="api_call_events_cursor"),
]
