"""The words of access and webhooks that other apps use."""

from municipalities.access.rules import MATRIX, Permission, Role
from municipalities.webhooks.rules import EventType

__all__ = ["MATRIX", "EventType", "Permission", "Role"]
