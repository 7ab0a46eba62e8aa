"""Every morning: the leaders are reminded of checks that are due, once a month at most."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from legevakt.lib.letters import MOST_RETRIES, send_or_retry
from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.access.queries import people_with
from municipalities.access.rules import Role
from municipalities.centrals import reminders
from municipalities.centrals.checking import claim_reminder
from municipalities.centrals.models import Central
from municipalities.centrals.states import states_of


@shared_task
def remind_of_checks(**_) -> None:
    """Remind the leaders of each central where a check is late or due within 14 days.

    The claim is stored with the queueing: without a broker the next morning reminds.
    """
    at = timezone.now()
    centrals = Central.objects.counted().filter(cooperation__isnull=False)
    for central, state in states_of(centrals=centrals, today=local_day(at)).items():
        if state.late or state.soon:
            _queue(central, at=at)


@shared_task(bind=True, max_retries=MOST_RETRIES)
def remind_leader(self, *, central_id: int, user_id: int, **_) -> None:
    """Remind one leader of what is due; a mail server that is away is tried again."""
    central = Central.objects.select_related("cooperation").get(pk=central_id)
    to, today = User.objects.get(pk=user_id), local_day(timezone.now())
    send_or_retry(
        self,
        lambda: reminders.remind(central=central, to=to, today=today),
        central=central_id,
        user=user_id,
    )


def _queue(central, *, at) -> None:
    leaders = people_with(cooperation=central.cooperation, roles={Role.LEADER})
    with transaction.atomic():
        if leaders and claim_reminder(central=central, at=at):
            for user_id in dict.fromkeys(leader.user_id for leader in leaders):
                remind_leader.delay(central_id=central.pk, user_id=user_id)
