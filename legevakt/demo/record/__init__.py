"""The demonstration's record: agreement, decisions, competence, duty, costs, quality, meetings."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from legevakt.demo.record import (
    agreement,
    central,
    competence,
    costs,
    doctors,
    kept,
    meetings,
    quality,
    wheel,
)
from municipalities.models import Cooperation


@transaction.atomic
def write(*, founded: Cooperation, at: datetime) -> None:
    """Write all of it once; what is there already stays as it is."""
    if founded.agreements.exists():
        return
    agreement.write(founded=founded, at=at)
    kept.write(founded=founded, at=at)
    central.write(founded=founded, at=at)
    competence.write(founded=founded, at=at)
    doctors.write(founded=founded, at=at)
    costs.write(founded=founded, at=at)
    quality.write(founded=founded, at=at)
    wheel.write(founded=founded, at=at)


@transaction.atomic
def meet(*, founded: Cooperation, at: datetime) -> None:
    """Hold the year's meetings, once; their minutes freeze figures that must be there first."""
    if not founded.forums.exists():
        meetings.write(founded=founded, at=at)
