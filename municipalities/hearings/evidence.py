"""Where a hearing shows that an obligation of the agreement is kept."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.hearings.models import Hearing
from municipalities.obligations.operations import hand_in

OBLIGATION = "strategic-decisions"


def participants_were_heard(*, hearing: Hearing, by: User, at: datetime) -> None:
    """The hearing is closed after everybody had their chance. Called once, when it is closed."""
    hand_in(
        cooperation=hearing.cooperation,
        code=OBLIGATION,
        key=f"hearing:{hearing.pk}",
        title=hearing.title,
        on=local_day(at),
        path=reverse("hearing", args=[hearing.cooperation.slug, hearing.pk]),
        by=by,
        at=at,
    )
