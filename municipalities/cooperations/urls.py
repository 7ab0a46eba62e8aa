from django.urls import path

from municipalities.cooperations import participant_views, views

PARTICIPANTS = "<slug:cooperation>/participants/"
SERVICES = "<slug:cooperation>/services/"

urlpatterns = [
    path("<slug:cooperation>/facts/", views.cooperation_facts, name="cooperation_facts"),
    path(PARTICIPANTS, participant_views.participants, name="participants"),
    path(f"{PARTICIPANTS}new/", participant_views.participant_new, name="participant_new"),
    path(f"{PARTICIPANTS}merge/", participant_views.participants_merge, name="participants_merge"),
    path(f"{PARTICIPANTS}<int:pk>/end/", participant_views.participant_end, name="participant_end"),
    path(
        f"{PARTICIPANTS}<int:pk>/correct/",
        participant_views.participant_correct,
        name="participant_correct",
    ),
    path(
        f"{PARTICIPANTS}<int:pk>/split/",
        participant_views.participant_split,
        name="participant_split",
    ),
    path(SERVICES, views.services_page, name="services"),
    path(f"{SERVICES}new/", views.service_new, name="service_new"),
    path(f"{SERVICES}<int:pk>/end/", views.service_end, name="service_end"),
]
