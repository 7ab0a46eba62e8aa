"""Addresses of the room, under costs/."""

from django.urls import path

from municipalities.costs.settlements import step_views, views

OF_YEAR = "<slug:cooperation>/pools/<slug:pool>/<int:year>/settlements/"
ONE = f"{OF_YEAR}<int:number>/"

urlpatterns = [
    path(OF_YEAR, views.settlements, name="settlements"),
    path(f"{OF_YEAR}prepare", step_views.settlement_prepare, name="settlement_prepare"),
    path(ONE, views.settlement, name="settlement"),
    path(f"{ONE}correct", step_views.settlement_correct, name="settlement_correct"),
    path(f"{ONE}send", step_views.settlement_send, name="settlement_send"),
    path(f"{ONE}approve", step_views.settlement_approve, name="settlement_approve"),
    path(f"{ONE}drop", step_views.settlement_drop, name="settlement_drop"),
    path(
        f"{ONE}comments/<str:municipality>",
        step_views.settlement_comment,
        name="settlement_comment",
    ),
]
