from django.urls import path

from municipalities.costs.pools import views

POOL = "<slug:cooperation>/pools/<slug:pool>/"

urlpatterns = [
    path("<slug:cooperation>/new-pool", views.pool_new, name="pool_new"),
    path(f"{POOL}change", views.pool_change, name="pool_change"),
    path(f"{POOL}members/new", views.pool_member_new, name="pool_member_new"),
    path(f"{POOL}members/<int:pk>", views.pool_member, name="pool_member"),
    path(f"{POOL}members/<int:pk>/inhabitants", views.area_population, name="area_population"),
]
