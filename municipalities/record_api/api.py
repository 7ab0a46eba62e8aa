"""GET /api/v1/cooperations/…: the shared record, as the logged-in reader sees it on the pages.

Exemptions of doctors are not told here, and of operators only counts: they are about persons.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import OpenApiParameter
from rest_framework.authentication import SessionAuthentication
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from legevakt.lib.parameters import only_known, whole_number
from municipalities.access.rules import Permission
from municipalities.agreements.models import Agreement, AgreementVersion
from municipalities.centrals.models import Central
from municipalities.cooperations.models import Cooperation, Participant, Service
from municipalities.cooperations.visible import visible_cooperation
from municipalities.decisions.models import Decision
from municipalities.doctors.models import DutyShare, ShiftCount
from municipalities.hearings.models import Hearing
from municipalities.obligations.models import Due
from municipalities.record_api import serializers
from municipalities.record_api.api_schema import LATEST_YEAR, YEAR, RecordSchema
from municipalities.record_api.pages import ByCursor


@method_decorator(conditional_page, name="dispatch")
class RecordList(ListAPIView):
    """A list for a person who is logged in; the answer has an ETag."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [IsAuthenticated]
    pagination_class = ByCursor
    throttle_classes: list[Any] = []
    schema = RecordSchema()
    operation_id = ""
    parameters: tuple[OpenApiParameter, ...] = ()
    model: Any

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        own = (parameter.name for parameter in self.parameters)
        only_known(request, ("limit", "cursor", *own, "format"))

    def get_queryset(self) -> QuerySet:
        return self.model.objects.visible_to(self.request.user)


class Cooperations(RecordList):
    """The cooperations you take part in."""

    serializer_class = serializers.CooperationOutput
    operation_id = "list_cooperations"

    def get_queryset(self) -> QuerySet:
        return Cooperation.objects.visible_to(self.request.user).select_related("host")


class OfCooperation(RecordList):
    """Rows of one cooperation; 404 for who does not hold the permission on it."""

    permission = Permission.VIEW_AGREEMENT
    related: tuple[str, ...] = ("municipality",)
    prefetched: tuple[Any, ...] = ()

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        found = visible_cooperation(
            self.request, slug=self.kwargs["cooperation"], permission=self.permission
        )
        rows = self.of(found.cooperation)
        return rows.select_related(*self.related).prefetch_related(*self.prefetched)

    def of(self, cooperation: Cooperation) -> QuerySet:
        return super().get_queryset().filter(cooperation=cooperation)


class Participants(OfCooperation):
    """Who takes part, with the days."""

    model = Participant
    serializer_class = serializers.ParticipantOutput


class Services(OfCooperation):
    """What the host runs for whom."""

    model = Service
    serializer_class = serializers.ServiceOutput
    related = ("cooperation",)
    prefetched = ("parties",)


class Agreements(OfCooperation):
    """Each agreement with the versions you may see, their parties and adoptions."""

    model = Agreement
    serializer_class = serializers.AgreementOutput
    related = ("cooperation",)

    def of(self, cooperation: Cooperation) -> QuerySet:
        seen = AgreementVersion.objects.visible_to(self.request.user).order_by("number")
        versions = seen.prefetch_related("parties__municipality", "adoptions__municipality")
        return (
            super()
            .of(cooperation)
            .prefetch_related(Prefetch("versions", queryset=versions, to_attr="seen_versions"))
        )


class Dues(OfCooperation):
    """Every time an obligation is due, with its evidence; of a year, where it is given."""

    model = Due
    serializer_class = serializers.DueOutput
    related = ("obligation", "municipality")
    prefetched = ("evidence",)
    parameters = (YEAR,)

    def of(self, cooperation: Cooperation) -> QuerySet:
        rows = Due.objects.visible_to(self.request.user)
        rows = rows.filter(obligation__cooperation=cooperation)
        if "year" not in self.request.query_params:
            return rows
        year = whole_number(self.request, "year", default=LATEST_YEAR, highest=LATEST_YEAR)
        return rows.filter(year=year)


class Decisions(OfCooperation):
    """Decisions on the legevakt, with who was notified."""

    model = Decision
    serializer_class = serializers.DecisionOutput
    prefetched = ("notifications__municipality",)


class Hearings(OfCooperation):
    """Hearings, with each municipality's answer."""

    model = Hearing
    serializer_class = serializers.HearingOutput
    related = ("cooperation",)
    prefetched = ("answers__municipality",)


class Centrals(OfCooperation):
    """Centrals with their numbers and whom they answer for."""

    model = Central
    serializer_class = serializers.CentralOutput
    related = ("cooperation",)
    prefetched = ("numbers", "served__municipality")


class Competence(OfCooperation):
    """The operators' competence and follow-up at each central, in counts; for the host's own."""

    model = Central
    permission = Permission.VIEW_COMPETENCE
    serializer_class = serializers.CompetenceOutput
    related = ("cooperation",)


class DutyShares(OfCooperation):
    """How much of the duty each municipality owes."""

    model = DutyShare
    serializer_class = serializers.DutyShareOutput


class ShiftCounts(OfCooperation):
    """Shifts owed and delivered."""

    model = ShiftCount
    serializer_class = serializers.ShiftCountOutput
