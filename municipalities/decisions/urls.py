from django.urls import path

from municipalities.decisions import change_views, views

LIST = "<slug:cooperation>/decisions/"
ONE = f"{LIST}<int:pk>/"

urlpatterns = [
    path(LIST, views.decisions, name="decisions"),
    path(f"{LIST}new/", change_views.decision_new, name="decision_new"),
    path(f"{LIST}receipts/", views.decision_receipts, name="decision_receipts"),
    path(ONE, views.decision, name="decision"),
    path(f"{ONE}confirm/", change_views.decision_confirm, name="decision_confirm"),
    path(f"{ONE}correct/", change_views.decision_correct, name="decision_correct"),
    path(f"{ONE}notify/", change_views.decision_notify, name="decision_notify"),
    path(f"{ONE}<slug:event>/", change_views.decision_event, name="decision_event"),
]
