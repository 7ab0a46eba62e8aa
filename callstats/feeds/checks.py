"""What a source may be set up with."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from callstats.sources.frames import Unreadable
from callstats.sources.registry import PROFILES


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


def check_mapping(*, profile: str, mapping: dict | None) -> None:
    """What a profile's files are read by, as the profile itself judges it. Raises SetupError."""
    judge = getattr(PROFILES[profile].module, "check_mapping", None)
    if judge is None:
        if mapping:
            raise SetupError(f"The profile {profile} is read without a mapping.")
        return
    try:
        judge(mapping)
    except Unreadable as error:
        if not mapping:
            text = f"The profile {profile} needs a mapping: --mapping FILE (docs/operations.md)."
            raise SetupError(text) from error
        raise SetupError(f"The mapping is wrong at {error.params['key']}.") from error
