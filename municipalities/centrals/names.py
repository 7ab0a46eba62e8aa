"""What a requirement and a public number are called, in the language of the page."""

from __future__ import annotations

from django.utils.text import capfirst

from legevakt.lib import words
from municipalities.centrals.models import PublicNumber
from municipalities.centrals.requirements import Requirement
from municipalities.centrals.words import LAWS, TITLES


def row_title(requirement: Requirement, number: PublicNumber | None) -> str:
    """What the row is about, with its number in the list and the public number."""
    title = f"{requirement.number}. {TITLES[requirement.key]}"
    return f"{title} – {line_name(number)}" if number else title


def line_name(number: PublicNumber) -> str:
    """The number in groups of digits, or its kind where none is known."""
    return words.phone_number(number.number) or str(number.get_line_class_display())


def basis(requirement: Requirement) -> str:
    """Where the requirement stands."""
    law = capfirst(str(LAWS[requirement.law]))
    return f"{law} {requirement.place}".strip()
