"""Telling the leader that published figures no longer come out the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from callstats.periods.verifying import Deviation
from legevakt.lib import letters
from municipalities.models import Central, User

SAID_AGAIN_AFTER = timedelta(days=7)


def digest_of(deviations: Sequence[Deviation]) -> str:
    """A name for these differences: the same ones have the same name."""
    written = json.dumps([astuple(each) for each in deviations], sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:24]


def is_told(*, central_id: int, user_id: int, digest: str) -> bool:
    """Whether the person had the e-mail of these differences in the last week.

    The cache may be emptied at any time: then it is told of once more.
    """
    return cache.get(_key(central_id, user_id, digest)) is not None


def tell_of_deviations(*, central: Central, periods: Sequence[str], to: User, digest: str) -> None:
    """Send the e-mail, in the reader's language. Raises as `mail.send` does.

    Only what was sent is noted as told: whatever fails on the way, the next night tells of it.
    """
    cooperation = central.cooperation
    letters.send(
        templates="emails/figures_differ",
        context={
            "name": to.name,
            "central": central.name,
            "cooperation": cooperation.name if cooperation else central.name,
            "is_demonstration": cooperation is not None and cooperation.is_demonstration,
            "periods": ", ".join(periods),
            "link": settings.SITE_URL + reverse("central_periods", args=[central.slug]),
        },
        to=to.email,
        language=to.language,
        message_id=f"<figures-differ-{digest}-{to.pk}@legevakt>",
    )
    key = _key(central.pk, to.pk, digest)
    cache.set(key, digest, timeout=SAID_AGAIN_AFTER.total_seconds())


def _key(central_id: int, user_id: int, digest: str) -> str:
    return f"figures-differ-{central_id}-{user_id}-{digest}"
