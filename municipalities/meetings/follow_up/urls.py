from django.urls import path

from municipalities.meetings.follow_up import views

FOLLOW_UPS = "<slug:cooperation>/follow-ups/"
ONE = FOLLOW_UPS + "<int:pk>/"

urlpatterns = [
    path(FOLLOW_UPS, views.follow_ups, name="follow_ups"),
    path(
        "<slug:cooperation>/forums/<int:forum>/follow-up/",
        views.meeting_follow_up_new,
        name="meeting_follow_up_new",
    ),
    path(ONE, views.meeting_follow_up, name="meeting_follow_up"),
    path(ONE + "report/", views.meeting_follow_up_report, name="meeting_follow_up_report"),
    path(ONE + "change/", views.meeting_follow_up_change, name="meeting_follow_up_change"),
    path(ONE + "give-up/", views.meeting_follow_up_give_up, name="meeting_follow_up_give_up"),
    path(ONE + "reopen/", views.meeting_follow_up_reopen, name="meeting_follow_up_reopen"),
]
