"""The shape of the kit's answers, for the OpenAPI document."""

from rest_framework import serializers

from callstats.conformance.deliveries import DELIVERIES
from callstats.conformance.findings import Status
from callstats.conformance.rules import CHECKS


class ScenarioMomentOutput(serializers.Serializer):
    """A moment, and what the clock on a Norwegian wall showed."""

    utc = serializers.DateTimeField()
    local = serializers.CharField(help_text="without offset: 2025-10-26 02:30:00.000")
    fold = serializers.IntegerField(
        min_value=0, max_value=1, help_text="1: the second half of autumn's doubled hour"
    )
    offset = serializers.CharField(help_text="+01:00 or +02:00")


class ScenarioLegOutput(serializers.Serializer):
    """A stay in one queue; the call is still one call."""

    queue = serializers.CharField()
    entered = ScenarioMomentOutput()
    left = ScenarioMomentOutput()
    outcome = serializers.CharField()


class ScenarioCallOutput(serializers.Serializer):
    """A call as the telephone system knows it at the time of the delivery."""

    id = serializers.CharField(help_text="send it as the call's id")
    version = serializers.IntegerField(min_value=1)
    queue = serializers.CharField()
    outcome = serializers.CharField()
    arrived = ScenarioMomentOutput()
    answered = ScenarioMomentOutput(allow_null=True)
    answered_by = serializers.CharField(allow_null=True, help_text="not to be sent")
    ended = ScenarioMomentOutput(allow_null=True)
    wait_seconds = serializers.FloatField(allow_null=True)
    talk_seconds = serializers.FloatField(allow_null=True)
    caller = serializers.CharField(help_text="never to be sent")
    legs = ScenarioLegOutput(many=True, help_text="of a call that met several queues")


class ScenarioDeliveryOutput(serializers.Serializer):
    """Calls that are sent together, or a time in which nobody rang."""

    name = serializers.ChoiceField(choices=[each.name for each in DELIVERIES])
    instruction = serializers.CharField()
    covers_from = serializers.DateTimeField(allow_null=True)
    covers_to = serializers.DateTimeField(allow_null=True)
    calls = ScenarioCallOutput(many=True)


class ScenarioOutput(serializers.Serializer):
    """Telephone calls as they happened; send the deliveries in their order."""

    zone = serializers.CharField()
    deliveries = ScenarioDeliveryOutput(many=True)


class FindingOutput(serializers.Serializer):
    """Why a check ended as it did."""

    code = serializers.CharField()
    call = serializers.CharField(allow_null=True)
    message = serializers.CharField(help_text="in the language of Accept-Language")


class CheckOutput(serializers.Serializer):
    code = serializers.ChoiceField(choices=list(CHECKS))
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=[each.value for each in Status])
    required = serializers.BooleanField()
    findings = FindingOutput(many=True)


class ReportOutput(serializers.Serializer):
    """How the feed did so far. It conforms when every required check passes."""

    source = serializers.CharField()
    conforms = serializers.BooleanField()
    conforms_at = serializers.DateTimeField(allow_null=True)
    checks = CheckOutput(many=True)
