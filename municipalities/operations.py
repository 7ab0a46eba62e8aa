"""What other apps may do with this one."""

from municipalities.costs.keys.usage import Received as ReceivedUsage
from municipalities.costs.keys.usage import receive as receive_usage
from municipalities.obligations.operations import expect, hand_in
from municipalities.webhooks.operations import emit

__all__ = ["ReceivedUsage", "emit", "expect", "hand_in", "receive_usage"]
