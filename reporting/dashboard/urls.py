from django.urls import path

from reporting.dashboard import views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("figure/<slug:central>/<str:month>/", views.figure, name="figure"),
    path("trend/<slug:central>/", views.trend, name="trend"),
    path("hour-of-week/<slug:central>/", views.hour_of_week, name="hour_of_week"),
]
