from django.urls import path

from municipalities.meetings.hub import views

urlpatterns = [
    path("", views.own, name="meetings_own"),
    path("<slug:cooperation>/", views.meetings, name="meetings"),
]
