from django.urls import path

from reporting.annual_report import reading_views, step_views, views, writing_views

urlpatterns = [
    path("", views.annual_reports, name="annual_reports"),
    path("<slug:cooperation>/prepare", views.prepare, name="annual_report_prepare"),
    path("<int:pk>/", views.annual_report, name="annual_report"),
    path("<int:pk>/documents", views.documents, name="annual_report_documents"),
    path("<int:pk>/read/", reading_views.read, name="annual_report_read"),
    path("<int:pk>/editions/", reading_views.editions, name="annual_report_editions"),
    path(
        "<int:pk>/<str:language>/tables.<str:file_format>",
        reading_views.tables,
        name="annual_report_tables",
    ),
    path("<int:pk>/write/", writing_views.write, name="annual_report_write"),
    path(
        "<int:pk>/write/<slug:chapter>/",
        writing_views.write_chapter,
        name="annual_report_write_chapter",
    ),
    path(
        "<int:pk>/write/<slug:chapter>/preview",
        writing_views.preview,
        name="annual_report_preview",
    ),
    path("<int:pk>/make", step_views.make, name="annual_report_make"),
    path("<int:pk>/check", step_views.check, name="annual_report_check"),
    path("<int:pk>/approve", step_views.approve, name="annual_report_approve"),
    path("<int:pk>/issue", step_views.issue, name="annual_report_issue"),
    path("<int:pk>/correct", step_views.correct, name="annual_report_correct"),
    path("<int:pk>/<str:language>.pdf", views.document, name="annual_report_document"),
    path("<int:pk>/<str:language>/again", views.render_again, name="annual_report_again"),
]
