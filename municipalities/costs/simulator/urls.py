from django.urls import path

from municipalities.costs.simulator import views

urlpatterns = [
    path("<slug:cooperation>/simulator/", views.simulator, name="simulator"),
    path("<slug:cooperation>/simulator/save", views.simulation_save, name="simulation_save"),
    path("<slug:cooperation>/simulator/<uuid:token>/", views.simulation, name="simulation"),
]
