"""Every minute: which sources fell silent, which speak again, and who is told."""

from celery import shared_task
from django.utils import timezone

from callstats.feeds import operations as feeds
from callstats.feeds import queries
from callstats.feeds.models import SourceSilence
from legevakt.lib import locks
from legevakt.lib.letters import MOST_RETRIES, send_or_retry
from municipalities.models import User
from municipalities.queries import people_with
from municipalities.rules import Role


@shared_task
def watch_sources(**_) -> None:
    """Notice each silence once, and have it told; without a broker the next beat tells."""
    with locks.only_one("watch sources") as got:
        if not got:
            return
        for source in queries.watched_sources():
            feeds.watch(source=source, at=timezone.now())
        for silence in queries.untold_silences():
            queue(silence)
            feeds.note_told(silence=silence, at=timezone.now())


@shared_task(bind=True, max_retries=MOST_RETRIES)
def tell_leader(self, *, silence_id: int, user_id: int, **_) -> None:
    """Tell one leader of a silence that still lasts; a mail server that is away is tried again."""
    silence = SourceSilence.objects.select_related("source__central__cooperation").get(
        pk=silence_id
    )
    if silence.ended_at is not None:
        return
    to = User.objects.get(pk=user_id)
    send_or_retry(
        self,
        lambda: feeds.tell_of_silence(silence=silence, to=to),
        silence=silence_id,
        user=user_id,
    )


def queue(silence: SourceSilence) -> None:
    """Have each leader of the cooperation told."""
    cooperation = silence.source.central.cooperation
    if cooperation is None:
        return
    leaders = people_with(cooperation=cooperation, roles={Role.LEADER})
    for user_id in dict.fromkeys(leader.user_id for leader in leaders):
        tell_leader.delay(silence_id=silence.pk, user_id=user_id)
