"""The central's numbers, whom it answers for, its checklist, and its invented operators."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.centrals import checking, operations
from municipalities.centrals.models import Central, CheckResult
from municipalities.centrals.rows import rows_of
from municipalities.competence import operations as competence
from municipalities.competence import staff, training
from municipalities.competence.models import Operator
from municipalities.cooperations.models import Cooperation

SERVED_FROM = date(2022, 1, 1)
OPERATORS = 12


def write(*, founded: Cooperation, at: datetime) -> None:
    """One central has all of it."""
    leader = User.objects.get(email="legevaktleiar@alver.example")
    for central in founded.centrals.counted():
        for participant in founded.participants.select_related("municipality"):
            operations.serve(
                central=central,
                municipality=participant.municipality,
                area="",
                valid_from=SERVED_FROM,
                valid_to=None,
            )
        _check(central, by=leader, at=at)
        _train(central, today=local_day(at))


def _check(central: Central, *, by: User, at: datetime) -> None:
    """Most rows are checked this year; every ninth is partly met, the last not looked at."""
    today = local_day(at)
    rows = rows_of(central=central, today=today)
    for place, row in enumerate(rows[:-2]):
        checking.record(
            central=central,
            requirement=row.requirement,
            number=row.number,
            result=CheckResult.PARTLY if place % 9 == 4 else CheckResult.MET,
            checked_date=today - timedelta(days=40 + 11 * place % 300),
            evidence="Gått gjennom på leiarmøtet.",
            document=None,
            by=by,
            at=at,
        )


def _train(central: Central, *, today: date) -> None:
    """A dozen operators under labels; two are new, and a course of some has run out."""
    competence.take_standard(central=central, language="nn")
    requirements = list(central.competence_requirements.order_by("pk"))
    operators: list[Operator] = []
    for place in range(OPERATORS):
        is_new = place >= OPERATORS - 2
        operators.append(
            staff.add_operator(
                central=central,
                label=f"Operatør {place + 1:02d}",
                started_date=today - timedelta(days=120 if is_new else 900 + 40 * place),
                volume="usual",
                today=today,
                mentor=operators[place - 5] if is_new else None,
            )
        )
    for requirement in requirements:
        training.qualify(
            operators=operators[:-2] if requirement.valid_months else operators,
            requirement=requirement,
            obtained_date=today - timedelta(days=115),
        )
    for operator in operators[:8]:
        training.register_follow_up(operator=operator, held_date=today - timedelta(days=90))
