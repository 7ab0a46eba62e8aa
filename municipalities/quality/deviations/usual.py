"""The usual categories and severities of deviations, which a cooperation may change."""

from __future__ import annotations

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CATEGORIES: tuple[Promise, ...] = (
    _("HSE"),
    _("Quality of service and patient safety"),
    _("Organisation and internal matters"),
    _("Information security and privacy"),
    _("Medication"),
    _("Equipment"),
    _("Staffing and cover by doctors"),
    _("Interaction with emergency control, hospital and general practitioners"),
)
SEVERITIES: tuple[Promise, ...] = (_("Low"), _("Medium"), _("High"), _("Critical"))
WRITTEN_IN = ("nn", "nb")


def in_active_language(name: str) -> str:
    """A usual name in the active written form; what a cooperation named itself stays.

    A reader of English sees the names as they are stored.
    """
    if translation.get_language() not in WRITTEN_IN:
        return name
    for usual in (*CATEGORIES, *SEVERITIES):
        if name in {_said(usual, language=each) for each in WRITTEN_IN}:
            return str(usual)
    return name


def _said(text: Promise, *, language: str) -> str:
    with translation.override(language):
        return str(text)
