"""Operators of a central, what is required of them, and what they have, for the tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from municipalities.competence.models import (
    CompetenceKind,
    CompetenceRequirement,
    FollowUp,
    Operator,
    Qualification,
)
from tests.factories.municipalities import CentralFactory


class RequirementFactory(DjangoModelFactory):
    """A course that is valid for five years."""

    class Meta:
        model = CompetenceRequirement

    central = factory.SubFactory(CentralFactory)
    name = factory.Sequence(lambda n: f"Course {n}")
    kind = CompetenceKind.COURSE
    valid_months = 60


class OperatorFactory(DjangoModelFactory):
    """At work since 2020, and experienced from the start."""

    class Meta:
        model = Operator

    central = factory.SubFactory(CentralFactory)
    label = factory.Sequence(lambda n: f"Operator {n}")
    started_date = date(2020, 1, 1)
    experienced_date = factory.SelfAttribute("started_date")


class QualificationFactory(DjangoModelFactory):
    """Obtained in 2024, of the operator's own central, and for life."""

    class Meta:
        model = Qualification

    operator = factory.SubFactory(OperatorFactory)
    requirement = factory.SubFactory(
        RequirementFactory, central=factory.SelfAttribute("..operator.central")
    )
    obtained_date = date(2024, 1, 1)


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    operator = factory.SubFactory(OperatorFactory)
    held_date = date(2025, 10, 1)
