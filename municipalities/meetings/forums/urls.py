from django.urls import path

from municipalities.meetings.forums import views

FORUMS = "<slug:cooperation>/forums/"
FORUM = FORUMS + "<int:pk>/"

urlpatterns = [
    path(FORUMS, views.forums, name="forums"),
    path(FORUMS + "set-up/", views.forums_set_up, name="forums_set_up"),
    path(FORUMS + "new/", views.forum_new, name="forum_new"),
    path(FORUM, views.forum, name="forum"),
    path(FORUM + "change/", views.forum_change, name="forum_change"),
    path(FORUM + "end/", views.forum_end, name="forum_end"),
    path(FORUM + "members/new/", views.forum_member_new, name="forum_member_new"),
    path(FORUM + "members/<int:member>/", views.forum_member, name="forum_member"),
    path(FORUM + "members/<int:member>/end/", views.forum_member_end, name="forum_member_end"),
]
