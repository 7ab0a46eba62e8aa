"""The main navigation and what every page needs to know."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from municipalities.models import Cooperation
from municipalities.queries import held_anywhere
from municipalities.rules import Permission


@dataclass(frozen=True)
class NavigationEntry:
    label: str
    url: str
    current: bool


ENTRIES = (
    (_("Overview"), "dashboard", Permission.VIEW_OVERVIEW),
    (_("Telephony"), "telephony", Permission.VIEW_OVERVIEW),
    (_("Agreement"), "agreement", Permission.VIEW_AGREEMENT),
    (_("Economy"), "economy", Permission.VIEW_COSTS),
    (_("Meetings"), "meetings_own", Permission.VIEW_MEETINGS),
    (_("Quality"), "quality_own", Permission.VIEW_QUALITY),
    (_("Annual report"), "annual_reports", Permission.VIEW_ISSUED_REPORTS),
    (_("Deliveries"), "deliveries", Permission.VIEW_DELIVERIES),
    (_("Administration"), "access", Permission.VIEW_ACCESS),
)

# Where else a page of the entry may lie.
ROOMS = {
    "telephony": ("/telephony/", "/figure/"),
    "meetings_own": ("/calendar/",),
    "annual_reports": ("/letters/",),
}


def page_context(request) -> dict:
    """`navigation`, `cooperation` and `demo` for templates/base.html."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": [], "demo": settings.DEMO}
    cooperation = Cooperation.objects.visible_to(user).order_by("name", "pk").first()
    return {
        "navigation": _entries_for(user, request.path),
        "cooperation": cooperation,
        "demo": settings.DEMO,
    }


def _entries_for(user, path: str) -> list[NavigationEntry]:
    held = held_anywhere(user)
    return [
        NavigationEntry(label=str(label), url=reverse(name), current=_leads_to(name, path))
        for label, name, permission in ENTRIES
        if permission in held
    ]


def _leads_to(name: str, path: str) -> bool:
    url = reverse(name)
    rooms = (url, *ROOMS.get(name, ()))
    return path == url or any(room != "/" and path.startswith(room) for room in rooms)
