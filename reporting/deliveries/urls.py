from django.urls import path

from reporting.deliveries import (
    letter_views,
    outbox_views,
    schedule_views,
    unsubscribe_views,
    views,
)

SCHEDULE = "<slug:cooperation>/schedule/<slug:kind>/"

urlpatterns = [
    path("", views.deliveries, name="deliveries"),
    path("outbox/", outbox_views.outbox, name="outbox"),
    path(
        "outbox/<str:name>/<int:position>",
        outbox_views.outbox_attachment,
        name="outbox_attachment",
    ),
    path("unsubscribe/<str:token>", unsubscribe_views.unsubscribe, name="unsubscribe"),
    path("dispatch/<int:pk>/", views.dispatch, name="dispatch"),
    path("letters/<int:pk>/correct", letter_views.correct_letter, name="letter_correct"),
    path("<int:delivery>/again", views.send_again, name="delivery_again"),
    path("<int:delivery>/note", views.note, name="delivery_note"),
    path(SCHEDULE, schedule_views.schedule, name="delivery_schedule"),
    path(f"{SCHEDULE}recipients/new", schedule_views.add_recipient, name="recipient_new"),
    path(
        f"{SCHEDULE}recipients/<int:pk>/remove",
        schedule_views.remove_recipient,
        name="recipient_remove",
    ),
    path(
        "<slug:cooperation>/send/<slug:kind>/<int:year>/<int:month>",
        views.send_now,
        name="deliveries_send",
    ),
]
