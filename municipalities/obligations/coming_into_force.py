"""A version comes into force, and with it what it obliges to."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from municipalities.access.models import User
from municipalities.agreements import operations as agreements
from municipalities.agreements.models import AgreementVersion
from municipalities.obligations.operations import establish


@transaction.atomic
def put_in_force(
    *, version: AgreementVersion, in_force_from: date, by: User | None, at: datetime
) -> AgreementVersion:
    """Both or neither. Raises as agreements.operations.put_in_force does."""
    found = agreements.put_in_force(version=version, in_force_from=in_force_from)
    establish(version=found, by=by, at=at)
    return found
