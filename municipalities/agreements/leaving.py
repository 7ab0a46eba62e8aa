"""Notice and withdrawal (kommuneloven § 20-8): who leaves, and when the participation ends."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from municipalities.access.models import User
from municipalities.access.permissions import is_held
from municipalities.access.rules import Permission
from municipalities.agreements.models import (
    Agreement,
    AgreementVersion,
    Layer,
    Withdrawal,
)
from municipalities.agreements.rules import AgreementError, leaving_date
from municipalities.cooperations.models import Participant
from municipalities.register.models import Municipality


class NotInForce(AgreementError):
    """No version of the agreement was in force on the day of the notice."""

    code = "not_in_force"


class LeavesNoParty(AgreementError):
    """The municipality was no party to the version in force on the day of the notice."""

    code = "leaves_no_party"


class LeavesBeforeNotice(AgreementError):
    """The agreed day is before the notice was received, or before the participant joined."""

    code = "leaves_before_notice"


class AlreadyLeaving(AgreementError):
    """The municipality has given notice already, and it is not cancelled."""

    code = "already_leaving"


class HasLeft(AgreementError):
    """The notice has taken effect, or is cancelled already."""

    code = "has_left"


class HostStays(AgreementError):
    """The host leaves no cooperation that it is host of."""

    code = "host_stays"


class NotTheirsToAgree(AgreementError):
    """That all have agreed on another day is recorded by those who manage the agreement."""

    code = "not_theirs_to_agree"


@transaction.atomic
def give_notice(
    *,
    agreement: Agreement,
    municipality: Municipality,
    received_date: date,
    case_number: str,
    reason: str,
    agreed_date: date | None = None,
    by: User,
    at: datetime,
) -> Withdrawal:
    """The municipality leaves on the day that the version in force gives, or all have agreed on.

    Leaving the political agreement ends the municipality's participation on that day. Raises
    HostStays, NotTheirsToAgree, NotInForce, LeavesNoParty, AlreadyLeaving, LeavesBeforeNotice.
    """
    _require_possible(agreement, municipality=municipality, by=by, is_agreed=bool(agreed_date))
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    version = agreement.versions.in_force_on(received_date).first()
    if version is None:
        raise NotInForce
    if not version.parties.filter(municipality=municipality).exists():
        raise LeavesNoParty
    if _notices(agreement, municipality).filter(leaves_date__gt=received_date).exists():
        raise AlreadyLeaving
    leaves_date = agreed_date or leaving_date_of(version, received=received_date)
    if leaves_date < received_date:
        raise LeavesBeforeNotice
    withdrawal = Withdrawal.objects.create(
        version=version,
        municipality=municipality,
        received_date=received_date,
        case_number=case_number,
        leaves_date=leaves_date,
        is_agreed_by_all=agreed_date is not None,
        recorded_at=at,
        recorded_by=by,
    )
    if agreement.layer == Layer.POLITICAL:
        _end_participation(withdrawal, reason=reason)
    return withdrawal


@transaction.atomic
def cancel(*, withdrawal: Withdrawal, cancelled_date: date) -> Withdrawal:
    """The municipality stays after all. Raises HasLeft from the day it left."""
    found = (
        Withdrawal.objects.select_for_update(of=("self",))
        .select_related("version__agreement")
        .get(pk=withdrawal.pk)
    )
    if found.cancelled_date or cancelled_date >= found.leaves_date:
        raise HasLeft
    found.cancelled_date = cancelled_date
    found.save(update_fields=["cancelled_date"])
    if found.version.agreement.layer == Layer.POLITICAL:
        _participations(found).filter(left_date=found.leaves_date).update(
            left_date=None, left_reason=""
        )
    return found


def leaving_date_of(version: AgreementVersion, *, received: date) -> date:
    """What the version says of a notice that is received on the day."""
    return leaving_date(
        received=received,
        notice_months=version.notice_months,
        at_new_year=version.leaves_at_new_year,
    )


def _require_possible(
    agreement: Agreement, *, municipality: Municipality, by: User, is_agreed: bool
) -> None:
    cooperation = agreement.cooperation
    if municipality.pk == cooperation.host_id:
        raise HostStays
    manages = Permission.MANAGE_AGREEMENT
    if is_agreed and not is_held(user=by, permission=manages, cooperation=cooperation):
        raise NotTheirsToAgree


def _notices(agreement: Agreement, municipality: Municipality):
    return Withdrawal.objects.filter(
        version__agreement=agreement, municipality=municipality, cancelled_date=None
    )


def _end_participation(withdrawal: Withdrawal, *, reason: str) -> None:
    now = _participations(withdrawal).on(withdrawal.received_date)
    participant = now.select_for_update(of=("self",)).first()
    if participant is None:
        raise LeavesNoParty
    if withdrawal.leaves_date <= participant.joined_date:
        raise LeavesBeforeNotice
    participant.left_date, participant.left_reason = withdrawal.leaves_date, reason
    participant.save(update_fields=["left_date", "left_reason"])


def _participations(withdrawal: Withdrawal):
    return Participant.objects.filter(
        cooperation=withdrawal.version.agreement.cooperation,
        municipality=withdrawal.municipality,
    )
