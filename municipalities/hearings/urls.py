from django.urls import path

from municipalities.hearings import views

LIST = "<slug:cooperation>/hearings/"
ONE = f"{LIST}<int:pk>/"

urlpatterns = [
    path(LIST, views.hearings, name="hearings"),
    path(f"{LIST}new/", views.hearing_new, name="hearing_new"),
    path(ONE, views.hearing, name="hearing"),
    path(f"{ONE}answers/<int:answer>/", views.hearing_answer, name="hearing_answer"),
    path(f"{ONE}change/", views.hearing_change, name="hearing_change"),
    path(f"{ONE}close/", views.hearing_close, name="hearing_close"),
]
