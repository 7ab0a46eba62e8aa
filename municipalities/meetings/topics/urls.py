from django.urls import path

from municipalities.meetings.topics import views

urlpatterns = [
    path("<slug:cooperation>/topics/", views.topics, name="topics"),
    path("<slug:cooperation>/topics/<slug:code>/", views.topic, name="topic"),
    path(
        "<slug:cooperation>/meeting/<int:pk>/topics/<slug:code>/",
        views.meeting_topic,
        name="meeting_topic",
    ),
]
