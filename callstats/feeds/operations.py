"""Setting up a source: its central, how it is read, its queues and its tokens."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from callstats.feeds.checks import (
    SetupError,
    check_mapping,
    check_profile,
    check_slug,
    check_zone,
)
from callstats.feeds.models import MappingVersion, Source
from callstats.feeds.queues import map_queue, set_queues
from callstats.feeds.sandboxes import copy_to_sandbox, make_sandbox
from callstats.feeds.silences import note_told, watch
from callstats.feeds.telling import tell_of_silence
from callstats.feeds.tokens import make_token, revoke_token, rotate_token
from municipalities.models import Central, Cooperation, User

__all__ = [
    "SetupError",
    "add_source",
    "change_source",
    "copy_to_sandbox",
    "find_central",
    "make_sandbox",
    "make_source",
    "make_token",
    "map_queue",
    "note_told",
    "revoke_token",
    "rotate_token",
    "save_mapping",
    "set_queues",
    "tell_of_silence",
    "watch",
]


@transaction.atomic
def add_source(
    *,
    slug: str,
    central: Central,
    profile: str,
    queues: dict[str, str],
    at: datetime,
    name: str = "",
    mapping: dict | None = None,
    zone: str = "Europe/Oslo",
    is_synthetic: bool = False,
    is_expected: bool = True,
) -> Source:
    """Make the source, or bring the one of that slug to these settings.

    `queues` maps a queue (or `*`) to a line class, or `class:number`. The silence of a source
    that is not expected is no gap: one evening's log, or a system that is taken out of use.
    Raises SetupError.
    """
    _check(slug=slug, profile=profile, zone=zone)
    check_mapping(profile=profile, mapping=mapping)
    existing = Source.objects.filter(slug=slug).first()
    if existing and existing.central_id != central.pk:
        raise SetupError(f"The source {slug} belongs to the central {existing.central.slug}.")
    source, _ = Source.objects.update_or_create(
        slug=slug,
        defaults={
            "name": name or slug,
            "central": central,
            "profile": profile,
            "zone": zone,
            "is_synthetic": is_synthetic,
            "is_expected": is_expected,
        },
    )
    if mapping:
        save_mapping(source=source, mapping=mapping, at=at)
    for queue, target in queues.items():
        map_queue(source=source, queue=queue, target=target)
    return source


@transaction.atomic
def make_source(
    *, slug: str, name: str, central: Central, profile: str, zone: str, is_sandbox: bool = False
) -> Source:
    """A new source whose queues and mapping come later; `is_sandbox`: only for trying it out.

    Raises SetupError.
    """
    _check(slug=slug, profile=profile, zone=zone)
    if Source.objects.filter(slug=slug).exists():
        raise SetupError(f"The short name {slug} is taken.")
    return Source.objects.create(
        slug=slug,
        name=name,
        central=make_sandbox(central=central) if is_sandbox else central,
        profile=profile,
        zone=zone,
        is_expected=not is_sandbox,
    )


@transaction.atomic
def change_source(
    *,
    source: Source,
    name: str,
    profile: str,
    zone: str,
    is_expected: bool,
    silent_after_minutes: int | None,
) -> Source:
    """Other settings from now on; what is stored stays as it was read. Raises SetupError."""
    _check(slug=source.slug, profile=profile, zone=zone)
    source.name, source.profile, source.zone = name, profile, zone
    source.is_expected, source.silent_after_minutes = is_expected, silent_after_minutes
    source.save()
    return source


@transaction.atomic
def save_mapping(
    *, source: Source, mapping: dict, at: datetime, by: User | None = None
) -> MappingVersion:
    """The mapping by which files are read from now on; the same again is no new version."""
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    newest = source.mapping_version
    if newest and newest.mapping == mapping:
        return newest
    return MappingVersion.objects.create(
        source=source,
        version=newest.version + 1 if newest else 1,
        mapping=mapping,
        saved_at=at,
        saved_by=by,
    )


def find_central(*, slug: str, create: bool, cooperation: str | None = None) -> Central:
    """The central; with `create` a new one, of the named cooperation if any. Raises SetupError."""
    central = Central.objects.filter(slug=slug).first()
    if central:
        return central
    if not create:
        raise SetupError(f"There is no central {slug}. Add --create-central to make it.")
    check_slug(slug)
    return Central.objects.create(slug=slug, name=slug, cooperation=_cooperation_for(cooperation))


def _check(*, slug: str, profile: str, zone: str) -> None:
    check_slug(slug)
    check_profile(profile)
    check_zone(zone)


def _cooperation_for(slug: str | None) -> Cooperation | None:
    if slug:
        found = Cooperation.objects.filter(slug=slug).first()
        if found is None:
            raise SetupError(f"There is no cooperation {slug}.")
        return found
    return None
