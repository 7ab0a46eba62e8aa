"""What is kept about how a source's files are read."""

from __future__ import annotations

from dataclasses import dataclass

from callstats.feeds.lines import ANY_QUEUE
from callstats.feeds.models import MappingVersion, Source
from callstats.mappings.differences import Difference, differences
from callstats.mappings.models import MappingDraft
from municipalities.models import PublicNumber

QUEUES_LISTED = 40


@dataclass(frozen=True, kw_only=True)
class VersionTold:
    """A version and what it changed in the one before it."""

    version: MappingVersion
    changes: tuple[Difference, ...]
    is_newest: bool


@dataclass(frozen=True, kw_only=True)
class Queues:
    """`calls` of each queue of a sample; those `known`, and the first `unknown` ones.

    `lines` are the public numbers that the source's central answers.
    """

    unknown: tuple[str, ...]
    calls: dict[str, int]
    known: dict[str, PublicNumber]
    lines: tuple[PublicNumber, ...]


def versions_of(source: Source) -> list[VersionTold]:
    """Every mapping of the source, newest first; one query."""
    versions = list(source.mapping_versions.select_related("saved_by").order_by("version"))
    before = [{}, *(version.mapping for version in versions)]
    told = [
        VersionTold(
            version=version,
            changes=tuple(differences(earlier, version.mapping)),
            is_newest=version is versions[-1],
        )
        for earlier, version in zip(before, versions, strict=False)
    ]
    return told[::-1]


def drafts_of(source: Source) -> list[MappingDraft]:
    """The source's drafts that nobody saved yet, newest first."""
    drafts = source.mapping_drafts.select_related("created_by")
    return list(drafts.order_by("-created_at", "pk"))


def queues_of(source: Source, *, preview: dict | None) -> Queues:
    """The queues (or numbers) of a sample, as `callstats.imports.preview.of` counts them."""
    calls = preview["queues"] if preview else {}
    known = {row.queue: row.line for row in source.queue_lines.select_related("line")}
    unknown = [] if ANY_QUEUE in known else [queue for queue in calls if queue not in known]
    return Queues(
        unknown=tuple(unknown[:QUEUES_LISTED]),
        calls=calls,
        known=known,
        lines=tuple(source.central.numbers.order_by("line_class", "number", "pk")),
    )
