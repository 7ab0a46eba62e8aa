"""What people call the facts of a call."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "id": _("What identifies the call"),
    "group": _("What the rows of a call share"),
    "arrived_at": _("When the call arrived"),
    "queue": _("Queue"),
    "number": _("The number that was called"),
    "outcome": _("What became of the call"),
    "answered_at": _("When it was answered"),
    "ended_at": _("When it ended"),
    "wait_seconds": _("How long the caller waited"),
    "talk_seconds": _("How long they talked"),
    "announcement_seconds": _("How long announcements took"),
    "forwarded_to": _("Where it was forwarded"),
    "municipality": _("Municipality"),
    "urgency": _("Urgency"),
    "video": _("Whether there was video"),
    "version": _("Version of the row"),
    "epoch": _("Arrival in seconds since 1970"),
    "legs": _("The queues the call went through"),
}


def field_words(field: str | None) -> str:
    """The field of a refused row; what is a column or an unknown name of the file stays."""
    return str(FIELDS.get(field or "", field or ""))
