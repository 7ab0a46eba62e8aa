"""Follow-ups in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "responsible_is_missing": _("Choose a user, or write who is responsible; one of them."),
    "follow_up_has_one_who_is_responsible": _(
        "Choose a user, or write who is responsible; one of them."
    ),
    "follow_up_is_closed": _("The follow-up is closed. Open it again first."),
    "follow_up_closed_has_its_day": _("A follow-up that is closed has its day."),
}
