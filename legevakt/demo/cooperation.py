"""The demonstration cooperation in Nordhordland: who takes part, and who logs in."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from legevakt.demo.people import HOST, PARTNERS, PASSWORD, PERSONAS, Persona
from municipalities.access.operations import grant
from municipalities.models import (
    Central,
    Cooperation,
    Municipality,
    Participant,
    Population,
    PublicNumber,
    User,
)
from municipalities.rules import Role
from reporting.deliveries import operations as deliveries
from reporting.deliveries.queries import Due
from reporting.deliveries.rules import periods_to_look_at
from reporting.models import Schedule, ScheduleKind

SLUG = "nordhordland"
NAME = "Nordhordland legevakt og legevaktsentral (demonstrasjon)"
CENTRAL_NAME = "Nordhordland legevaktsentral (demonstrasjon)"
JOINED_DATE = date(2022, 1, 1)
NATIONAL = "116117"
# What is sent, so many months after its period and on which day.
SCHEDULES = {
    ScheduleKind.MONTHLY: (1, 15),
    ScheduleKind.TERTIAL: (1, 20),
    ScheduleKind.ORIENTATION: (3, 1),
    ScheduleKind.ANNUAL_REPORT: (3, 1),
}
DIRECTORS = [Role.HOST_DIRECTOR.value, Role.PARTNER_DIRECTOR.value]
LOCAL = "00000000"  # no Norwegian number of eight digits begins with 0, so it is nobody's


@transaction.atomic
def found(*, on: date) -> Cooperation:
    """Make cooperation, people and central; what is there already stays as it is."""
    municipalities = {m.number: m for m in Municipality.objects.valid_on(on)}
    cooperation, _ = Cooperation.objects.get_or_create(
        slug=SLUG,
        defaults={
            "name": NAME,
            "host": municipalities[HOST],
            "language": "nn",
            "is_demonstration": True,
        },
    )
    for number in (HOST, *PARTNERS):
        Participant.objects.get_or_create(
            cooperation=cooperation,
            municipality=municipalities[number],
            joined_date=JOINED_DATE,
        )
    for persona in PERSONAS:
        _let_in(persona, cooperation=cooperation, municipalities=municipalities)
    _equip(cooperation)
    return cooperation


def schedule_report(*, cooperation: Cooperation) -> Schedule:
    """Last year's issued report goes out on 1 March at 08:00. Made last: all is loaded then."""
    return _schedule(ScheduleKind.ANNUAL_REPORT, cooperation=cooperation)


def send_letters(*, cooperation: Cooperation, at: datetime) -> None:
    """The letters are scheduled, and the tertial report of the last four months lies in the
    outbox as soon as there is a worker."""
    for kind in (ScheduleKind.MONTHLY, ScheduleKind.ORIENTATION):
        _schedule(kind, cooperation=cooperation)
    schedule = _schedule(ScheduleKind.TERTIAL, cooperation=cooperation)
    period = next(periods_to_look_at(kind=schedule.kind, now=at))
    deliveries.release_due(due=Due(schedule=schedule, period=period), at=at)


def _schedule(kind: ScheduleKind, *, cooperation: Cooperation) -> Schedule:
    months_after, day = SCHEDULES[kind]
    when = {"months_after": months_after, "day": day, "local_time": time(8)}
    schedule, _ = Schedule.objects.get_or_create(
        cooperation=cooperation, kind=kind, defaults={**when, "roles": DIRECTORS}
    )
    return schedule


def inhabitants(*, cooperation: Cooperation) -> dict[str, int]:
    """Number → inhabitants by the newest count, of every participant, by number."""
    counts = Population.objects.filter(
        municipality__participations__cooperation=cooperation
    ).order_by("municipality__number", "counted_date", "pk")
    return {
        count.municipality.number: count.inhabitants
        for count in counts.select_related("municipality")
    }


def _let_in(
    persona: Persona, *, cooperation: Cooperation, municipalities: dict[str, Municipality]
) -> None:
    user = User.objects.filter(email=persona.email).first()
    if user is None:
        user = User.objects.create_user(
            email=persona.email,
            password=PASSWORD,
            name=persona.name,
            language=persona.language,
        )
    if persona.role is not None:
        grant(
            user=user,
            cooperation=cooperation,
            municipality=municipalities[persona.municipality],
            role=persona.role,
        )


def _equip(cooperation: Cooperation) -> None:
    central, _ = Central.objects.get_or_create(
        slug=SLUG, defaults={"name": CENTRAL_NAME, "cooperation": cooperation}
    )
    for line_class, number in ((NATIONAL, NATIONAL), ("lokal8", LOCAL)):
        PublicNumber.objects.get_or_create(central=central, line_class=line_class, number=number)
