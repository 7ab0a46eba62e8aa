from django.urls import path

from reporting.annual_report import step_views, views

urlpatterns = [
    path("", views.annual_reports, name="annual_reports"),
    path("<slug:cooperation>/prepare", views.prepare, name="annual_report_prepare"),
    path("<int:pk>/", views.annual_report, name="annual_report"),
    path("<int:pk>/documents", views.documents, name="annual_report_documents"),
    path("<int:pk>/check", step_views.check, name="annual_report_check"),
    path("<int:pk>/approve", step_views.approve, name="annual_report_approve"),
    path("<int:pk>/issue", step_views.issue, name="annual_report_issue"),
    path("<int:pk>/correct", step_views.correct, name="annual_report_correct"),
    path("<int:pk>/<str:language>.pdf", views.document, name="annual_report_document"),
    path("<int:pk>/<str:language>/again", views.render_again, name="annual_report_again"),
]
