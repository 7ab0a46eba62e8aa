from django.urls import path

from municipalities.webhooks import views

urlpatterns = [
    path("", views.webhooks, name="webhooks"),
    path("<slug:cooperation>/add/", views.add, name="webhook_add"),
    path("<int:pk>/", views.webhook, name="webhook"),
    path("<int:pk>/change/", views.change, name="webhook_change"),
    path("<int:pk>/secret/", views.renew_secret, name="webhook_renew_secret"),
    path("<int:pk>/test/", views.send_test, name="webhook_send_test"),
    path("<int:pk>/pause/", views.pause, name="webhook_pause"),
    path("<int:pk>/resume/", views.resume, name="webhook_resume"),
    path("<int:pk>/delete/", views.delete, name="webhook_delete"),
    path("messages/<int:pk>/again/", views.send_again, name="webhook_send_again"),
]
