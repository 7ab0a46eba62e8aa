"""Why a plan of instalments cannot be made or moved on."""

from __future__ import annotations

from municipalities.costs.errors import Refused


class CannotPlan(Refused):
    """Told in words by told.py."""
