from django.urls import path

from municipalities.hub import views

urlpatterns = [
    path("", views.agreement, name="agreement"),
    path("<slug:cooperation>/", views.cooperation, name="cooperation"),
]
