from django.urls import path

from municipalities.quality.cases import supervision_views, views

COMPLAINTS = "<slug:cooperation>/complaints/"
SUPERVISION = "<slug:cooperation>/supervision/"

urlpatterns = [
    path(COMPLAINTS, views.complaints, name="complaints"),
    path(f"{COMPLAINTS}<int:year>/<int:quarter>/", views.complaint_report, name="complaint_report"),
    path(SUPERVISION, supervision_views.supervisions, name="supervisions"),
    path(f"{SUPERVISION}new/", supervision_views.supervision_new, name="supervision_new"),
    path(f"{SUPERVISION}<int:pk>/", supervision_views.supervision, name="supervision"),
    path(
        f"{SUPERVISION}<int:pk>/change/",
        supervision_views.supervision_change,
        name="supervision_change",
    ),
]
