"""Addresses of the room, under costs/."""

from django.urls import path

from municipalities.costs.accounts import (
    art_views,
    budget_views,
    file_views,
    mapping_views,
    views,
)

COOPERATION = "<slug:cooperation>/"
YEAR = "<slug:cooperation>/pools/<slug:pool>/<int:year>/"

urlpatterns = [
    path(f"{COOPERATION}arts/", art_views.arts, name="arts"),
    path(f"{COOPERATION}arts/new", art_views.art_choice_new, name="art_choice_new"),
    path(f"{COOPERATION}arts/<str:art>", art_views.art_choice, name="art_choice"),
    path(f"{COOPERATION}mappings/", mapping_views.accounts_mappings, name="accounts_mappings"),
    path(
        f"{COOPERATION}mappings/new",
        mapping_views.accounts_mapping_new,
        name="accounts_mapping_new",
    ),
    path(
        f"{COOPERATION}mappings/<int:pk>", mapping_views.accounts_mapping, name="accounts_mapping"
    ),
    path(f"{YEAR}budget/", budget_views.budget, name="budget"),
    path(f"{YEAR}budget/draft", budget_views.budget_draft, name="budget_draft"),
    path(f"{YEAR}budget/lines/new", budget_views.budget_line_new, name="budget_line_new"),
    path(f"{YEAR}budget/lines/<int:pk>", budget_views.budget_line, name="budget_line"),
    path(f"{YEAR}budget/import", budget_views.budget_import, name="budget_import"),
    path(f"{YEAR}budget/adopt", budget_views.budget_adopt, name="budget_adopt"),
    path(f"{YEAR}budget/drop", budget_views.budget_drop, name="budget_drop"),
    path(f"{YEAR}accounts/", file_views.accounts, name="accounts"),
    path(f"{YEAR}accounts/import", file_views.accounts_import, name="accounts_import"),
    path(f"{YEAR}accounts/store", file_views.accounts_store, name="accounts_store"),
    path(f"{YEAR}accounts/close", views.year_close, name="year_close"),
    path(f"{YEAR}accounts/reopen", views.year_reopen, name="year_reopen"),
    path(f"{YEAR}report/", views.cost_report, name="cost_report"),
    path(f"{YEAR}report/<int:up_to>/ready", views.cost_report_send, name="cost_report_send"),
    path(f"{YEAR}forecast/<int:up_to>", views.forecast, name="forecast"),
]
