"""The services that the host runs for the others: which, for whom, and from when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation, Service, ServiceKind
from municipalities.cooperations.participation import NotPossible
from municipalities.cooperations.reasons import because
from municipalities.register.models import Municipality


@transaction.atomic
def add(
    *,
    cooperation: Cooperation,
    kind: ServiceKind,
    legal_basis: str,
    starts_date: date,
    parties: Collection[Municipality] = (),
    why: str,
    by: User | None,
) -> Service:
    """A service for all who take part; with `parties`, a bilateral one between them and the host.

    Parties stay: where they change, the service ends and a new one begins. Raises NotPossible.
    """
    partners = {each for each in parties if each.pk != cooperation.host_id}
    if parties and not partners:
        raise NotPossible("bilateral_with_nobody")
    _check_take_part(cooperation, partners, starts_date)
    if not partners:
        _check_runs_once(cooperation, kind, starts_date)
    with because(why=why, by=by):
        service = Service.objects.create(
            cooperation=cooperation,
            kind=kind,
            legal_basis=legal_basis,
            starts_date=starts_date,
            is_bilateral=bool(partners),
        )
        if partners:
            service.parties.set({cooperation.host, *partners})
    return service


@transaction.atomic
def end(*, service: Service, on: date, why: str, by: User | None) -> Service:
    """The host runs it no more from the day. Ending again moves the day."""
    service.ends_date = on
    with because(why=why, by=by):
        service.save(update_fields=["ends_date"])
    return service


def _check_take_part(
    cooperation: Cooperation, partners: Collection[Municipality], day: date
) -> None:
    taking_part = cooperation.participants.on(day).values_list("municipality_id", flat=True)
    if {each.pk for each in partners} - set(taking_part):
        raise NotPossible("party_takes_no_part")


def _check_runs_once(cooperation: Cooperation, kind: ServiceKind, day: date) -> None:
    goes_on = Q(ends_date__isnull=True) | Q(ends_date__gt=day)
    if cooperation.services.filter(goes_on, kind=kind, is_bilateral=False).exists():
        raise NotPossible("service_runs_already")
