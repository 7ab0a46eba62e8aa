"""What the database itself refuses, past every operation."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from municipalities.competence.models import (
    CompetenceLetter,
    CompetenceRequirement,
    FollowUp,
    Operator,
    Qualification,
)
from tests.factories.competence import (
    FollowUpFactory,
    OperatorFactory,
    QualificationFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db


def refused(rule):
    return pytest.raises(IntegrityError, match=rule)


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("operator_ends_after_start", {"ended_date": date(2020, 1, 1)}),
        ("operator_is_experienced_after_start", {"experienced_date": date(2019, 12, 31)}),
    ],
)
def test_the_days_of_an_operator_come_in_order(rule, facts):
    operator = OperatorFactory()
    with refused(rule), transaction.atomic():
        Operator.objects.filter(pk=operator.pk).update(**facts)


def test_an_operator_is_not_the_own_mentor():
    operator = OperatorFactory()
    with refused("operator_is_paired_with_another"), transaction.atomic():
        Operator.objects.filter(pk=operator.pk).update(mentor=operator)


def test_a_label_is_used_once_at_a_central():
    operator = OperatorFactory()
    again = Operator(central=operator.central, label=operator.label, started_date=date(2024, 1, 1))
    with refused("operator_has_its_label"), transaction.atomic():
        Operator.objects.bulk_create([again])


def test_a_requirement_is_listed_once_at_a_central():
    known = RequirementFactory()
    again = CompetenceRequirement(central=known.central, name=known.name, kind="course")
    with refused("competence_requirement_is_listed_once"), transaction.atomic():
        CompetenceRequirement.objects.bulk_create([again])


def test_the_same_is_obtained_once_a_day():
    known = QualificationFactory()
    again = Qualification(
        operator=known.operator, requirement=known.requirement, obtained_date=known.obtained_date
    )
    with refused("qualification_is_obtained_once"), transaction.atomic():
        Qualification.objects.bulk_create([again])


def test_nothing_expires_on_the_day_it_is_obtained():
    known = QualificationFactory()
    with refused("qualification_expires_after_start"), transaction.atomic():
        Qualification.objects.filter(pk=known.pk).update(expires_date=known.obtained_date)


def test_a_follow_up_is_held_once_a_day():
    known = FollowUpFactory()
    again = FollowUp(operator=known.operator, held_date=known.held_date)
    with refused("follow_up_is_held_once_a_day"), transaction.atomic():
        FollowUp.objects.bulk_create([again])


def test_a_central_has_one_claim_to_write(central):
    claims = [CompetenceLetter(central=central, sent_date=date(2025, 1, 1)) for _ in range(2)]
    with refused("competenceletter_central_id"), transaction.atomic():
        CompetenceLetter.objects.bulk_create(claims)
