"""Where a decision shows that an obligation of the agreement is kept."""

from __future__ import annotations

from datetime import datetime

from municipalities.access.models import User
from municipalities.decisions.models import Decision

OBLIGATION = "notification_of_decisions"


def all_have_confirmed(*, decision: Decision, by: User, at: datetime) -> None:
    """The last receipt is in. Called once, in the transaction that stores it.

    Here the evidence for the obligation `notification_of_decisions` is handed in.
    """
