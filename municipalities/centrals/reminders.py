"""One e-mail a month at most, about every check of a central that is due or late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from legevakt.lib import letters, words
from municipalities.access.models import User
from municipalities.centrals.models import Central
from municipalities.centrals.names import row_title
from municipalities.centrals.rows import Row, rows_of


def due_rows(*, central: Central, today: date) -> list[Row]:
    """The rows whose check is late or due within 14 days, the oldest first."""
    rows = [row for row in rows_of(central=central, today=today) if row.is_late or row.is_soon]
    return sorted(rows, key=lambda row: (row.due_date or today, row.requirement.number, row.key))


def remind(*, central: Central, to: User, today: date) -> None:
    """Send the e-mail, in the reader's language. Raises as `mail.send` does."""
    cooperation = central.cooperation
    if cooperation is None:
        return
    rows = due_rows(central=central, today=today)
    if not rows:
        return
    letters.send(
        templates="emails/checks_due",
        context={
            "name": to.name,
            "central": central.name,
            "cooperation": cooperation.name,
            "is_demonstration": cooperation.is_demonstration,
            "lines": lambda: due_lines(rows),
            "link": settings.SITE_URL
            + reverse("central_checklist", args=[cooperation.slug, central.slug])
            + "?show=due",
        },
        to=to.email,
        language=to.language,
        message_id=f"<checks-due-{central.pk}-{today}-{to.pk}@legevakt>",
    )


def due_lines(rows: Iterable[Row]) -> list[str]:
    """The rows of a reminder: what, and when it is or was due."""
    return [_due_line(row) for row in rows]


def _due_line(row: Row) -> str:
    told = {
        "title": row_title(row.requirement, row.number),
        "day": words.day(row.due_date) if row.due_date else "–",
    }
    if row.is_late:
        return _("%(title)s: late, it was due %(day)s") % told
    return _("%(title)s: due %(day)s") % told
