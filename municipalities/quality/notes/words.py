"""What the pages that notes stand on are called."""

from __future__ import annotations

from django.utils.translation import gettext as _

from municipalities.quality.notes.models import NoteSubject


def page_names() -> dict[str, str]:
    """Subject → the name of its page."""
    return {
        NoteSubject.DEVIATIONS.value: _("Deviations"),
        NoteSubject.ABSENCE.value: _("Sickness absence"),
        NoteSubject.COMPLAINTS.value: _("Complaints"),
    }
