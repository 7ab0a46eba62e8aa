from django.urls import path

from municipalities.record_api import api

HERE = "cooperations/<slug:cooperation>"
urlpatterns = [
    path("cooperations", api.Cooperations.as_view(), name="api_cooperations"),
    path(f"{HERE}/participants", api.Participants.as_view(), name="api_participants"),
    path(f"{HERE}/services", api.Services.as_view(), name="api_services"),
    path(f"{HERE}/agreements", api.Agreements.as_view(), name="api_agreements"),
    path(f"{HERE}/obligations", api.Dues.as_view(), name="api_obligations"),
    path(f"{HERE}/decisions", api.Decisions.as_view(), name="api_decisions"),
    path(f"{HERE}/hearings", api.Hearings.as_view(), name="api_hearings"),
    path(f"{HERE}/centrals", api.Centrals.as_view(), name="api_centrals"),
    path(f"{HERE}/competence", api.Competence.as_view(), name="api_competence"),
    path(f"{HERE}/duty-shares", api.DutyShares.as_view(), name="api_duty_shares"),
    path(f"{HERE}/shifts", api.ShiftCounts.as_view(), name="api_shifts"),
]
