"""What other apps may do with this one."""

from municipalities.webhooks.operations import emit

__all__ = ["emit"]
