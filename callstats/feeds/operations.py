"""Setting up a source: its central, its queues and its token."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction

from callstats.feeds.models import MappingVersion, QueueLine, Source, SourceToken
from callstats.sources.frames import Unreadable
from callstats.sources.registry import PROFILES
from callstats.sources.table_mapping import check_mapping
from municipalities.models import Central, Cooperation, LineClass, PublicNumber, User


class SetupError(Exception):
    """The source cannot be set up like that; the text says what to change."""


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
    _check(slug=slug, profile=profile, mapping=mapping, zone=zone)
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


def map_queue(*, source: Source, queue: str, target: str) -> QueueLine:
    """Say which public number the queue serves: `116117`, `lokal8` or `lokal8:56349000`."""
    line_class, _, number = target.partition(":")
    if line_class not in LineClass.values:
        raise SetupError(
            f"{queue}={target}: unknown line class. Known: {', '.join(LineClass.values)}."
        )
    line = _line(central=source.central, line_class=line_class, number=number)
    mapped, _ = QueueLine.objects.update_or_create(
        source=source, queue=queue, defaults={"line": line}
    )
    return mapped


def find_central(*, slug: str, create: bool, cooperation: str | None = None) -> Central:
    """The central; with `create` a new one, of the named cooperation if any."""
    central = Central.objects.filter(slug=slug).first()
    if central:
        return central
    if not create:
        raise SetupError(f"There is no central {slug}. Add --create-central to make it.")
    _check_slug(slug)
    return Central.objects.create(slug=slug, name=slug, cooperation=_cooperation_for(cooperation))


def make_token(*, source: Source, name: str, expires_at: datetime | None = None) -> str:
    """A new token for the source, returned this once; only its hash is stored."""
    _, token = SourceToken.objects.create_key(name=name, source=source, expiry_date=expires_at)
    return token


def revoke_token(*, source: Source, prefix: str) -> SourceToken:
    """The token takes nothing from now on; it cannot be undone. Raises SetupError."""
    token = source.tokens.filter(prefix=prefix).first()
    if token is None:
        raise SetupError(f"The source {source.slug} has no token {prefix}.")
    token.revoked = True
    token.save()
    return token


def _line(*, central: Central, line_class: str, number: str) -> PublicNumber:
    """The number; where none is named, the only one that the central has of that class."""
    if line_class == LineClass.NATIONAL:
        number = number or "116117"
    known = central.numbers.filter(line_class=line_class)
    if not number and known.count() == 1:
        return known.get()
    line, _ = PublicNumber.objects.get_or_create(
        central=central, line_class=line_class, number=number
    )
    return line


def _check(*, slug: str, profile: str, mapping: dict | None, zone: str) -> None:
    _check_slug(slug)
    if profile not in PROFILES:
        raise SetupError(f"Unknown profile {profile}. Known: {', '.join(sorted(PROFILES))}.")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SetupError(f"Unknown time zone {zone}. Write it as Europe/Oslo.") from error
    if profile == "table" and not mapping:
        raise SetupError("The profile table needs a mapping: --mapping FILE (docs/operations.md).")
    if profile == "table":
        try:
            check_mapping(mapping)
        except Unreadable as error:
            raise SetupError(f"The mapping is wrong at {error.params['key']}.") from error


def _check_slug(slug: str) -> None:
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise SetupError(f"{slug}: a short name has letters, digits, - and _ only.") from error


def _cooperation_for(slug: str | None) -> Cooperation | None:
    if slug:
        found = Cooperation.objects.filter(slug=slug).first()
        if found is None:
            raise SetupError(f"There is no cooperation {slug}.")
        return found
    return None
