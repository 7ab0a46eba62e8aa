"""Every five minutes: which sources fell silent, which speak again, and who is told."""

import structlog
from celery import shared_task
from django.utils import timezone

from callstats.feeds import operations as feeds
from callstats.feeds import queries
from callstats.feeds.models import SourceSilence
from legevakt.lib import locks
from legevakt.lib.mail import InvalidMail, MailRefused, MailUnknown
from municipalities.models import User
from municipalities.queries import people_with
from municipalities.rules import Role

log = structlog.get_logger(__name__)

FIRST_PAUSE_SECONDS = 60
MOST_RETRIES = 6  # the last one a bit more than an hour after the first try


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
    try:
        feeds.tell_of_silence(silence=silence, to=User.objects.get(pk=user_id))
    except MailRefused as refusal:
        if not refusal.permanent:
            pause = FIRST_PAUSE_SECONDS * 2**self.request.retries
            raise self.retry(exc=refusal, countdown=pause) from refusal
        log.warning("silence not told", silence=silence_id, user=user_id, code=refusal.code)
    except (MailUnknown, InvalidMail) as error:
        log.warning("silence not told", silence=silence_id, user=user_id, why=type(error).__name__)


def queue(silence: SourceSilence) -> None:
    """Have each leader of the cooperation told."""
    cooperation = silence.source.central.cooperation
    if cooperation is None:
        return
    leaders = people_with(cooperation=cooperation, roles={Role.LEADER})
    for user_id in dict.fromkeys(leader.user_id for leader in leaders):
        tell_leader.delay(silence_id=silence.pk, user_id=user_id)
