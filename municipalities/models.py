"""The models of every feature, so that Django finds them."""

from municipalities.access.models import (
    CooperationUserObjectPermission,
    Membership,
    User,
)
from municipalities.agreements.models import Cooperation, Participant
from municipalities.centrals.models import Central, LineClass, PublicNumber
from municipalities.register.models import Municipality, Population
from municipalities.webhooks.models import WebhookEndpoint, WebhookMessage

__all__ = [
    "Central",
    "Cooperation",
    "CooperationUserObjectPermission",
    "LineClass",
    "Membership",
    "Municipality",
    "Participant",
    "Population",
    "PublicNumber",
    "User",
    "WebhookEndpoint",
    "WebhookMessage",
]
