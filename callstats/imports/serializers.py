"""The shape of the import API's answers, for the OpenAPI document."""

from rest_framework import serializers

from callstats.imports.models import Channel, ImportState
from legevakt.lib.api_document import ProblemOutput

STATUSES = ImportState.values  # named in settings, so that it is no other `status`


class CountsOutput(serializers.Serializer):
    """What became of the rows: received = created + updated + unchanged + rejected + pending."""

    received = serializers.IntegerField(min_value=0)
    created = serializers.IntegerField(min_value=0)
    updated = serializers.IntegerField(min_value=0, help_text="a new revision of a known call")
    unchanged = serializers.IntegerField(min_value=0)
    rejected = serializers.IntegerField(min_value=0)
    ignored = serializers.IntegerField(min_value=0, help_text="lines that are about no call")
    pending = serializers.IntegerField(min_value=0, help_text="calls that have not ended yet")


class ProgressOutput(serializers.Serializer):
    stage = serializers.CharField(allow_blank=True)
    processed = serializers.IntegerField(min_value=0)
    total = serializers.IntegerField(min_value=0)


class RowErrorOutput(serializers.Serializer):
    line = serializers.IntegerField(allow_null=True, help_text="1-based line of the body")
    index = serializers.IntegerField(allow_null=True, help_text="0-based place in calls")
    id = serializers.CharField(allow_null=True, help_text="the sender's own id of the call")
    field = serializers.CharField(allow_null=True)
    code = serializers.CharField(help_text="stable; docs/api lists them")
    value = serializers.CharField(allow_null=True, help_text="only times, lengths and outcomes")
    message = serializers.CharField(help_text="in the language of Accept-Language")


class RowErrorsOutput(serializers.Serializer):
    """A page of refused rows, in the order of the body."""

    items = RowErrorOutput(many=True)
    next = serializers.CharField(allow_null=True, help_text="cursor of the next page")


class WarningOutput(serializers.Serializer):
    code = serializers.CharField()
    count = serializers.IntegerField()
    line = serializers.IntegerField(allow_null=True)
    params = serializers.DictField()
    message = serializers.CharField()


class ImportSummaryOutput(serializers.Serializer):
    """One import, without its rows."""

    id = serializers.UUIDField()
    source = serializers.CharField()
    status = serializers.ChoiceField(choices=STATUSES)
    code = serializers.CharField(allow_blank=True, help_text="why nothing was stored, if so")
    channel = serializers.ChoiceField(choices=Channel.values)
    mode = serializers.ChoiceField(choices=["partial", "atomic"])
    dry_run = serializers.BooleanField()
    idempotency_key = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    counts = CountsOutput()
    errors_url = serializers.CharField(allow_null=True, help_text="every refused row")


class ImportOutput(ImportSummaryOutput):
    """The result of an import, the same for a small and a large one."""

    message = serializers.CharField(allow_blank=True)
    details = serializers.DictField()
    progress = ProgressOutput()
    errors = RowErrorOutput(many=True, help_text="the first hundred")
    errors_truncated = serializers.BooleanField()
    warnings = WarningOutput(many=True)
    affected_periods = serializers.ListField(
        child=serializers.CharField(), help_text="months, 2026-10"
    )


class ImportsOutput(serializers.Serializer):
    """A page of imports, the newest first."""

    items = ImportSummaryOutput(many=True)
    next = serializers.CharField(allow_null=True, help_text="cursor of the next page")


class CursorOutput(serializers.Serializer):
    """The last event line that was stored; nulls when none was."""

    line_sha256 = serializers.RegexField(
        "^[0-9a-f]{64}$",
        allow_null=True,
        help_text="of time|callid|queue|agent|event, the line's first five fields",
    )
    event_at = serializers.DateTimeField(allow_null=True)
    stored_at = serializers.DateTimeField(allow_null=True)


class NotTakenOutput(ProblemOutput):
    """The problem of a request of which nothing was stored.

    `errors` and `result` (the import that failed) are there unless the request made no import,
    as with `idempotency_key_reused`.
    """

    errors = RowErrorOutput(many=True, required=False)
    result = ImportOutput(required=False)
