"""Addresses of the room, under costs/."""

from django.urls import path

from municipalities.costs.instalments import step_views, views

OF_YEAR = "<slug:cooperation>/pools/<slug:pool>/<int:year>/instalments/"

urlpatterns = [
    path(OF_YEAR, views.instalments, name="instalments"),
    path(f"{OF_YEAR}make", step_views.instalments_make, name="instalments_make"),
    path(f"{OF_YEAR}approve", step_views.instalments_approve, name="instalments_approve"),
    path(f"{OF_YEAR}paid/<int:number>", step_views.payments_all, name="payments_all"),
    path(f"{OF_YEAR}payments/<str:municipality>", step_views.payment_new, name="payment_new"),
]
