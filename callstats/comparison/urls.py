from django.urls import path

from callstats.comparison import reconciliation_views, views

urlpatterns = [
    path("", views.centrals, name="comparison"),
    path("<slug:central>/", views.nation, name="comparison_nation"),
    path(
        "<slug:central>/reconciliation/",
        reconciliation_views.reconciliation,
        name="comparison_reconciliation",
    ),
    path(
        "<slug:central>/reconciliation/<str:month>/",
        reconciliation_views.month,
        name="comparison_month",
    ),
]
