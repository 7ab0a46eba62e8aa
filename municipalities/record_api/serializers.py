"""How the record is told: dates as they are kept, municipalities by number and name."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from legevakt.lib.periods import local_day
from municipalities.agreements.models import Adoption, Agreement, AgreementParty, AgreementVersion
from municipalities.centrals.models import Central, PublicNumber, ServedMunicipality
from municipalities.competence.queries import of_central, summed
from municipalities.cooperations.models import Cooperation, Participant, Service
from municipalities.decisions.models import Decision, Notification
from municipalities.doctors.models import DutyShare, ShiftCount
from municipalities.hearings.models import Hearing, HearingAnswer
from municipalities.obligations.models import Due, Evidence
from municipalities.register.models import Municipality


class Told(serializers.ModelSerializer):
    """Fields without the forms' labels: the API's document is in English whoever makes it."""

    def build_standard_field(self, field_name, model_field):
        kind, told = super().build_standard_field(field_name, model_field)
        return kind, {name: value for name, value in told.items() if name != "label"}


class MunicipalityOutput(Told):
    class Meta:
        model = Municipality
        fields = ["number", "name"]
        ref_name = "RecordMunicipality"


class CooperationOutput(Told):
    host = MunicipalityOutput()

    class Meta:
        model = Cooperation
        fields = [
            *("slug", "name", "host", "form", "board_members_each", "is_co_located"),
            *("is_transfer_of_undertaking", "leader_reports_to", "language"),
        ]


class ParticipantOutput(Told):
    municipality = MunicipalityOutput()

    class Meta:
        model = Participant
        fields = ["municipality", "joined_date", "left_date", "area"]


class ServiceOutput(Told):
    parties = MunicipalityOutput(many=True)

    class Meta:
        model = Service
        fields = ["kind", "legal_basis", "is_bilateral", "parties", "starts_date", "ends_date"]


class PartyOutput(Told):
    municipality = MunicipalityOutput()

    class Meta:
        model = AgreementParty
        fields = ["municipality", "is_host"]


class AdoptionOutput(Told):
    municipality = MunicipalityOutput()

    class Meta:
        model = Adoption
        fields = ["municipality", "is_adopted", "decided_date", "case_number"]


class VersionOutput(Told):
    parties = PartyOutput(many=True)
    adoptions = AdoptionOutput(many=True)

    class Meta:
        model = AgreementVersion
        fields = [
            *("number", "state", "dated_date", "changes", "notice_months", "leaves_at_new_year"),
            *("in_force_from", "in_force_to", "state_informed_date", "parties", "adoptions"),
        ]


class AgreementOutput(Told):
    versions = VersionOutput(many=True, source="seen_versions")

    class Meta:
        model = Agreement
        fields = ["id", "layer", "title", "adopter", "versions"]


class EvidenceOutput(Told):
    class Meta:
        model = Evidence
        fields = ["title", "happened_date", "path", "topics"]


class DueOutput(Told):
    code = serializers.CharField(source="obligation.code")
    title = serializers.CharField(source="obligation.title")
    municipality = MunicipalityOutput(allow_null=True)
    evidence = EvidenceOutput(many=True)

    class Meta:
        model = Due
        fields = [
            *("id", "code", "title", "year", "number", "due_date", "about", "municipality"),
            *("waived_reason", "evidence"),
        ]


class NotificationOutput(Told):
    municipality = MunicipalityOutput()

    class Meta:
        model = Notification
        fields = ["municipality", "deadline_date", "read_at"]


class DecisionOutput(Told):
    municipality = MunicipalityOutput()
    notifications = NotificationOutput(many=True)
    reverses = serializers.IntegerField(source="reverses_id", allow_null=True)

    class Meta:
        model = Decision
        fields = [
            *("id", "municipality", "kind", "level", "body", "case_number", "title", "summary"),
            *("decided_date", "is_exempt", "exemption_basis", "reverses", "appeal_deadline_date"),
            *("appealed_date", "appeal_outcome", "legality_demanded_date", "legality_outcome"),
            *("followed_up_date", "notifications"),
        ]


class AnswerOutput(Told):
    municipality = MunicipalityOutput()

    class Meta:
        model = HearingAnswer
        fields = ["municipality", "position", "text", "answered_at"]


class HearingOutput(Told):
    answers = AnswerOutput(many=True)
    decision = serializers.IntegerField(source="decision_id", allow_null=True)

    class Meta:
        model = Hearing
        fields = [
            *("id", "title", "question", "opened_at", "deadline_date", "closed_at", "outcome"),
            *("decision", "answers"),
        ]


class NumberOutput(Told):
    class Meta:
        model = PublicNumber
        fields = ["number", "line_class", "valid_from", "valid_to"]


class ServedOutput(Told):
    municipality = MunicipalityOutput()

    class Meta:
        model = ServedMunicipality
        fields = ["municipality", "area", "valid_from", "valid_to"]


class CentralOutput(Told):
    numbers = NumberOutput(many=True)
    served = ServedOutput(many=True)

    class Meta:
        model = Central
        fields = ["slug", "name", "numbers", "served"]
        ref_name = "RecordCentral"


class RequirementCountOutput(serializers.Serializer):
    """How many of the operators at work fulfil a requirement; who expires soon is among them."""

    name = serializers.CharField(source="requirement.name")
    kind = serializers.CharField(source="requirement.kind")
    legal_basis = serializers.CharField(source="requirement.legal_basis")
    operators = serializers.IntegerField()
    fulfilled = serializers.IntegerField()
    expiring = serializers.IntegerField()
    lacking = serializers.IntegerField()
    first_expires = serializers.DateField(allow_null=True)


class CompetenceOutput(serializers.Serializer):
    """The counts of a central today; `expiring` is of qualifications, within 90 days."""

    slug = serializers.SlugField()
    operators = serializers.IntegerField()
    lacking = serializers.IntegerField()
    expiring = serializers.IntegerField()
    late_follow_ups = serializers.IntegerField()
    unpaired = serializers.IntegerField()
    requirements = RequirementCountOutput(many=True)

    def to_representation(self, instance: Central) -> dict[str, Any]:
        today = local_day(timezone.now())
        found = of_central(central=instance, today=today)
        counts = asdict(summed(found.operators))
        told = {"slug": instance.slug, "requirements": found.requirements} | counts
        return super().to_representation(told)


class DutyShareOutput(Told):
    municipality = MunicipalityOutput()

    class Meta:
        model = DutyShare
        fields = ["municipality", "posts", "share_percent", "valid_from", "valid_to"]


class ShiftCountOutput(Told):
    municipality = MunicipalityOutput()

    class Meta:
        model = ShiftCount
        fields = [
            *("municipality", "starts_date", "ends_date", "owed", "delivered", "hired"),
            *("unfilled", "source"),
        ]
