"""The leader is reminded of checks that are due, in one mail and once a month at most."""

from datetime import date, timedelta

import pytest
from django.core import mail as outbox

from municipalities.centrals import tasks
from municipalities.centrals.models import Central
from tests.conftest import NOW
from tests.factories.centrals import checked, planned
from tests.factories.municipalities import CentralFactory

pytestmark = pytest.mark.usefixtures("clock")


def test_what_is_late_and_what_is_due_is_told_in_one_mail(central, leader, host_director):
    checked(central=central, key="tracing", on=date(2025, 5, 9))
    planned(central=central, key="amk", due=date(2025, 11, 24))
    planned(central=central, key="video", due=date(2025, 11, 25))

    tasks.remind_of_checks()

    (message,) = outbox.outbox
    assert message.to == [leader.email]
    assert message.subject == "Checks of Legevaktsentral nordhordland that are due"
    late, due = [line for line in message.body.splitlines() if line.startswith("- ")]
    assert late == "- 5. Calls can be traced and located: late, it was due 9 November 2025"
    assert due.endswith("conference calls with the AMK: due 24 November 2025")
    assert "/agreement/nordhordland/centrals/nordhordland/checklist/?show=due" in message.body


def test_it_is_said_again_after_a_month_while_it_lasts(central, leader, clock):
    planned(central=central, due=date(2025, 11, 1))

    for days in (0, 1, 29, 30, 31):
        clock.move_to(NOW + timedelta(days=days))
        tasks.remind_of_checks()

    assert len(outbox.outbox) == 2


def test_nothing_is_sent_or_claimed_where_nothing_is_due_or_nobody_leads(central, cooperation):
    planned(central=CentralFactory(cooperation=cooperation), due=date(2025, 11, 1))
    planned(central=CentralFactory(cooperation=None), due=date(2025, 11, 1))

    tasks.remind_of_checks()

    assert outbox.outbox == []
    assert not Central.objects.filter(checks_reminded_at__isnull=False).exists()


def test_what_is_checked_before_the_mail_is_sent_is_not_told(central, leader):
    planned(central=central, due=date(2025, 11, 1))
    checked(central=central)

    tasks.remind_leader(central_id=central.pk, user_id=leader.pk)

    assert outbox.outbox == []
