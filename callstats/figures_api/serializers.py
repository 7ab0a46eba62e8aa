"""The shape of the answers about figures, for the OpenAPI document."""

from __future__ import annotations

from rest_framework import serializers

from callstats.calls.models import Outcome
from callstats.figures_api.answers import REASONS
from callstats.figures_api.spans import STEPS, STORED_STEPS
from callstats.indicators.definitions import DEFAULT_FIRST as PROFILES
from callstats.indicators.rules import BANDS
from callstats.periods.models import PeriodState
from municipalities.models import LineClass

KINDS = ["share", "bands", "seconds"]
STATISTICS = ["mean", "median", "p90", "p95"]
STATES = PeriodState.values
SHA256 = r"^[0-9a-f]{64}$"


def count(help_text: str = "", **options) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, help_text=help_text, **options)


# Names that no class can give its fields.
DaysOutput = type(
    "DaysOutput",
    (serializers.Serializer,),
    {
        "__doc__": "Half-open: `to` is not in it.",
        "from": serializers.DateField(),
        "to": serializers.DateField(),
    },
)
BandsOutput = type(
    "BandsOutput",
    (serializers.Serializer,),
    {"__doc__": "Unanswered calls by seconds of wait."} | {name: count() for name in BANDS},
)


class CompletenessOutput(serializers.Serializer):
    """Hours of which a feed tells, of those there are."""

    hours_with_data = count()
    hours_in_period = count("23 or 25 of a day on which the clock is moved")
    is_provisional = serializers.BooleanField(help_text="fewer than the installation asks for")


class FigureOutput(serializers.Serializer):
    """What a definition makes of a period, and what that rests on."""

    definition = serializers.CharField()
    definition_version = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=KINDS)
    numerator = count("null: so few that it is hidden", allow_null=True)
    denominator = count("null: so few that it is hidden", allow_null=True)
    percent = serializers.RegexField(
        r"^[0-9]+\.[0-9]$", allow_null=True, help_text="of a share, one decimal, half up"
    )
    value_seconds = serializers.FloatField(
        allow_null=True, help_text="of a statistic, which rests on `denominator` calls"
    )
    bands = BandsOutput(allow_null=True)
    reason = serializers.ChoiceField(
        choices=REASONS, allow_null=True, help_text="why there is no figure"
    )
    target_percent = serializers.IntegerField(allow_null=True)
    meets_target = serializers.BooleanField(
        allow_null=True, help_text="on whole numbers: 79.96 % is shown as 80.0 and is below 80"
    )
    completeness = CompletenessOutput()
    unknown_waits = count("calls whose wait is not known", allow_null=True)
    ambiguous_times = count("calls in autumn's doubled hour, told without offset", allow_null=True)
    before_queue = count("hung up during the announcement; in no figure", allow_null=True)
    excluded = count("left out by rules that another person approved", allow_null=True)


class IndicatorOutput(FigureOutput):
    """A figure of a central and a period; of its fields those that are asked for."""

    central = serializers.CharField()
    period = DaysOutput()
    starts_at = serializers.DateTimeField(
        allow_null=True, help_text="of an hour, with the offset of Oslo"
    )
    step = serializers.ChoiceField(choices=STEPS)
    as_of = serializers.DateTimeField(help_text="when it was computed")
    state = serializers.ChoiceField(
        choices=STATES, allow_null=True, help_text="null: counted now, not stored"
    )
    revision = serializers.IntegerField(min_value=1, allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)

    def get_fields(self):
        found = super().get_fields()
        for field in found.values():
            field.required = False
        return found


class IndicatorsOutput(serializers.Serializer):
    """A page of figures, by central, time and definition."""

    items = IndicatorOutput(many=True)
    next = serializers.CharField(allow_null=True, help_text="cursor of the next page")


class TextsOutput(serializers.Serializer):
    nn = serializers.CharField()
    nb = serializers.CharField()
    en = serializers.CharField()


class TermOutput(serializers.Serializer):
    """Some calls: of these outcomes, all of them or by how long they took."""

    outcomes = serializers.ListField(child=serializers.ChoiceField(choices=Outcome.values))
    within_seconds = serializers.IntegerField(required=False, help_text="inclusive")
    longer_than_seconds = serializers.IntegerField(
        required=False, help_text="and those whose wait is not known"
    )
    rung_back_within_seconds = serializers.IntegerField(required=False)


class DefinitionOutput(serializers.Serializer):
    """Every parameter of an indicator, as its file has it."""

    id = serializers.CharField()
    version = serializers.IntegerField(min_value=1)
    profile = serializers.ChoiceField(choices=PROFILES)
    kind = serializers.ChoiceField(choices=KINDS)
    name = TextsOutput()
    statement = TextsOutput()
    target_percent = serializers.IntegerField(allow_null=True)
    line_classes = serializers.ListField(child=serializers.ChoiceField(choices=LineClass.values))
    numerator = TermOutput(many=True)
    denominator = TermOutput(many=True)
    statistic = serializers.ChoiceField(choices=STATISTICS, allow_null=True)
    second_threshold_seconds = serializers.IntegerField(min_value=1)
    excludes = serializers.ListField(child=serializers.CharField())
    parameters = serializers.DictField(child=serializers.CharField())
    sources = serializers.ListField(child=serializers.CharField())
    author = serializers.CharField()
    reviewer = serializers.CharField(allow_null=True)
    reviewed_on = serializers.DateField(allow_null=True)


class DefinitionsOutput(serializers.Serializer):
    """Every definition, the national one first."""

    items = DefinitionOutput(many=True)


class ImportsBehindOutput(serializers.Serializer):
    """The imports that touch the period, and what became of their rows."""

    imports = count()
    received = count()
    created = count()
    updated = count()
    unchanged = count()
    rejected = count()
    sha256 = serializers.RegexField(
        SHA256, help_text="of the lines `<import's id> <SHA-256 of its file>` in order of id"
    )


class FigureInShortOutput(serializers.Serializer):
    definition = serializers.CharField()
    numerator = count()
    denominator = count()
    percent = serializers.CharField(allow_null=True)
    value_seconds = serializers.FloatField(allow_null=True)


class RevisionOutput(serializers.Serializer):
    """What the period said in one of its revisions."""

    revision = serializers.IntegerField(min_value=1)
    state = serializers.ChoiceField(choices=STATES)
    reason = serializers.CharField(allow_blank=True, help_text="why it was revised")
    as_of = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    figures = FigureInShortOutput(many=True)


class StoredPeriodOutput(serializers.Serializer):
    """The revision that counts, with everything that it rests on, and all revisions."""

    central = serializers.CharField()
    period = DaysOutput()
    step = serializers.ChoiceField(choices=STORED_STEPS)
    state = serializers.ChoiceField(choices=STATES)
    revision = serializers.IntegerField(min_value=1)
    as_of = serializers.DateTimeField()
    checked_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    provisional_reason = serializers.CharField(
        allow_blank=True, help_text="why it was published though incomplete"
    )
    code_version = serializers.CharField(allow_blank=True)
    imports = ImportsBehindOutput()
    completeness = CompletenessOutput()
    figures = FigureOutput(many=True)
    revisions = RevisionOutput(many=True)
