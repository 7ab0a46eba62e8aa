"""Where a hearing shows that an obligation of the agreement is kept."""

from __future__ import annotations

from datetime import datetime

from municipalities.access.models import User
from municipalities.hearings.models import Hearing

OBLIGATION = "participation_in_strategic_decisions"


def participants_were_heard(*, hearing: Hearing, by: User, at: datetime) -> None:
    """The hearing is closed after everybody had their chance. Called once, when it is closed.

    Here the evidence for the obligation `participation_in_strategic_decisions` is handed in.
    """
