from django.urls import path

from callstats.gaps import views

urlpatterns = [
    path("<slug:central>/", views.why, name="why"),
    path("<slug:central>/<str:period>/", views.why_period, name="why_period"),
]
