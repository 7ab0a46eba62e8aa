"""The leader is told of what expires or is late, once a month at most."""

from datetime import date, timedelta

import pytest
from django.core import mail as outbox

from municipalities.competence import tasks
from municipalities.competence.models import CompetenceLetter
from tests.conftest import NOW
from tests.factories.competence import FollowUpFactory, OperatorFactory, QualificationFactory

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def late(central):
    """Somebody whose follow-up was due a year ago, and whose course expires next month."""
    operator = OperatorFactory(central=central, label="Secret label", started_date=date(2023, 1, 1))
    QualificationFactory(operator=operator, expires_date=date(2025, 12, 24))
    return operator


def test_the_leader_is_told_of_counts_and_of_no_label(late, leader, host_director):
    tasks.tell_of_competence()

    (message,) = outbox.outbox
    assert message.to == [leader.email]
    assert message.subject == "Competence and follow-up at Legevaktsentral nordhordland"
    assert "1 qualification of an operator has expired, or expires within 60 days." in message.body
    assert "1 operator should have had a follow-up by now." in message.body
    assert "/agreement/nordhordland/competence/nordhordland/" in message.body
    assert "Secret label" not in message.body


def test_it_is_said_again_after_a_month_while_it_lasts(late, leader, clock):
    for days in (0, 1, 29, 30, 31):
        clock.move_to(NOW + timedelta(days=days))
        tasks.tell_of_competence()

    assert len(outbox.outbox) == 2


def test_nothing_is_claimed_where_nothing_is_late_or_nobody_leads(late, central):
    tasks.tell_of_competence()
    late.delete()
    FollowUpFactory(operator__central=central)
    tasks.tell_of_competence()

    assert outbox.outbox == []
    assert not CompetenceLetter.objects.exists()


def test_what_is_done_before_the_mail_is_sent_is_not_told(late, central, leader):
    late.delete()

    tasks.tell_leader(central_id=central.pk, user_id=leader.pk)

    assert outbox.outbox == []
