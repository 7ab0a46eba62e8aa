from django.urls import path

from municipalities.meetings.year_wheel import views

YEAR = "<slug:cooperation>/year/"
MARK = YEAR + "marks/<slug:code>/<slug:day>/"

urlpatterns = [
    path(YEAR, views.year_wheel_now, name="year_wheel_now"),
    path(YEAR + "<int:year>/", views.year_wheel, name="year_wheel"),
    path(YEAR + "events/new/", views.year_event_new, name="year_event_new"),
    path(YEAR + "events/<int:pk>/", views.year_event, name="year_event"),
    path(MARK, views.year_mark, name="year_mark"),
    path(MARK + "undo/", views.year_unmark, name="year_unmark"),
]
