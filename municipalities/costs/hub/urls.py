from django.urls import path

from municipalities.costs.hub import views

POOL = "<slug:cooperation>/pools/<slug:pool>/"

urlpatterns = [
    path("", views.economy, name="economy"),
    path("<slug:cooperation>/", views.costs, name="costs"),
    path(POOL, views.pool, name="pool"),
    path(f"{POOL}begin", views.pool_year_begin, name="pool_year_begin"),
]
