"""The counts of a central, the summary of the hub, and what waits for the leader."""

from datetime import date

import pytest

from municipalities.competence import queries
from tests.factories.competence import (
    FollowUpFactory,
    OperatorFactory,
    QualificationFactory,
    RequirementFactory,
)

TODAY = date(2025, 11, 10)


@pytest.fixture
def three(central):
    """One fulfils the course, for one it expires soon, one lacks it; a fourth has ended."""
    course = RequirementFactory(central=central, name="Course")
    held = [None, date(2025, 12, 24)]
    for number, expires in enumerate(held):
        operator = OperatorFactory(central=central, label=f"A{number}")
        QualificationFactory(operator=operator, requirement=course, expires_date=expires)
        FollowUpFactory(operator=operator)
    new = OperatorFactory(
        central=central, label="A2", started_date=date(2025, 10, 1), experienced_date=None
    )
    OperatorFactory(central=central, label="Gone", ended_date=date(2025, 11, 10))
    return new


def test_a_requirement_tells_how_many_fulfil_it_expire_and_lack_it(
    three, central, django_assert_num_queries
):
    with django_assert_num_queries(3):
        found = queries.of_central(central=central, today=TODAY)
    (count,) = found.requirements
    assert (count.operators, count.fulfilled, count.expiring, count.lacking) == (3, 2, 1, 1)
    assert count.first_expires == date(2025, 12, 24)
    assert [each.operator.label for each in found.unpaired] == ["A2"]
    assert [each.operator.label for each in found.lacking] == ["A2"]
    assert found.due == []


@pytest.mark.parametrize(
    ("mentor", "lacks"),
    [({}, False), ({"ended_date": date(2025, 11, 1)}, True), ({"experienced_date": None}, True)],
)
def test_a_mentor_is_experienced_and_at_work(three, central, mentor, lacks):
    three.mentor = OperatorFactory(central=central, label="Mentor", **mentor)
    three.save()
    found = queries.of_central(central=central, today=TODAY)
    assert (three in [each.operator for each in found.unpaired]) is lacks


def test_what_is_obtained_tomorrow_does_not_count_today(central):
    QualificationFactory(operator__central=central, obtained_date=date(2025, 11, 11))
    (count,) = queries.of_central(central=central, today=TODAY).requirements
    assert count.lacking == 1


def test_what_is_no_longer_required_is_not_counted(central):
    RequirementFactory(central=central, ends_date=TODAY)
    OperatorFactory(central=central)
    assert queries.of_central(central=central, today=TODAY).requirements == ()


def test_the_summary_adds_up_and_is_kept_from_partners(
    three, cooperation, auditor, partner_director, medical_officer, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        told = queries.summary_of(cooperation=cooperation, user=auditor, today=TODAY)
    assert told == queries.Summary(
        operators=3, lacking=1, expiring=1, late_follow_ups=0, unpaired=1
    )
    for user in (partner_director, medical_officer):
        assert queries.summary_of(cooperation=cooperation, user=user, today=TODAY) is None


def test_what_is_late_expires_or_lacks_a_mentor_waits_for_the_leader_alone(
    three, cooperation, central, leader, host_director, django_assert_max_num_queries
):
    OperatorFactory(central=central, label="Late", started_date=date(2022, 1, 1))
    with django_assert_max_num_queries(2):
        found = queries.waiting_for(cooperation=cooperation, user=leader, today=TODAY)
    assert [(" ".join(todo.text.split()[:3]), todo.due_date) for todo in found] == [
        ("2 operators at", None),
        ("1 course of", date(2025, 12, 24)),
        ("1 operator at", date(2023, 1, 1)),
        ("1 inexperienced operator", None),
    ]
    assert {todo.url for todo in found} == {"/agreement/nordhordland/competence/nordhordland/"}
    assert queries.waiting_for(cooperation=cooperation, user=host_director, today=TODAY) == []
