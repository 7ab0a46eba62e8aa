"""What other apps may do with this one."""

from municipalities.obligations.operations import expect, hand_in
from municipalities.webhooks.operations import emit

__all__ = ["emit", "expect", "hand_in"]
