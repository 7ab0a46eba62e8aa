"""Every morning: which centrals fell below their target, which are above it, and who is told."""

from celery import shared_task
from django.utils import timezone

from callstats.alerts import operations as alerts
from callstats.alerts import queries
from callstats.alerts.models import TargetAlert
from callstats.indicators.definitions import default_definition
from legevakt.lib import locks
from legevakt.lib.letters import MOST_RETRIES, send_or_retry
from legevakt.lib.periods import local_day
from municipalities.models import Central, User
from municipalities.queries import people_with
from municipalities.rules import Role

TOLD = {Role.LEADER, Role.HOST_DIRECTOR}


@shared_task
def watch_targets(**_) -> None:
    """Notice each fall once, and have it told; without a broker the next morning tells."""
    with locks.only_one("watch targets") as got:
        if not got:
            return
        at = timezone.now()
        for central in Central.objects.counted().order_by("pk"):
            alerts.watch(
                central=central, definition=default_definition(), today=local_day(at), at=at
            )
        for alert in queries.untold_alerts():
            queue(alert)
            alerts.note_told(alert=alert, at=at)


@shared_task(bind=True, max_retries=MOST_RETRIES)
def tell_person(self, *, alert_id: int, user_id: int, **_) -> None:
    """Tell one person of an alert that still lasts; a mail server that is away is tried again."""
    alert = TargetAlert.objects.select_related("central__cooperation").get(pk=alert_id)
    if alert.cleared_at is not None:
        return
    to = User.objects.get(pk=user_id)
    send_or_retry(
        self, lambda: alerts.tell_of_alert(alert=alert, to=to), alert=alert_id, user=user_id
    )


def queue(alert: TargetAlert) -> None:
    """Have the leader and the host's director of the cooperation told."""
    cooperation = alert.central.cooperation
    if cooperation is None:
        return
    people = people_with(cooperation=cooperation, roles=TOLD)
    for user_id in dict.fromkeys(person.user_id for person in people):
        tell_person.delay(alert_id=alert.pk, user_id=user_id)
