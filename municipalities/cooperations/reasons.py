"""Why something was changed, and by whom: kept with every row of the history."""

from __future__ import annotations

import pghistory

from municipalities.access.models import User


def because(*, why: str, by: User | None) -> pghistory.context:
    """Changes inside it are remembered as made by the person, for the reason."""
    who = {"user": by.pk} if by else {}
    return pghistory.context(reason=why, **who)
