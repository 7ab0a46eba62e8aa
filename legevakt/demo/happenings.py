"""What explains some of the figures: two notes, and an hour of test calls that is left out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from callstats.annotations import operations as notes
from callstats.annotations.models import AnnotationKind
from callstats.exclusions import operations as exclusions
from callstats.exclusions.rules import ExclusionKind
from legevakt.demo import synthetic_calls
from legevakt.demo.people import person_with
from legevakt.lib.periods import DAY, last_complete_month, local_day, wall_time_to_utc
from municipalities.models import Central, User
from municipalities.rules import Role

TESTED = "Prøve av ny talemelding"


def write(*, central: Central, at: datetime) -> None:
    """Write them, each once: notes of last year, test calls of the last month."""
    leader, director = (_user(role) for role in (Role.LEADER, Role.HOST_DIRECTOR))
    if not central.annotations.exists():
        _write_notes(central=central, by=leader, at=at)
    if not central.exclusions.exists():
        _leave_out_test_calls(central=central, by=leader, approver=director, at=at)


def _write_notes(*, central: Central, by: User, at: datetime) -> None:
    year = local_day(at).year - 1
    storm = local_day(synthetic_calls.outage(year=year)[0])
    notes.add(
        central=central,
        kind=AnnotationKind.OUTAGE,
        starts_on=storm,
        ends_on=storm + DAY,
        text="Straumbrot i vinterstorm. Anropsloggen manglar i seks timar.",
        by=by,
        at=at,
    )
    notes.add(
        central=central,
        kind=AnnotationKind.EPIDEMIC,
        starts_on=date(year, 12, 8),
        ends_on=date(year, 12, 22),
        text="Mykje influensa, både mellom innbyggjarane og operatørane.",
        by=by,
        at=at,
    )


def _leave_out_test_calls(*, central: Central, by: User, approver: User, at: datetime) -> None:
    """An hour of the first Tuesday of the last complete month."""
    month = last_complete_month(local_day(at))
    tuesday = month.starts_on + DAY * ((1 - month.starts_on.weekday()) % 7)
    starts_at = wall_time_to_utc(day=tuesday, wall=time(10))
    rule = exclusions.propose(
        central=central,
        kind=ExclusionKind.TEST_CALLS,
        name=TESTED,
        reason="Leverandøren ringde til sentralen for å prøve den nye talemeldinga.",
        line=None,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        by=by,
        at=at,
    )
    exclusions.approve(exclusion=rule, by=approver, at=at)


def _user(role: Role) -> User:
    return User.objects.get(email=person_with(role).email)
