"""Why a key cannot be changed or moved on."""

from __future__ import annotations

from municipalities.costs.errors import Refused


class CannotChangeKey(Refused):
    """Told in words by told.py."""
