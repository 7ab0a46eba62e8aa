"""A place for trying out a feed, whose calls count in no figure."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from callstats.feeds.checks import SetupError
from callstats.feeds.models import MappingVersion, Source
from callstats.feeds.queues import map_queue, target_of
from municipalities.models import Central

ENDING = "-sandbox"
LONGEST_SLUG = 50
LONGEST_NAME = 120


@transaction.atomic
def make_sandbox(*, central: Central) -> Central:
    """The central's sister for trying out feeds, made the first time. Raises SetupError."""
    if central.is_sandbox:
        return central
    sister, _is_new = Central.objects.get_or_create(
        slug=_sandbox_slug(central.slug),
        defaults={
            "name": (_("%(name)s (sandbox)") % {"name": central.name})[:LONGEST_NAME],
            "cooperation": central.cooperation,
            "is_sandbox": True,
        },
    )
    if not sister.is_sandbox or sister.cooperation_id != central.cooperation_id:
        raise SetupError(f"The short name {sister.slug} is taken by another central.")
    return sister


@transaction.atomic
def copy_to_sandbox(*, source: Source, at: datetime) -> Source:
    """A source like this one in the sandbox: profile, zone, mapping and queues. Made once.

    Raises SetupError.
    """
    sister = make_sandbox(central=source.central)
    copy, is_new = Source.objects.get_or_create(
        slug=_sandbox_slug(source.slug),
        defaults={
            "name": (_("%(name)s (sandbox)") % {"name": source.name})[:LONGEST_NAME],
            "central": sister,
            "profile": source.profile,
            "zone": source.zone,
            "is_synthetic": source.is_synthetic,
            "is_expected": False,
        },
    )
    if copy.central_id != sister.pk:
        raise SetupError(f"The short name {copy.slug} is taken by another source.")
    if is_new:
        _copy_reading(source=source, copy=copy, at=at)
    return copy


def _copy_reading(*, source: Source, copy: Source, at: datetime) -> None:
    newest = source.mapping_version
    if newest:
        MappingVersion.objects.create(source=copy, version=1, mapping=newest.mapping, saved_at=at)
    for mapped in source.queue_lines.select_related("line").order_by("pk"):
        map_queue(source=copy, queue=mapped.queue, target=target_of(mapped.line))


def _sandbox_slug(slug: str) -> str:
    return slug[: LONGEST_SLUG - len(ENDING)] + ENDING
