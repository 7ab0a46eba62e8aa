from django.urls import path

from municipalities.meetings.meeting import people_views, views

MEETING = "<slug:cooperation>/meeting/<int:pk>/"
PERSON = MEETING + "people/<int:invitee>/"

urlpatterns = [
    path("<slug:cooperation>/forums/<int:forum>/plan/", views.meeting_plan, name="meeting_plan"),
    path(MEETING, views.meeting, name="meeting"),
    path(MEETING + "change/", views.meeting_change, name="meeting_change"),
    path(MEETING + "call/", views.meeting_call, name="meeting_call"),
    path(MEETING + "cancel/", views.meeting_cancel, name="meeting_cancel"),
    path(MEETING + "calendar.ics", views.meeting_ics, name="meeting_ics"),
    path(MEETING + "answer/", people_views.meeting_answer, name="meeting_answer"),
    path(MEETING + "people/new/", people_views.meeting_invite, name="meeting_invite"),
    path(PERSON + "answer/", people_views.meeting_answer_for, name="meeting_answer_for"),
    path(PERSON + "remove/", people_views.meeting_uninvite, name="meeting_uninvite"),
    path(PERSON + "address/", people_views.meeting_address, name="meeting_address"),
    path(PERSON + "send-again/", people_views.meeting_send_again, name="meeting_send_again"),
    path(
        MEETING + "documents/new/", people_views.meeting_document_new, name="meeting_document_new"
    ),
    path(
        MEETING + "documents/<int:document>/remove/",
        people_views.meeting_document_remove,
        name="meeting_document_remove",
    ),
]
