"""The demonstration cooperation in Nordhordland: who takes part, and who logs in."""

from __future__ import annotations

from datetime import date, time

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
from reporting.models import Schedule

SLUG = "nordhordland"
NAME = "Nordhordland legevakt og legevaktsentral (demonstrasjon)"
CENTRAL_NAME = "Nordhordland legevaktsentral (demonstrasjon)"
JOINED_DATE = date(2022, 1, 1)
NATIONAL = "116117"
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
    """Last year's approved report goes out on 1 March at 08:00."""
    schedule, _ = Schedule.objects.get_or_create(
        cooperation=cooperation, defaults={"month": 3, "day": 1, "local_time": time(8)}
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
