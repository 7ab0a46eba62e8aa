"""What the database itself refuses of decisions and receipts, past every operation."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from legevakt.lib.refusals import refused_rule
from municipalities.decisions.models import Decision, Notification
from tests.factories.decisions import decided
from tests.factories.municipalities import MunicipalityFactory

DAY = date(2025, 11, 3)
BEFORE = date(2025, 11, 2)


@pytest.fixture
def decision(cooperation):
    return decided(cooperation=cooperation)


def refused(change) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    return refused_rule(caught.value)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"kind": "reversal"}, "reversal_names_what_it_reverses"),
        ({"is_exempt": True}, "decision_exemption_has_its_ground"),
        ({"exemption_basis": "§ 13"}, "decision_exemption_has_its_ground"),
        ({"appealed_date": BEFORE}, "what_follows_a_decision_is_after_it"),
        ({"appeal_deadline_date": BEFORE}, "what_follows_a_decision_is_after_it"),
        ({"legality_demanded_date": BEFORE}, "what_follows_a_decision_is_after_it"),
        ({"followed_up_date": BEFORE}, "what_follows_a_decision_is_after_it"),
    ],
)
def test_a_decision_cannot_become_what_it_must_not_be(decision, changes, rule):
    rows = Decision.objects.filter(pk=decision.pk)
    assert refused(lambda: rows.update(**changes)) == rule


def test_a_reversal_without_its_decision_and_the_other_way_round(decision, cooperation, partner):
    def made(**told):
        new = Decision(
            cooperation=cooperation,
            municipality=partner,
            level="political",
            body="Kommunestyret",
            case_number="1/25",
            title="It is reversed",
            decided_date=DAY,
            registered_at=timezone.now(),
            **told,
        )
        return lambda: Decision.objects.bulk_create([new])

    rule = "reversal_names_what_it_reverses"
    assert refused(made(kind="reversal")) == rule
    assert refused(made(kind="instruction", reverses=decision)) == rule


def test_the_same_decision_is_stored_once(decision):
    decision.pk = None
    assert refused(lambda: Decision.objects.bulk_create([decision])) == (
        "decision_is_registered_once"
    )


def test_a_municipality_whose_number_had_ended_decides_nothing(decision):
    ended = MunicipalityFactory(
        number="1263", valid_from=date(1964, 1, 1), valid_to=date(2020, 1, 1)
    )
    rows = Decision.objects.filter(pk=decision.pk)
    assert refused(lambda: rows.update(municipality=ended)) == "decision_is_by_one_that_exists"
    assert rows.update(municipality=ended, decided_date=date(2019, 12, 31)) == 1


def test_a_municipality_is_notified_once_and_a_receipt_is_whole(decision, leader):
    row = decision.notifications.get()
    rows = Notification.objects.filter(pk=row.pk)
    rule = "receipt_is_by_somebody_at_a_time"
    assert refused(lambda: rows.update(read_at=timezone.now())) == rule
    assert refused(lambda: rows.update(read_by=leader)) == rule
    row.pk = None
    assert refused(lambda: Notification.objects.bulk_create([row])) == (
        "municipality_is_notified_once"
    )
