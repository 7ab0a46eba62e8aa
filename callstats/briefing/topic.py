"""Professional status, the first topic of the minimum agenda."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from callstats.briefing.presenters import page
from callstats.briefing.queries import facts
from municipalities.queries import PreparedTopic

TOPIC = PreparedTopic(
    code="professional-status",
    title=_("Professional status"),
    covers=("Professional status",),
    facts=facts,
    page=page,
)
