"""What other apps may read of this one."""

from municipalities.access.permissions import cooperations_where, held_anywhere, is_held
from municipalities.access.queries import municipalities_of, needs_second_factor, people_with

__all__ = [
    "cooperations_where",
    "held_anywhere",
    "is_held",
    "municipalities_of",
    "needs_second_factor",
    "people_with",
]
