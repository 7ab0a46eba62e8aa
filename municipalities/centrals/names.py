"""What a requirement and a public number are called, in the language of the page."""

from __future__ import annotations

from django.utils.text import capfirst

from legevakt.lib import words
from municipalities.centrals.models import PublicNumber
from municipalities.centrals.requirements import Requirement, requirements
from municipalities.centrals.rules import State
from municipalities.centrals.words import LAWS, STATES, TITLES


def row_title(requirement: Requirement, number: PublicNumber | None) -> str:
    """What the row is about, with its number in the list and the public number."""
    title = f"{requirement.number}. {TITLES[requirement.key]}"
    return f"{title} – {line_name(number)}" if number else title


def requirement_words(key: str) -> tuple[str, str]:
    """Title and legal basis by the requirement's key; the key alone once there is none of it."""
    found = requirements().get(key)
    return (str(TITLES[key]), basis(found)) if found else (key, "")


def state_words(state: str) -> str:
    """What the latest check found."""
    return str(STATES[State(state)])


def line_name(number: PublicNumber) -> str:
    """The number in groups of digits, or its kind where none is known."""
    return words.phone_number(number.number) or str(number.get_line_class_display())


def basis(requirement: Requirement) -> str:
    """Where the requirement stands."""
    law = capfirst(str(LAWS[requirement.law]))
    return f"{law} {requirement.place}".strip()
