from django.urls import path

from reporting.statistics import views

urlpatterns = [
    path("", views.telephony, name="telephony"),
    path("<slug:central>/", views.statistics, name="statistics"),
    path("<slug:central>/trend/", views.trend, name="trend"),
    path("<slug:central>/hour-of-week/", views.hour_of_week, name="hour_of_week"),
    path("<slug:central>/waits/", views.waits, name="waits"),
    path("<slug:central>/abandonment/", views.abandonment, name="abandonment"),
    path("<slug:central>/municipalities/", views.by_municipality, name="by_municipality"),
]
