from __future__ import annotations

from django.urls import path

from municipalities.obligations import due_views, obligation_views, views

ROOM = "<slug:cooperation>/obligations/"
ONE = f"{ROOM}<int:pk>/"
DUE = f"{ROOM}due/<int:pk>/"

urlpatterns = [
    path(ROOM, views.obligations, name="obligations"),
    path(f"{ROOM}new/", obligation_views.obligation_new, name="obligation_new"),
    path(f"{ROOM}establish/", obligation_views.obligations_establish, name="obligations_establish"),
    path(ONE, views.obligation, name="obligation"),
    path(f"{ONE}change/", obligation_views.obligation_change, name="obligation_change"),
    path(f"{ONE}end/", obligation_views.obligation_end, name="obligation_end"),
    path(f"{ONE}event/", due_views.due_new, name="due_new"),
    path(DUE, views.due, name="due"),
    path(f"{DUE}evidence/", due_views.evidence_new, name="evidence_new"),
    path(f"{DUE}waive/", due_views.due_waive, name="due_waive"),
    path(f"{DUE}reinstate/", due_views.due_reinstate, name="due_reinstate"),
    path(f"{ROOM}evidence/<int:pk>/remove/", due_views.evidence_remove, name="evidence_remove"),
]
