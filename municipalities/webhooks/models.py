"""Receivers outside that asked to be told, and every message to them."""

from __future__ import annotations

from datetime import datetime

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.access import permissions
from municipalities.access.models import User
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation


class WebhookEndpointQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> WebhookEndpointQuerySet:
        """Webhooks of the cooperations whose feeds the user looks after."""
        return self.where(user, Permission.MANAGE_FEEDS)

    def where(self, user: User, permission: Permission) -> WebhookEndpointQuerySet:
        """Webhooks of the cooperations on which the user holds the permission."""
        return self.filter(
            cooperation__in=permissions.cooperations_where(user=user, permission=permission)
        )

    def asking_for(self, event_type: str) -> WebhookEndpointQuerySet:
        """Those that are to be told of such an event now."""
        return self.filter(is_active=True, event_types__contains=[event_type])


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class WebhookEndpoint(models.Model):
    """An address that is told what happens in the cooperation.

    The signing secret follows from `secret_generation`. `gone_at` is when the receiver said
    410 Gone, which paused the webhook.
    """

    cooperation = models.ForeignKey(Cooperation, on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(_("address"), max_length=500)
    event_types = ArrayField(models.CharField(max_length=40), verbose_name=_("events"))
    is_active = models.BooleanField(_("active"), default=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    secret_generation = models.PositiveIntegerField(default=1)
    secret_renewed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = WebhookEndpointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(event_types__len__gt=0), name="webhook_asks_for_something"
            ),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(is_active=False),
                name="webhook_that_is_gone_is_paused",
            ),
        ]

    def __str__(self) -> str:
        return self.url


class MessageState(models.TextChoices):
    """A message waits until it is taken, or three days are over."""

    PENDING = "pending", _("waits")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("failed")


class WebhookMessageQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> WebhookMessageQuerySet:
        """Messages of the webhooks that the user may see."""
        return self.where(user, Permission.MANAGE_FEEDS)

    def where(self, user: User, permission: Permission) -> WebhookMessageQuerySet:
        """Messages in the cooperations on which the user holds the permission."""
        return self.filter(
            endpoint__cooperation__in=permissions.cooperations_where(
                user=user, permission=permission
            )
        )

    def due(self, at: datetime) -> WebhookMessageQuerySet:
        """What is to be tried now; of a paused webhook nothing is."""
        return self.filter(
            state=MessageState.PENDING, next_attempt_at__lte=at, endpoint__is_active=True
        )


class WebhookMessage(models.Model):
    """One event on its way to one receiver. `message_id` is the same at every attempt."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="messages")
    message_id = models.CharField(max_length=40, unique=True)
    event_type = models.CharField(max_length=40)
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    state = models.CharField(
        _("state"), max_length=9, choices=MessageState.choices, default=MessageState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    give_up_at = models.DateTimeField()
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    last_error = models.CharField(max_length=20, blank=True)

    objects = WebhookMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="pending", next_attempt_at__isnull=False)
                | (~Q(state="pending") & Q(next_attempt_at__isnull=True)),
                name="webhook_message_waits_for_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="delivered", delivered_at__isnull=False)
                | (~Q(state="delivered") & Q(delivered_at__isnull=True)),
                name="webhook_message_is_delivered_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state="pending"),
                name="webhook_message_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_type} → {self.endpoint}"
