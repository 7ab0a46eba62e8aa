"""The pages of the product that show how a point stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from municipalities.access.rules import Permission
from municipalities.cooperations.visible import Visible


@dataclass(frozen=True)
class LivePage:
    """A page with live figures: its words, its address's name, and who may see it."""

    label: str | Promise
    name: str
    permission: Permission
    of_central: bool = False


PAGES = {
    "agreements": LivePage(_("The agreement"), "agreements", Permission.VIEW_AGREEMENT),
    "obligations": LivePage(_("Obligations"), "obligations", Permission.VIEW_AGREEMENT),
    "centrals": LivePage(
        _("The checklist of the legevaktsentral"), "centrals_of", Permission.VIEW_AGREEMENT
    ),
    "competence": LivePage(
        _("The operators' competence"), "competence_of", Permission.VIEW_COMPETENCE
    ),
    "deviations": LivePage(_("Deviations"), "deviations", Permission.VIEW_QUALITY),
    "absence": LivePage(_("Sickness absence"), "absence", Permission.VIEW_QUALITY),
    "complaints": LivePage(_("Complaints"), "complaints", Permission.VIEW_QUALITY),
    "supervisions": LivePage(_("Supervision"), "supervisions", Permission.VIEW_QUALITY),
    "follow_ups": LivePage(_("Follow-ups"), "follow_ups", Permission.VIEW_MEETINGS),
    "reviews": LivePage(_("Yearly reviews"), "reviews", Permission.VIEW_QUALITY),
    "telephony": LivePage(
        _("Calls and answer times"), "statistics", Permission.VIEW_OVERVIEW, of_central=True
    ),
}


def shown(keys: Iterable[str], *, visible: Visible) -> list[tuple[str, str]]:
    """Words and address of each page that the reader may see."""
    found = [PAGES[key] for key in keys if visible.may(PAGES[key].permission)]
    return [(str(page.label), url) for page in found if (url := _address(page, visible))]


def _address(page: LivePage, visible: Visible) -> str:
    """Empty where the cooperation has no central, or the page is not there (yet)."""
    slug: str | None = visible.cooperation.slug
    if page.of_central:
        centrals = visible.cooperation.centrals.filter(is_sandbox=False).order_by("pk")
        slug = centrals.values_list("slug", flat=True).first()
    try:
        return reverse(page.name, args=[slug]) if slug else ""
    except NoReverseMatch:
        return ""
