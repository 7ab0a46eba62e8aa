"""Why claims cannot be made."""

from __future__ import annotations

from municipalities.costs.errors import Refused


class CannotClaim(Refused):
    """Words are in told.py."""
