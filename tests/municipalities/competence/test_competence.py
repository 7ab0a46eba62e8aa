"""The operators' competence: what expires when, who is paired with whom, and counts alone."""

import doctest
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from municipalities.competence import operations, queries, rules, staff, training
from municipalities.competence.models import FollowUp, Operator, Qualification
from municipalities.competence.rules import State
from municipalities.competence.standings import standings

TODAY = date(2025, 11, 10)


def operator(central, label="Operator 1", **told):
    facts = {"started_date": date(2023, 1, 2), "volume": "usual", "today": TODAY} | told
    return staff.add_operator(central=central, label=label, **facts)


def requirement(central, *, name="Video", valid_months=12):
    return operations.add_requirement(
        central=central, name=name, kind="course", valid_months=valid_months
    )


def test_the_worked_examples_hold():
    assert doctest.testmod(rules).failed == 0


@pytest.mark.parametrize(
    ("obtained", "state"),
    [
        (date(2025, 11, 1), State.FULFILLED),
        (date(2025, 2, 8), State.EXPIRING),
        (date(2025, 2, 9), State.FULFILLED),
        (date(2024, 11, 10), State.EXPIRED),
        (None, State.MISSING),
        (date(2025, 11, 11), State.MISSING),
    ],
)
def test_how_an_operator_stands_to_a_course_of_a_year(central, obtained, state):
    course, found = requirement(central), operator(central)
    if obtained:
        training.qualify(operators=[found], requirement=course, obtained_date=obtained)
    (standing,) = standings(operators=Operator.objects.all(), today=TODAY)
    assert [held.state for held in standing.held] == [state]


def test_the_standard_is_taken_once_in_the_language_of_the_cooperation(central):
    assert operations.take_standard(central=central, language="nn") > 0
    assert operations.take_standard(central=central, language="nn") == 0
    names = central.competence_requirements.values_list("name", flat=True)
    assert "Helsefagleg utdanning på bachelornivå" in names


def test_counts_of_a_central(central):
    course = requirement(central)
    first, second = operator(central), operator(central, label="Operator 2")
    operator(central, label="Ended", started_date=date(2020, 1, 1))
    Operator.objects.filter(label="Ended").update(ended_date=date(2025, 1, 1))
    training.qualify(operators=[first, second], requirement=course, obtained_date=date(2025, 1, 10))
    training.register_follow_up(operator=first, held_date=date(2025, 10, 1))

    found = queries.of_central(central=central, today=TODAY)

    (count,) = found.requirements
    assert (count.operators, count.fulfilled, count.expiring, count.lacking) == (2, 2, 2, 0)
    assert [each.operator.label for each in found.due] == ["Operator 2"]


def test_who_is_new_is_paired_with_somebody_experienced_of_the_same_central(central):
    mentor = operator(central)
    new = {"started_date": date(2025, 9, 1), "label": "New"}
    alone = operator(central, **new)
    assert [each.needs_mentor for each in standings(operators=Operator.objects.all(), today=TODAY)]
    staff.change_operator(operator=alone, today=TODAY, mentor=mentor)
    (_, standing) = sorted(
        standings(operators=Operator.objects.all(), today=TODAY),
        key=lambda each: each.has_experience,
        reverse=True,
    )
    assert not standing.needs_mentor
    with pytest.raises(staff.NoMentor):
        operator(central, label="Newer", started_date=date(2025, 10, 1), mentor=alone)


def test_a_label_holds_no_number_that_tells_who_it_is(central):
    with pytest.raises(staff.HoldsNumber):
        operator(central, label="010190 12345")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda found, course: Operator.objects.filter(pk=found.pk).update(mentor=found),
        lambda found, course: Operator.objects.filter(pk=found.pk).update(
            ended_date=date(2023, 1, 2)
        ),
        lambda found, course: Operator.objects.filter(pk=found.pk).update(
            experienced_date=date(2022, 1, 1)
        ),
        lambda found, course: Qualification.objects.bulk_create(
            [
                Qualification(
                    operator=found,
                    requirement=course,
                    obtained_date=TODAY,
                    expires_date=TODAY,
                )
            ]
        ),
        lambda found, course: FollowUp.objects.bulk_create(
            [FollowUp(operator=found, held_date=TODAY) for _ in range(2)]
        ),
    ],
    ids=["own mentor", "ended before start", "experienced before start", "expired", "twice"],
)
def test_the_database_refuses_by_itself(central, wrong):
    found, course = operator(central), requirement(central)
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong(found, course)


def test_only_those_who_may_see_competence_get_a_summary(
    central, cooperation, leader, auditor, partner_director, medical_officer
):
    requirement(central)
    operator(central)

    def summary(user):
        return queries.summary_of(cooperation=cooperation, user=user, today=TODAY)

    assert summary(leader) == summary(auditor)
    assert (summary(leader).operators, summary(leader).required) == (1, 1)
    assert summary(partner_director) is None
    assert summary(medical_officer) is None
