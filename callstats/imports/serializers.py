"""The shape of the import API's answers, for the OpenAPI document."""

from rest_framework import serializers

from callstats.imports.models import ImportState


class CountsOutput(serializers.Serializer):
    received = serializers.IntegerField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    rejected = serializers.IntegerField()
    ignored = serializers.IntegerField()
    pending = serializers.IntegerField()


class ProgressOutput(serializers.Serializer):
    stage = serializers.CharField(allow_blank=True)
    processed = serializers.IntegerField()
    total = serializers.IntegerField()


class RowErrorOutput(serializers.Serializer):
    line = serializers.IntegerField(allow_null=True, help_text="1-based line of the file")
    index = serializers.IntegerField(allow_null=True, help_text="0-based place in calls")
    id = serializers.CharField(allow_null=True, help_text="the sender's own id of the call")
    field = serializers.CharField(allow_null=True)
    code = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    message = serializers.CharField()


class WarningOutput(serializers.Serializer):
    code = serializers.CharField()
    count = serializers.IntegerField()
    line = serializers.IntegerField(allow_null=True)
    params = serializers.DictField()
    message = serializers.CharField()


class ImportOutput(serializers.Serializer):
    """The result of an import, the same for a small and a large one."""

    id = serializers.UUIDField()
    source = serializers.CharField()
    status = serializers.ChoiceField(choices=ImportState.values)
    code = serializers.CharField(allow_blank=True)
    message = serializers.CharField(allow_blank=True)
    details = serializers.DictField()
    dry_run = serializers.BooleanField()
    counts = CountsOutput()
    progress = ProgressOutput()
    errors = RowErrorOutput(many=True)
    errors_truncated = serializers.BooleanField()
    warnings = WarningOutput(many=True)
    affected_periods = serializers.ListField(child=serializers.CharField())


class CallInput(serializers.Serializer):
    """One call by its canonical names; what is not known here is refused by name."""

    id = serializers.CharField(max_length=120)
    arrived_at = serializers.DateTimeField(help_text="RFC 3339 with offset")
    number = serializers.CharField(required=False)
    queue = serializers.CharField(required=False)
    outcome = serializers.CharField()
    answered_at = serializers.DateTimeField(required=False, allow_null=True)
    wait_seconds = serializers.DecimalField(9, 3, required=False, allow_null=True)
    talk_seconds = serializers.DecimalField(9, 3, required=False, allow_null=True)
    announcement_seconds = serializers.DecimalField(9, 3, required=False, allow_null=True)
    ended_at = serializers.DateTimeField(required=False, allow_null=True)
    forwarded_to = serializers.CharField(required=False, allow_null=True)
    municipality = serializers.CharField(required=False, allow_null=True)
    urgency = serializers.CharField(required=False, allow_null=True)
    video = serializers.BooleanField(required=False, allow_null=True)
    version = serializers.IntegerField(required=False, allow_null=True)
    legs = serializers.ListField(required=False, child=serializers.DictField())


class CallsInput(serializers.Serializer):
    """A batch of calls, and the time it covers even where nobody rang."""

    calls = CallInput(many=True)
    covers_from = serializers.DateTimeField(required=False)
    covers_to = serializers.DateTimeField(required=False)


class ProblemOutput(serializers.Serializer):
    """RFC 9457 problem+json."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField(allow_blank=True)
    request_id = serializers.CharField(allow_blank=True)


class NotTakenOutput(ProblemOutput):
    """The problem of a request that gave no calls at all, and the import that failed by it."""

    result = ImportOutput()
