"""What a source may be set up with."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from callstats.sources.frames import Unreadable
from callstats.sources.registry import PROFILES
from callstats.sources.table_mapping import check_mapping


class SetupError(Exception):
    """The source cannot be set up like that; the text says what to change."""


def check_slug(slug: str) -> None:
    """Letters, digits, - and _. Raises SetupError."""
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise SetupError(f"{slug}: a short name has letters, digits, - and _ only.") from error


def check_profile(profile: str) -> None:
    """One that can be read. Raises SetupError."""
    if profile not in PROFILES:
        raise SetupError(f"Unknown profile {profile}. Known: {', '.join(sorted(PROFILES))}.")


def check_zone(zone: str) -> None:
    """A name of the IANA list. Raises SetupError."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SetupError(f"Unknown time zone {zone}. Write it as Europe/Oslo.") from error


def check_table(mapping: dict | None) -> None:
    """What the profile table is read by. Raises SetupError."""
    if not mapping:
        raise SetupError("The profile table needs a mapping: --mapping FILE (docs/operations.md).")
    try:
        check_mapping(mapping)
    except Unreadable as error:
        raise SetupError(f"The mapping is wrong at {error.params['key']}.") from error
