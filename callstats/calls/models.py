"""The calls, and their hourly sums that outlive them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.models import Central, PublicNumber


class Outcome(models.TextChoices):
    """How a call ended at the central."""

    ANSWERED = "answered", _("answered")
    ABANDONED = "abandoned", _("abandoned by the caller")
    TIMEOUT = "timeout", _("left the queue by its time limit")
    NO_AGENTS = "no_agents", _("no operator logged in")
    QUEUE_FULL = "queue_full", _("queue full")
    CLOSED = "closed", _("closed")
    CALLBACK_REQUESTED = "callback_requested", _("asked to be called back")
    VOICEMAIL = "voicemail", _("answered by voicemail")
    INCOMPLETE = "incomplete", _("end not seen")
    ENDED_BEFORE_QUEUE = "ended_before_queue", _("ended before the queue")
    UNKNOWN = "unknown", _("unknown")


class TimeQuality(models.TextChoices):
    """How sure the moment of arrival is."""

    EXACT = "exact", _("exact")
    RESOLVED = "resolved", _("doubled hour, resolved by order")
    AMBIGUOUS = "ambiguous", _("doubled hour, ambiguous")


class ForwardedTo(models.TextChoices):
    """Where an answered call was forwarded."""

    AMK = "amk", _("AMK")
    OTHER_LVS = "other_lvs", _("another legevaktsentral")
    DUTY_DOCTOR = "duty_doctor", _("doctor on duty")
    GP = "gp", _("GP")
    MIDWIFE = "midwife", _("midwife")
    CRISIS_TEAM = "crisis_team", _("crisis team")
    OTHER = "other", _("other")


class Call(models.Model):
    """One call as the central's telephone system tells it. No caller number, ever.

    Its references go without a constraint in the database: checking them again for each of a
    million rows took half the import, and they are written by one statement that holds the
    central's lock. The constraints of CallHour and CallImport keep centrals, numbers and
    sources from being deleted.
    """

    pk = models.CompositePrimaryKey("source_id", "external_id")
    source = models.ForeignKey(
        "callstats.Source",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    external_id = models.CharField(max_length=120)
    central = models.ForeignKey(
        Central, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    line = models.ForeignKey(
        PublicNumber,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    arrived_at = models.DateTimeField()
    arrived_text = models.CharField(max_length=60)
    time_quality = models.CharField(max_length=9, choices=TimeQuality.choices)
    queue = models.CharField(max_length=80, null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    wait_seconds = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    talk_seconds = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    announcement_seconds = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    forwarded_to = models.CharField(max_length=12, choices=ForwardedTo.choices, null=True)
    municipality = models.CharField(max_length=4, null=True)
    urgency = models.CharField(max_length=12, null=True)
    video = models.BooleanField(null=True)
    legs = models.JSONField(null=True)
    version = models.BigIntegerField(null=True)
    revision = models.PositiveSmallIntegerField(default=1)
    imported_by = models.ForeignKey(
        "callstats.CallImport",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        indexes = [models.Index(fields=["central", "arrived_at"], name="call_central_arrived")]

    def __str__(self) -> str:
        return self.external_id


class CallRevision(models.Model):
    """The facts of a call as they were before another import changed them."""

    source = models.ForeignKey(
        "callstats.Source", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    external_id = models.CharField(max_length=120)
    revision = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    replaced_by = models.ForeignKey(
        "callstats.CallImport", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id", "revision"], name="revision_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.external_id} r{self.revision}"


class CallHour(models.Model):
    """The calls of one central, number, UTC hour, outcome and municipality, with each known wait.

    Every variant of the indicator can be computed from these rows after the calls themselves
    are deleted. Both arrays rise; `rung_back_ms` is from arrival until somebody who asked to be
    called back was reached. `municipality` is its number, or empty where it is not known.
    """

    central = models.ForeignKey(Central, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey(
        PublicNumber, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    hour_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    municipality = models.CharField(max_length=4, default="", db_default="")
    calls = models.PositiveIntegerField()
    ambiguous_calls = models.PositiveIntegerField()
    waits_ms = ArrayField(models.IntegerField())
    rung_back_ms = ArrayField(models.IntegerField(), default=list, db_default=[])
    talk_seconds = models.DecimalField(max_digits=12, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["central", "hour_at", "line", "outcome", "municipality"],
                name="hour_is_summed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.central} {self.hour_at:%Y-%m-%dT%H} {self.outcome}: {self.calls}"


class FeedHour(models.Model):
    """An hour of which a source's log tells, with or without calls in it."""

    source = models.ForeignKey(
        "callstats.Source", on_delete=models.CASCADE, related_name="feed_hours", db_index=False
    )
    hour_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "hour_at"], name="feed_hour_is_noted_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.hour_at:%Y-%m-%dT%H}"


class CallPurge(models.Model):
    """Until when a central's call rows are deleted; its hours before that stay as they are."""

    central = models.OneToOneField(Central, on_delete=models.CASCADE, primary_key=True)
    before_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.central} < {self.before_at:%Y-%m-%d}"
