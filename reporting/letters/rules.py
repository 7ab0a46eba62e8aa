"""Which topics a letter tells of. No Django here."""

from __future__ import annotations

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


def file_name(*, kind: str, starts_on: str, language: str) -> str:
    """The name a reader saves the letter under.

    >>> file_name(kind="monthly_letter", starts_on="2026-01-01", language="nn")
    'monthly-letter-2026-01-01-nn.pdf'
    """
    return f"{kind.replace('_', '-')}-{starts_on}-{language}.pdf"
