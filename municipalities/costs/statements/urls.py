"""Addresses of the room, under costs/."""

from django.urls import path

from municipalities.costs.statements import pdf_views, views

YEAR = "<slug:cooperation>/municipalities/<slug:number>/<int:year>/"

urlpatterns = [
    path(YEAR, views.statement, name="statement"),
    path(f"{YEAR}statement.pdf", pdf_views.statement_pdf, name="statement_pdf"),
    path(f"{YEAR}statement.xlsx", views.statement_xlsx, name="statement_xlsx"),
]
