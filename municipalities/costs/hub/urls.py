from django.urls import path

from municipalities.costs.hub import views

urlpatterns = [
    path("", views.economy, name="economy"),
    path("<slug:cooperation>/", views.costs, name="costs"),
]
