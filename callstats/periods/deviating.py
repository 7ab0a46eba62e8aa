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


def claim_telling(*, central: Central, deviations: Sequence[Deviation]) -> str | None:
    """A name for these differences, if they are the caller's to tell of; else None.

    Of all that try, one gets it, and the next a week later. The cache may be emptied at any time:
    then it is told of once more.
    """
    digest = _digest(deviations)
    key = f"figures-differ-{central.pk}-{digest}"
    is_first = cache.add(key, digest, timeout=SAID_AGAIN_AFTER.total_seconds())
    return digest if is_first else None


def tell_of_deviations(*, central: Central, periods: Sequence[str], to: User, digest: str) -> None:
    """Send the e-mail, in the reader's language. Raises as `mail.send` does."""
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


def _digest(deviations: Sequence[Deviation]) -> str:
    written = json.dumps([astuple(each) for each in deviations], sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:24]
