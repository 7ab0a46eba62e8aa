from django.urls import path

from callstats.exclusions import decision_views, views

RULE = "<slug:central>/<int:pk>/"

urlpatterns = [
    path("<slug:central>/", views.exclusions, name="exclusions"),
    path("<slug:central>/new/", views.exclusion_new, name="exclusion_new"),
    path(RULE, views.exclusion, name="exclusion"),
    path(f"{RULE}approve/", decision_views.exclusion_approve, name="exclusion_approve"),
    path(f"{RULE}refuse/", decision_views.exclusion_refuse, name="exclusion_refuse"),
    path(f"{RULE}withdraw/", decision_views.exclusion_withdraw, name="exclusion_withdraw"),
]
