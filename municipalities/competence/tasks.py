"""Every morning: the leaders are told what expires or is late, once a month at most."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from legevakt.lib.letters import MOST_RETRIES, send_or_retry
from legevakt.lib.periods import local_day
from municipalities.access.models import User
from municipalities.access.queries import people_with
from municipalities.access.rules import Role
from municipalities.centrals.models import Central
from municipalities.competence import letter


@shared_task
def tell_of_competence(**_) -> None:
    """Tell the leaders of each central where something expires within 60 days, or is late.

    The claim is stored with the queueing: without a broker the next morning tells.
    """
    today = local_day(timezone.now())
    centrals = Central.objects.counted().filter(cooperation__isnull=False)
    for central in centrals.select_related("cooperation").order_by("pk"):
        if letter.to_tell_of(central=central, today=today):
            _queue(central, today=today)


@shared_task(bind=True, max_retries=MOST_RETRIES)
def tell_leader(self, *, central_id: int, user_id: int, **_) -> None:
    """Tell one leader; a mail server that is away is tried again."""
    central = Central.objects.select_related("cooperation").get(pk=central_id)
    to, today = User.objects.get(pk=user_id), local_day(timezone.now())
    send_or_retry(
        self,
        lambda: letter.write(central=central, to=to, today=today),
        central=central_id,
        user=user_id,
    )


def _queue(central, *, today) -> None:
    leaders = people_with(cooperation=central.cooperation, roles={Role.LEADER})
    with transaction.atomic():
        if leaders and letter.claim(central=central, today=today):
            for user_id in dict.fromkeys(leader.user_id for leader in leaders):
                tell_leader.delay(central_id=central.pk, user_id=user_id)
