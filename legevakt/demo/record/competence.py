"""A dozen invented operators: courses that have expired or soon will, follow-ups and pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from legevakt.lib.periods import local_day
from municipalities.centrals.models import Central
from municipalities.competence import operations, rules, staff, training
from municipalities.competence.models import Operator
from municipalities.competence.standard import standard
from municipalities.cooperations.models import Cooperation

Operators = Mapping[int, Operator]
EXPERIENCED = range(1, 11)
FEW_SHIFTS = 10
PAIRED, ALONE = 11, 12  # both are new
MENTOR = 3

# Who holds what, by how many days there are until it expires, or since it was for life.
HELD: dict[str, dict[int, Iterable[int]]] = {
    "health_education": {-1500: range(1, 13)},
    "clinical_practice": {-1400: range(1, 13)},
    "operator_training": {-900: EXPERIENCED, -80: [PAIRED]},
    "emergency_medicine": {
        -61: [4],
        45: [2, 7],
        800: [1, 3, 5, 6, 8, 9, 10],
        1750: [PAIRED, ALONE],
    },
    "violence_and_abuse": {1100: EXPERIENCED, 1780: [PAIRED]},
    "video": {80: [5, 6], 500: [1, 2, 3, 4, 7, 8, 10], 1000: [PAIRED, ALONE]},
    "joint_exercise": {140: EXPERIENCED, 300: [PAIRED, ALONE]},
}
# Who had a follow-up how many days ago.
FOLLOWED_UP = {200: [1, 2, 4, 5, 6, 7, 9], 390: [MENTOR], 353: [8], 95: [FEW_SHIFTS], 30: [PAIRED]}


def write(*, founded: Cooperation, at: datetime) -> None:
    """One central has all of it."""
    today = local_day(at)
    for central in founded.centrals.counted():
        operators = _operators(central, today=today)
        _qualify(central, operators=operators, today=today)
        for days, numbers in FOLLOWED_UP.items():
            for number in numbers:
                held_date = today - timedelta(days=days)
                training.register_follow_up(operator=operators[number], held_date=held_date)


def _operators(central: Central, *, today: date) -> Operators:
    found: dict[int, Operator] = {}
    for number in (*EXPERIENCED, PAIRED, ALONE):
        days = 800 + 45 * number if number in EXPERIENCED else 120
        found[number] = staff.add_operator(
            central=central,
            label=f"Operatør {number:02d}",
            started_date=today - timedelta(days=days),
            volume="low" if number == FEW_SHIFTS else "usual",
            today=today,
            mentor=found[MENTOR] if number == PAIRED else None,
        )
    return found


def _qualify(central: Central, *, operators: Operators, today: date) -> None:
    operations.take_standard(central=central, language="nn")
    keys = {each.name("nn"): each.key for each in standard()}
    for requirement in central.competence_requirements.order_by("pk"):
        for days, numbers in HELD[keys[requirement.name]].items():
            training.qualify(
                operators=[operators[number] for number in numbers],
                requirement=requirement,
                obtained_date=rules.months_after(
                    today + timedelta(days=days), months=-(requirement.valid_months or 0)
                ),
            )
