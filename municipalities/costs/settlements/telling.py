"""The e-mails about a settlement, to be verified or approved: a link, and no figures."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from legevakt.lib import letters, words
from municipalities.access.models import User
from municipalities.costs.settlements.models import NoticeAbout, SettlementNotice


def tell(*, notice: SettlementNotice, to: User) -> None:
    """Send it, in the reader's language. Raises as `mail.send` does."""
    settlement = notice.settlement
    pool, year = settlement.pool_year.pool, settlement.pool_year.year
    until = settlement.comments_until
    address = [pool.cooperation.slug, pool.slug, year, settlement.number]
    letters.send(
        templates="emails/settlement",
        context={
            "name": to.name,
            "cooperation": pool.cooperation.name,
            "is_demonstration": pool.cooperation.is_demonstration,
            "is_approved": notice.about == NoticeAbout.APPROVED,
            "kind": settlement.get_kind_display,
            "pool": pool.name,
            "year": str(year),
            "municipality": notice.municipality.name,
            "deadline": lambda: words.day(until) if until else "",
            "link": settings.SITE_URL + reverse("settlement", args=address),
        },
        to=to.email,
        language=to.language,
        message_id=f"<settlement-{notice.pk}-{to.pk}@legevakt>",
    )
