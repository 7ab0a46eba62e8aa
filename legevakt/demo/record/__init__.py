"""The demonstration's record: agreement, obligations, decisions, competence, duty and costs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from legevakt.demo.record import agreement, central, competence, costs, doctors, kept
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
