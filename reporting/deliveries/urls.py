from django.urls import path

from reporting.deliveries import views

urlpatterns = [
    path("", views.deliveries, name="deliveries"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<str:name>/<int:position>", views.outbox_attachment, name="outbox_attachment"),
    path("<int:delivery>/again", views.send_again, name="delivery_again"),
    path("<slug:cooperation>/schedule", views.schedule, name="delivery_schedule"),
    path("<slug:cooperation>/send/<int:report>", views.send_now, name="deliveries_send"),
]
