"""Duty, doctors and exemptions for the tests."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from municipalities.doctors import exempting, operations
from municipalities.doctors.models import Doctor, DutyShare, Exemption, ShiftCount
from municipalities.doctors.rules import Ground
from tests.factories.municipalities import CooperationFactory

AT = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)
TODAY = AT.date()
APPLIED_DATE = date(2025, 9, 1)


class DoctorFactory(DjangoModelFactory):
    """A doctor with a contract with the host, unless told otherwise."""

    class Meta:
        model = Doctor

    cooperation = factory.SubFactory(CooperationFactory)
    municipality = factory.SelfAttribute("cooperation.host")
    name = factory.Sequence(lambda n: f"Doctor {n}")
    starts_date = date(2024, 1, 1)


class ExemptionFactory(DjangoModelFactory):
    """An application for exemption from all duty in 2026."""

    class Meta:
        model = Exemption

    doctor = factory.SubFactory(DoctorFactory)
    ground = Ground.HEALTH
    starts_date = date(2026, 1, 1)
    ends_date = date(2027, 1, 1)
    applied_date = APPLIED_DATE


class DutyShareFactory(DjangoModelFactory):
    """The host's share of all the duty since 2024."""

    class Meta:
        model = DutyShare

    cooperation = factory.SubFactory(CooperationFactory)
    municipality = factory.SelfAttribute("cooperation.host")
    posts = 4
    share_percent = Decimal(100)
    valid_from = date(2024, 1, 1)


class ShiftCountFactory(DjangoModelFactory):
    """The host's shifts of January 2025."""

    class Meta:
        model = ShiftCount

    cooperation = factory.SubFactory(CooperationFactory)
    municipality = factory.SelfAttribute("cooperation.host")
    starts_date = date(2025, 1, 1)
    ends_date = date(2025, 2, 1)
    owed = 10
    delivered = 8
    hired = 1
    unfilled = 1
    source = "shifts.csv"
    imported_at = AT


def ruling(**options) -> exempting.Ruling:
    """A grant of 1 October 2025, told the same day."""
    usual = {
        "is_granted": True,
        "reference": "2025/1234-5",
        "decided_date": date(2025, 10, 1),
        "told_date": date(2025, 10, 1),
    }
    return exempting.Ruling(**usual | options)


def scope_of(exemption: Exemption, **options) -> exempting.Scope:
    """The scope applied for, but for the options."""
    usual = {
        "share_percent": exemption.share_percent,
        "starts_date": exemption.starts_date,
        "ends_date": exemption.ends_date,
    }
    return exempting.Scope(**usual | options)


def decided(*, by, exemption: Exemption | None = None, is_granted=True, **options) -> Exemption:
    """An exemption that is granted, or refused, as applied for."""
    exemption = exemption or ExemptionFactory(**options)
    return exempting.decide(
        exemption=exemption,
        ruling=ruling(is_granted=is_granted, is_condition_unmet=not is_granted),
        scope=scope_of(exemption),
        by=by,
        today=TODAY,
    )


def owes(share: str, *, posts: int = 2) -> operations.Owes:
    """Posts and a share in per cent."""
    return operations.Owes(posts=posts, share_percent=Decimal(share))
