from django.urls import path

from municipalities.centrals import checklist_views, views

CENTRALS = "<slug:cooperation>/centrals/"
CENTRAL = f"{CENTRALS}<slug:central>/"
ROW = f"{CENTRAL}checklist/<slug:row>/"

urlpatterns = [
    path(CENTRALS, views.centrals_of, name="centrals_of"),
    path(CENTRAL, views.central_record, name="central_record"),
    path(f"{CENTRAL}numbers/new/", views.central_number_new, name="central_number_new"),
    path(f"{CENTRAL}numbers/<int:pk>/", views.central_number_change, name="central_number_change"),
    path(f"{CENTRAL}municipalities/new/", views.served_new, name="central_served_new"),
    path(f"{CENTRAL}municipalities/<int:pk>/", views.served_change, name="central_served_change"),
    path(f"{CENTRAL}checklist/", checklist_views.checklist, name="central_checklist"),
    path(ROW, checklist_views.requirement, name="central_requirement"),
    path(f"{ROW}check/", checklist_views.requirement_check, name="central_check_new"),
    path(f"{ROW}plan/", checklist_views.requirement_plan, name="central_plan"),
]
