"""Planning and recording checks: what is due when, and what the database refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from legevakt.lib.refusals import refused_rule
from municipalities.centrals import checking
from municipalities.centrals.models import RequirementCheck, RequirementPlan
from municipalities.centrals.rows import rows_of
from municipalities.centrals.rules import State
from tests.factories.centrals import AT, checked, planned
from tests.factories.municipalities import PublicNumberFactory

pytestmark = pytest.mark.usefixtures("clock")

TODAY = date(2025, 11, 10)


def row(central, key="amk"):
    return next(row for row in rows_of(central=central, today=TODAY) if row.key == key)


def test_every_requirement_has_its_row_before_anybody_made_it(central):
    rows = rows_of(central=central, today=TODAY)

    assert len(rows) == 26 + 2 * 2
    assert {each.state for each in rows} == {State.NEVER}
    assert not any(each.is_late or each.is_soon for each in rows)
    assert not RequirementPlan.objects.exists()


def test_a_number_is_checked_by_itself_while_it_is_in_use(central):
    ended = PublicNumberFactory(central=central, line_class="lokal8", number="56349000")
    ended.valid_to = TODAY
    ended.save()
    coming = PublicNumberFactory(central=central, line_class="lokal8", number="56349001")
    coming.valid_from = TODAY + timedelta(days=1)
    coming.save()

    rows = rows_of(central=central, today=TODAY)

    messages = [each.number.pk for each in rows if each.requirement.key == "message_113"]
    assert messages == list(central.numbers.order_by("pk").values_list("pk", flat=True)[:2])


def test_the_latest_check_counts_and_sets_when_the_next_is_due(central, leader):
    checked(central=central, result="partly", on=date(2025, 1, 31), by=leader)
    assert row(central).due_date == date(2026, 1, 31)

    checked(central=central, result="met", on=date(2025, 11, 3))
    checked(central=central, result="not_met", on=date(2024, 5, 1))

    found = row(central)
    assert (found.state, found.checked_date) == (State.MET, date(2025, 11, 3))
    assert found.due_date == date(2026, 11, 3)
    assert RequirementCheck.objects.count() == 3


def test_of_two_checks_on_one_day_the_one_recorded_last_counts(central):
    checked(central=central, result="not_met")
    checked(central=central, result="met")

    assert row(central).state == State.MET


def test_a_check_is_not_recorded_before_its_day(central):
    with pytest.raises(checking.NotYetChecked):
        checked(central=central, on=TODAY + timedelta(days=1))
    assert not RequirementCheck.objects.exists()


def test_a_first_check_can_be_planned_and_is_late_when_its_day_has_passed(central):
    planned(central=central, due=date(2025, 11, 9), responsible=" The head ", reason="New")

    found = row(central)
    assert (found.state, found.is_late, found.responsible) == (State.NEVER, True, "The head")
    plan = RequirementPlan.objects.get()
    assert plan.events.latest("pgh_id").pgh_context.metadata["reason"] == "New"


@pytest.mark.parametrize(
    ("months", "due", "expected"),
    [
        (6, date(2026, 11, 3), date(2026, 5, 3)),  # the day as it was: a new interval moves it
        (6, date(2026, 2, 1), date(2026, 2, 1)),  # a day of its own
        (12, date(2026, 2, 1), date(2026, 2, 1)),
        (6, None, date(2026, 5, 3)),
    ],
)
def test_a_new_interval_is_reckoned_from_the_latest_check(central, months, due, expected):
    checked(central=central, on=date(2025, 11, 3))

    planned(central=central, months=months, due=due)

    assert row(central).due_date == expected


def test_a_plan_of_what_was_never_checked_has_no_day_of_itself(central):
    planned(central=central, months=6)

    assert (row(central).due_date, row(central).interval_months) == (None, 6)


def test_a_reminder_is_claimed_once_a_month(central):
    assert checking.claim_reminder(central=central, at=AT)
    assert not checking.claim_reminder(central=central, at=AT)
    assert not checking.claim_reminder(central=central, at=AT + timedelta(days=29, hours=23))
    assert checking.claim_reminder(central=central, at=AT + timedelta(days=30))


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({}, "requirement_is_planned_once"),
        ({"interval_months": 0}, "requirement_is_checked_sometimes"),
    ],
)
def test_the_database_refuses_a_plan_against_its_rules(central, facts, rule):
    planned(central=central)
    key = "amk" if not facts else "tracing"
    plan = RequirementPlan(central=central, requirement=key, **facts)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        RequirementPlan.objects.bulk_create([plan])

    assert refused_rule(refusal.value) == rule
