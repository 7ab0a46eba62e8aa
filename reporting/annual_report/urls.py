from django.urls import path

from reporting.annual_report import views

urlpatterns = [
    path("", views.annual_reports, name="annual_reports"),
    path("<slug:cooperation>/prepare", views.prepare, name="annual_report_prepare"),
    path("<int:pk>/", views.annual_report, name="annual_report"),
    path("<int:pk>/documents", views.documents, name="annual_report_documents"),
    path("<int:pk>/approve", views.approve, name="annual_report_approve"),
    path("<int:pk>/<str:language>.pdf", views.document, name="annual_report_document"),
    path("<int:pk>/<str:language>/again", views.render_again, name="annual_report_again"),
]
