"""What other apps may read of this one."""

from municipalities.access.permissions import cooperations_where, held_anywhere, held_on, is_held
from municipalities.access.queries import (
    municipalities_acted_for,
    municipalities_of,
    needs_second_factor,
    people_with,
)

__all__ = [
    "cooperations_where",
    "held_anywhere",
    "held_on",
    "is_held",
    "municipalities_acted_for",
    "municipalities_of",
    "needs_second_factor",
    "people_with",
]
