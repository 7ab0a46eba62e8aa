"""Addresses of the room, under costs/."""

from django.urls import path

from municipalities.costs.invoicing import billing_views, file_views, views

CLAIMS = "<slug:cooperation>/claims/"

urlpatterns = [
    path(CLAIMS, views.claims, name="claims"),
    path(f"{CLAIMS}new/<slug:pool>/<int:year>/<slug:batch>", views.claims_new, name="claims_new"),
    path(f"{CLAIMS}files/<slug:table>", file_views.claims_file, name="claims_file"),
    path(f"{CLAIMS}ehf.zip", file_views.claims_zip, name="claims_zip"),
    path(f"{CLAIMS}<int:number>.xml", file_views.claim_xml, name="claim_xml"),
    path("<slug:cooperation>/billing/", billing_views.billing, name="billing"),
    path(
        "<slug:cooperation>/billing/<slug:number>",
        billing_views.billing_change,
        name="billing_change",
    ),
]
