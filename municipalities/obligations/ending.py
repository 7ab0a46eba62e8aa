"""An agreement ends, and with it what it obliges to."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from municipalities.agreements import operations as agreements
from municipalities.agreements.models import AgreementVersion, Layer
from municipalities.obligations.models import Due, Obligation


@transaction.atomic
def dissolve(*, version: AgreementVersion, ended_date: date) -> AgreementVersion:
    """Both or neither: from the day nothing is due by it; what is kept, waived or late stays.

    With the political agreement every obligation of the cooperation ends. Raises as
    agreements.operations.dissolve does.
    """
    found = agreements.dissolve(version=version, ended_date=ended_date)
    resting = _resting_on(found, day=ended_date).select_for_update(no_key=True)
    for obligation in resting.order_by("pk"):
        _end(obligation, day=ended_date)
    return found


def _resting_on(version: AgreementVersion, *, day: date) -> QuerySet[Obligation]:
    """What would still oblige on the day."""
    still = Obligation.objects.filter(Q(ends_date__isnull=True) | Q(ends_date__gt=day))
    if version.agreement.layer == Layer.POLITICAL:
        return still.filter(cooperation=version.agreement.cooperation_id)
    return still.filter(version=version)


def _end(obligation: Obligation, *, day: date) -> None:
    obligation.ends_date = max(obligation.starts_date, day)
    obligation.save(update_fields=["ends_date"])
    open_ones = obligation.dues.open().filter(due_date__gte=day)
    Due.objects.filter(pk__in=list(open_ones.values_list("pk", flat=True))).delete()
