"""Why a settlement cannot be made or moved on."""

from __future__ import annotations

from municipalities.costs.errors import Refused


class CannotSettle(Refused):
    """Told in words by told.py."""
