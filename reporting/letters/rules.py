"""Which topics a letter tells of. No Django here."""

from __future__ import annotations

from datetime import date

# The prepared topics of meetings (settings.PREPARED_TOPICS), in the order they are told.
TOPICS = {
    "monthly_letter": ("professional-status",),
    "tertial_report": (
        "professional-status",
        "economy",
        "health-and-safety",
        "deviations",
        "internal-control",
    ),
    "orientation": ("professional-status", "economy", "decisions"),
}
# These wait for their months to be published: what they tell may not change afterwards.
WAIT_FOR_PUBLISHED = ("monthly_letter",)
# The names that readers save them under, in each written form.
FILE_NAMES = {
    "monthly_letter": {"nn": "manadsbrev", "nb": "manedsbrev"},
    "tertial_report": {"nn": "tertialrapport", "nb": "tertialrapport"},
    "orientation": {"nn": "orientering", "nb": "orientering"},
}


def file_name(*, kind: str, starts_on: date, language: str) -> str:
    """The name a reader saves the letter under: what it is, since when, and the written form.

    >>> file_name(kind="monthly_letter", starts_on=date(2026, 1, 1), language="nn")
    'manadsbrev-2026-01-nn.pdf'
    """
    return f"{FILE_NAMES[kind][language]}-{starts_on:%Y-%m}-{language}.pdf"
