"""Who owes duty, the shifts of last year and this, and exemptions of invented doctors."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from legevakt.lib.periods import Period, local_day
from municipalities.access.models import User
from municipalities.cooperations.models import Cooperation
from municipalities.doctors import exempting, operations
from municipalities.doctors.models import Decider
from municipalities.doctors.operations import Owes
from municipalities.doctors.queries import inhabitants_on
from municipalities.doctors.rules import Ground
from municipalities.doctors.shares import shares_by_population
from municipalities.doctors.shift_rules import Counts, Key, Row
from municipalities.register.models import Municipality

FROM_DATE = date(2022, 1, 1)
SHIFTS_A_QUARTER = 270
INHABITANTS_A_POST = 1_000


def write(*, founded: Cooperation, at: datetime) -> None:
    """Terms, shares by population, shifts by quarter, two doctors."""
    today = local_day(at)
    operations.set_terms(
        cooperation=founded,
        decider=Decider.CONTRACT,
        consulted="leiaren for legevakta",
        undelivered="Kommunen dekkjer det ein innleigd lege kostar",
    )
    inhabitants = inhabitants_on(cooperation=founded, day=today)
    shares = shares_by_population(inhabitants)
    operations.set_shares(
        cooperation=founded,
        owes={
            pk: Owes(posts=max(1, count // INHABITANTS_A_POST), share_percent=shares[pk])
            for pk, count in inhabitants.items()
        },
        valid_from=FROM_DATE,
    )
    _count_shifts(founded, shares=shares, at=at)
    _exempt(founded, today=today)


def _count_shifts(founded: Cooperation, *, shares: dict[int, Decimal], at: datetime) -> None:
    today = local_day(at)
    months = Period(date(today.year - 1, 1, 1), today.replace(day=1)).months()
    quarters = [months[place : place + 3] for place in range(0, len(months), 3)]
    rows = [
        Row(None, Key(pk, quarter[0].starts_on, quarter[-1].ends_on), _counts(share, place + pk))
        for place, quarter in enumerate(quarters)
        if len(quarter) == 3
        for pk, share in shares.items()
    ]
    operations.store_shifts(
        cooperation=founded,
        rows=rows,
        source="Vaktplan (demonstrasjon)",
        by=User.objects.get(email="legevaktleiar@alver.example"),
        at=at,
    )


def _counts(share: Decimal, place: int) -> Counts:
    owed = round(SHIFTS_A_QUARTER * share / 100)
    lacking = min(owed, place % 4)
    return Counts(
        owed=owed, delivered=owed - lacking, hired=lacking - lacking // 3, unfilled=lacking // 3
    )


def _exempt(founded: Cooperation, *, today: date) -> None:
    """One exemption is granted; an application waits for Austrheim's decision."""
    by = User.objects.get(email="kommuneoverlege@austrheim.example")
    for number, name, is_decided in (
        ("4632", "Lege Ein (demonstrasjon)", True),
        ("4632", "Lege To (demonstrasjon)", False),
    ):
        doctor = exempting.add_doctor(
            cooperation=founded,
            municipality=Municipality.objects.get(number=number, valid_to=None),
            name=name,
            starts_date=date(2024, 1, 1),
        )
        scope = exempting.Scope(
            share_percent=100,
            starts_date=today - timedelta(days=90) if is_decided else today + timedelta(days=30),
            ends_date=None,
        )
        applied = exempting.apply_for(
            doctor=doctor,
            ground=Ground.OVER_60,
            scope=scope,
            applied_date=today - timedelta(days=120 if is_decided else 10),
            today=today,
        )
        if is_decided:
            decided = today - timedelta(days=100)
            exempting.decide(
                exemption=applied,
                ruling=exempting.Ruling(
                    is_granted=True,
                    reference="2026/77",
                    decided_date=decided,
                    told_date=decided,
                    consulted_date=decided - timedelta(days=5),
                ),
                scope=scope,
                by=by,
                today=today,
            )
