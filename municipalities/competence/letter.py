"""One e-mail a month at most to the leader: that something expires, or that follow-up is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import ngettext

from legevakt.lib import letters
from municipalities.access.models import User
from municipalities.centrals.models import Central
from municipalities.competence import rules
from municipalities.competence.models import CompetenceLetter, Operator
from municipalities.competence.standings import standings


@dataclass(frozen=True)
class ToTell:
    """How much there is to tell of; no label goes into an e-mail."""

    to_renew: int
    late: int

    def __bool__(self) -> bool:
        return bool(self.to_renew or self.late)

    @property
    def lines(self) -> list[str]:
        """A sentence for each of the two, where there is something."""
        renewal = ngettext(
            "%(count)s qualification of an operator has expired, or expires within 60 days.",
            "%(count)s qualifications of operators have expired, or expire within 60 days.",
            self.to_renew,
        )
        talk = ngettext(
            "%(count)s operator should have had a follow-up by now.",
            "%(count)s operators should have had a follow-up by now.",
            self.late,
        )
        told = ((renewal, self.to_renew), (talk, self.late))
        return [text % {"count": count} for text, count in told if count]


def to_tell_of(*, central: Central, today: date) -> ToTell:
    """What of the central is late, or expires within 60 days; two queries."""
    found = standings(operators=Operator.objects.filter(central=central), today=today)
    return ToTell(
        to_renew=sum(len(each.to_renew) for each in found),
        late=sum(each.is_late for each in found),
    )


@transaction.atomic
def claim(*, central: Central, today: date) -> bool:
    """Whether it is the caller's to write: of all that try one gets it, and in a month no other."""
    letter, is_first = CompetenceLetter.objects.get_or_create(
        central=central, defaults={"sent_date": today}
    )
    month_ago = rules.months_after(today, months=-rules.BETWEEN_LETTERS_MONTHS)
    old = CompetenceLetter.objects.filter(pk=letter.pk, sent_date__lte=month_ago)
    return is_first or old.update(sent_date=today) == 1


def write(*, central: Central, to: User, today: date) -> None:
    """Send the e-mail in the reader's language, if there is still something to tell.

    Raises as `mail.send` does.
    """
    cooperation, told = central.cooperation, to_tell_of(central=central, today=today)
    if cooperation is None or not told:
        return
    letters.send(
        templates="emails/competence_due",
        context={
            "name": to.name,
            "central": central.name,
            "cooperation": cooperation.name,
            "is_demonstration": cooperation.is_demonstration,
            "lines": lambda: told.lines,
            "link": settings.SITE_URL
            + reverse("competence", args=[cooperation.slug, central.slug]),
        },
        to=to.email,
        language=to.language,
        message_id=f"<competence-due-{central.pk}-{today}-{to.pk}@legevakt>",
    )
