from django.urls import path

from municipalities.costs.keys import step_views, views

ONE = "<slug:cooperation>/pools/<slug:pool>/keys/<int:number>/"

urlpatterns = [
    path("<slug:cooperation>/usage/", views.usage, name="usage"),
    path("<slug:cooperation>/usage/give", step_views.usage_write, name="usage_write"),
    path("<slug:cooperation>/pools/<slug:pool>/keys/", views.keys, name="keys"),
    path("<slug:cooperation>/pools/<slug:pool>/keys/new", step_views.key_new, name="key_new"),
    path(ONE, views.key, name="key"),
    path(f"{ONE}write", step_views.key_write, name="key_write"),
    path(f"{ONE}send", step_views.key_send, name="key_send"),
    path(f"{ONE}drop", step_views.key_drop, name="key_drop"),
    path(f"{ONE}adoptions/<str:municipality>", step_views.key_adoption, name="key_adoption"),
]
