from django.urls import path

from municipalities.meetings.minutes import pdf_views, step_views, views, writing_views

ONE = "<slug:cooperation>/meeting/<int:pk>/minutes/"

urlpatterns = [
    path(ONE, views.minutes, name="minutes"),
    path(f"{ONE}pdf/", pdf_views.minutes_pdf, name="minutes_pdf"),
    path(f"{ONE}begin/", writing_views.minutes_begin, name="minutes_begin"),
    path(f"{ONE}write/", writing_views.minutes_write, name="minutes_write"),
    path(f"{ONE}items/new/", writing_views.minutes_item_new, name="minutes_item_new"),
    path(
        f"{ONE}items/<int:item>/follow-up/",
        writing_views.minutes_follow_up,
        name="minutes_follow_up",
    ),
    path(f"{ONE}hearing/", step_views.minutes_hearing, name="minutes_hearing"),
    path(f"{ONE}remark/", step_views.minutes_remark, name="minutes_remark"),
    path(
        f"{ONE}remarks/<int:remark>/",
        step_views.minutes_remark_answer,
        name="minutes_remark_answer",
    ),
    path(f"{ONE}approve/", step_views.minutes_approve, name="minutes_approve"),
    path(f"{ONE}send/", step_views.minutes_send, name="minutes_send"),
]
