from django.urls import path

from municipalities.quality.hub import views

urlpatterns = [
    path("", views.own, name="quality_own"),
    path("<slug:cooperation>/", views.quality, name="quality"),
]
