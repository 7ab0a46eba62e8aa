"""What the database itself refuses, past every operation."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from legevakt.lib.refusals import refused_rule
from municipalities.obligations.models import Due, Evidence, Obligation, Reminder
from tests.factories.obligations import due, obligation

AT = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)


def refused(rows) -> str:
    """The rule by which the database refuses the rows."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        type(rows[0]).objects.bulk_create(rows)
    return refused_rule(error.value)


def another(found, **told) -> Obligation:
    fields = ("cooperation", "code", "title", "scope", "rhythm", "due_days", "responsible")
    kept = {name: getattr(found, name) for name in fields}
    return Obligation(**{**kept, "starts_date": found.starts_date, **told})


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({}, "obligation_in_force_is_one"),
        ({"code": "other", "ends_date": date(2024, 12, 31)}, "obligation_ends_after_start"),
        ({"code": "other", "due_days": []}, "yearly_obligation_has_its_days"),
        ({"code": "other", "rhythm": "on_event"}, "yearly_obligation_has_its_days"),
    ],
)
def test_an_obligation_against_the_rules_is_refused(told, rule, cooperation):
    found = obligation(cooperation=cooperation)
    assert refused([another(found, **told)]) == rule


def test_the_same_is_due_once_also_for_all_together(cooperation):
    found = due(cooperation=cooperation)
    again = Due(
        obligation=found.obligation, year=2025, number=found.number, due_date=found.due_date
    )
    assert refused([again]) == "obligation_is_due_once"


def test_an_event_is_expected_once(cooperation):
    found = obligation(cooperation=cooperation, rhythm="on_event", due_days=[])
    told = {"obligation": found, "year": 2025, "due_date": AT.date(), "key": "decision:1"}
    rows = [Due(number=number, **told) for number in (1, 2)]
    assert refused(rows) == "event_is_expected_once"


def test_evidence_is_handed_in_once(cooperation):
    found = due(cooperation=cooperation)
    told = {"due": found, "key": "x", "happened_date": AT.date(), "handed_in_at": AT}
    assert refused([Evidence(**told), Evidence(**told)]) == "evidence_is_handed_in_once"


def test_a_reminder_is_claimed_once(cooperation, leader):
    found = due(cooperation=cooperation)
    told = {"due": found, "kind": "before", "user": leader, "claimed_at": AT}
    assert refused([Reminder(**told), Reminder(**told)]) == "reminder_is_sent_once"
