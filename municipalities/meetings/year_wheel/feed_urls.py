from django.urls import path

from municipalities.meetings.year_wheel import feed_views

urlpatterns = [
    path("", feed_views.calendar, name="calendar"),
    path("new/", feed_views.calendar_new, name="calendar_new"),
    path("remove/", feed_views.calendar_remove, name="calendar_remove"),
    path("<str:token>.ics", feed_views.calendar_feed, name="calendar_feed"),
]
