"""Doctors, and exemptions from their duty: applied for, decided, appealed, ended.

A decision is an enkeltvedtak (fastlegeforskriften § 33). No reasons are taken: codes alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.doctors.models import Doctor, Exemption, ExemptionState
from municipalities.doctors.queries import terms_of
from municipalities.doctors.rules import (
    RIGHTS,
    ExemptionFault,
    Ground,
    appeal_deadline,
    check_days,
    check_happened,
)
from municipalities.register.models import Municipality

GIVEN = (ExemptionState.GRANTED, ExemptionState.REFUSED)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Of how large a part of the duty, in which half-open days."""

    share_percent: int
    starts_date: date
    ends_date: date | None


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A decision: granted or refused, its case number, and when the doctor was told of it.

    `is_condition_unmet`: that the condition of a right is not met, which a refusal must say.
    """

    is_granted: bool
    reference: str
    decided_date: date
    told_date: date
    consulted_date: date | None = None
    is_condition_unmet: bool = False


@transaction.atomic
def add_doctor(
    *,
    cooperation: Cooperation,
    municipality: Municipality,
    name: str,
    starts_date: date,
    ends_date: date | None = None,
) -> Doctor:
    """A doctor with a contract with the municipality."""
    return Doctor.objects.create(
        cooperation=cooperation,
        municipality=municipality,
        name=name,
        starts_date=starts_date,
        ends_date=ends_date,
    )


@transaction.atomic
def end_doctor(*, doctor: Doctor, ends_date: date) -> Doctor:
    """The contract ends, and with it what exemption is in force. Raises ExemptionFault."""
    locked = Doctor.objects.select_for_update().get(pk=doctor.pk)
    if ends_date <= locked.starts_date:
        raise ExemptionFault("contract_ends_before_start", field="last_day")
    locked.ends_date = ends_date
    locked.save()
    for exemption in locked.exemptions.select_for_update().filter(state=ExemptionState.GRANTED):
        if exemption.ends_date is None or exemption.ends_date > ends_date:
            _end(exemption, ends_date)
    return locked


@transaction.atomic
def apply_for(
    *, doctor: Doctor, ground: Ground, scope: Scope, applied_date: date, today: date
) -> Exemption:
    """Register that the doctor has applied; nothing is exempt before it is granted.

    Raises ExemptionFault.
    """
    check_happened(today=today, applied_date=applied_date)
    check_days(ground=ground, starts_date=scope.starts_date, ends_date=scope.ends_date)
    _check_contract(doctor, scope)
    return Exemption.objects.create(
        doctor=doctor, ground=ground, applied_date=applied_date, **_as_fields(scope)
    )


@transaction.atomic
def decide(
    *, exemption: Exemption, ruling: Ruling, scope: Scope, by: User, today: date
) -> Exemption:
    """Grant in the scope, or refuse, an application. The same again changes nothing.

    Raises ExemptionFault.
    """
    locked = _locked(exemption)
    state = ExemptionState.GRANTED if ruling.is_granted else ExemptionState.REFUSED
    if (locked.state, locked.decision_reference) == (state, ruling.reference):
        return locked
    if locked.state != ExemptionState.APPLIED:
        raise ExemptionFault("already_decided")
    _check_ruling(locked, ruling, today=today)
    if ruling.is_granted:
        _take(locked, scope)
    locked.state, locked.decided_by = state, by
    locked.decision_reference, locked.decided_date = ruling.reference, ruling.decided_date
    locked.consulted_date = ruling.consulted_date
    locked.appeal_deadline_date = appeal_deadline(ruling.told_date)
    locked.save()
    return locked


@transaction.atomic
def appeal(*, exemption: Exemption, appealed_date: date, today: date) -> Exemption:
    """Register the doctor's appeal, late ones too: who decides on it says whether it is heard.

    Raises ExemptionFault.
    """
    locked = _locked(exemption)
    if locked.state not in GIVEN or locked.appeal_outcome:
        raise ExemptionFault("already_decided")
    check_happened(today=today, appealed_date=appealed_date)
    if locked.decided_date and appealed_date < locked.decided_date:
        raise ExemptionFault("appealed_before_decided", field="appealed_date")
    locked.appealed_date = appealed_date
    locked.save()
    return locked


@transaction.atomic
def uphold(*, exemption: Exemption) -> Exemption:
    """The appeal changes nothing. Raises ExemptionFault."""
    locked = _appealed(exemption)
    locked.appeal_outcome = "upheld"
    locked.save()
    return locked


@transaction.atomic
def change(*, exemption: Exemption, is_granted: bool, scope: Scope) -> Exemption:
    """By the appeal it is granted, in the scope, or refused. Raises ExemptionFault."""
    locked = _appealed(exemption)
    if is_granted:
        _take(locked, scope)
    locked.state = ExemptionState.GRANTED if is_granted else ExemptionState.REFUSED
    locked.appeal_outcome = "changed"
    locked.save()
    return locked


@transaction.atomic
def withdraw(
    *, exemption: Exemption, from_date: date, today: date, reference: str = ""
) -> Exemption:
    """Not in force from the day. One that has begun ends; before that it is withdrawn.

    So what was exempt stays exempt. An application is withdrawn under a case number, when it has
    happened. Raises ExemptionFault.
    """
    locked = _locked(exemption)
    if locked.state == ExemptionState.APPLIED:
        check_happened(today=today, from_date=from_date)
        return _take_back(locked, on=from_date, reference=reference)
    if locked.state != ExemptionState.GRANTED:
        raise ExemptionFault("not_withdrawn")
    if locked.ends_date and locked.ends_date <= from_date:
        raise ExemptionFault("ended_before", field="from_date")
    _end(locked, from_date)
    return locked


def _take_back(locked: Exemption, *, on: date, reference: str) -> Exemption:
    if not reference:
        raise ExemptionFault("reference_missing", field="reference")
    if on < locked.applied_date:
        raise ExemptionFault("decided_before_applied", field="from_date")
    locked.state, locked.decided_date = ExemptionState.WITHDRAWN, on
    locked.decision_reference = reference
    locked.save()
    return locked


def _check_ruling(exemption: Exemption, ruling: Ruling, *, today: date) -> None:
    check_happened(
        today=today,
        consulted_date=ruling.consulted_date,
        decided_date=ruling.decided_date,
        told_date=ruling.told_date,
    )
    terms = terms_of(exemption.doctor.cooperation)
    if terms.consulted and ruling.consulted_date is None:
        raise ExemptionFault("consultation_missing", field="consulted_date")
    is_right = Ground(exemption.ground) in RIGHTS
    if is_right and not ruling.is_granted and not ruling.is_condition_unmet:
        raise ExemptionFault("right_refused", field="is_condition_unmet")
    if ruling.decided_date < exemption.applied_date:
        raise ExemptionFault("decided_before_applied", field="decided_date")
    if ruling.told_date < ruling.decided_date:
        raise ExemptionFault("told_before_decided", field="told_date")


def _check_contract(doctor: Doctor, scope: Scope) -> None:
    ends = doctor.ends_date
    if scope.starts_date < doctor.starts_date or (ends and ends <= scope.starts_date):
        raise ExemptionFault("outside_contract", field="starts_date")
    if ends and (scope.ends_date is None or ends < scope.ends_date):
        raise ExemptionFault("outlives_contract", field="last_day")


def _take(exemption: Exemption, scope: Scope) -> None:
    ground = Ground(exemption.ground)
    check_days(ground=ground, starts_date=scope.starts_date, ends_date=scope.ends_date)
    _check_contract(exemption.doctor, scope)
    for name, value in _as_fields(scope).items():
        setattr(exemption, name, value)


def _as_fields(scope: Scope) -> dict[str, int | date | None]:
    return {
        "share_percent": scope.share_percent,
        "starts_date": scope.starts_date,
        "ends_date": scope.ends_date,
    }


def _end(exemption: Exemption, from_date: date) -> None:
    if from_date > exemption.starts_date:
        exemption.ends_date = from_date
    else:
        exemption.state = ExemptionState.WITHDRAWN
    exemption.save()


def _appealed(exemption: Exemption) -> Exemption:
    locked = _locked(exemption)
    if locked.state not in GIVEN or not locked.appealed_date or locked.appeal_outcome:
        raise ExemptionFault("nothing_appealed")
    return locked


def _locked(exemption: Exemption) -> Exemption:
    """The exemption, whose doctor's contract does not end meanwhile."""
    Doctor.objects.select_for_update(of=("self",)).get(exemptions=exemption)
    rows = Exemption.objects.select_for_update(of=("self",)).select_related("doctor__cooperation")
    return rows.get(pk=exemption.pk)
