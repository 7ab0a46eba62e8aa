"""Making a mapping: a sample comes in, is looked at again and again, and is saved or dropped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from callstats.feeds import operations as feeds
from callstats.feeds.models import MappingVersion, Source
from callstats.mappings import sample_files
from callstats.mappings.beginnings import beginning, guessed_again
from callstats.mappings.columns import columns_of, fitted
from callstats.mappings.layouts import Layout
from callstats.mappings.models import MappingDraft
from callstats.mappings.profiles import is_mapped_by_columns
from callstats.mappings.samples import bytes_of, layout_of
from callstats.sources.frames import Unreadable
from municipalities.models import User

LIFETIME = timedelta(hours=24)


def begin(
    *,
    source: Source,
    chunks: Iterable[bytes],
    file_name: str,
    start: str,
    at: datetime,
    by: User,
) -> MappingDraft:
    """Keep the sample for a day, with a first mapping of it. `start` as `beginnings.beginning`.

    Raises Unreadable for a file that is no table at all, and keeps nothing of it.
    """
    draft = MappingDraft(source=source, file_name=file_name[:255], created_at=at, created_by=by)
    draft.sha256 = sample_files.keep(path=draft.path, chunks=chunks)
    try:
        begun = beginning(
            source=source, data=bytes_of(draft.path), file_name=draft.file_name, start=start
        )
        draft.mapping, lacking = _fitted(draft, begun.mapping)
        draft.choices = begun.choices | {"lacking": lacking}
        draft.save()
    except BaseException:
        draft.path.unlink(missing_ok=True)
        raise
    return draft


@transaction.atomic
def change(*, draft: MappingDraft, mapping: dict[str, Any], choices: dict[str, Any]) -> bool:
    """Note what a person says; true if the sample is read otherwise than before."""
    fitting, lacking = _refitted(draft, mapping)
    is_changed = fitting != draft.mapping
    draft.mapping = fitting
    draft.choices = draft.choices | choices | {"lacking": lacking}
    draft.save(update_fields=["mapping", "choices"])
    return is_changed


@transaction.atomic
def save(*, draft: MappingDraft, at: datetime, by: User) -> MappingVersion:
    """The draft's mapping becomes the source's, its queues are mapped, and the draft goes."""
    version = feeds.save_mapping(source=draft.source, mapping=draft.mapping, at=at, by=by)
    for queue, target in draft.choices.get("queues", {}).items():
        feeds.map_queue(source=draft.source, queue=queue, target=target)
    discard(draft=draft)
    return version


@transaction.atomic
def discard(*, draft: MappingDraft) -> None:
    """The draft and its sample are gone."""
    path = draft.path
    MappingDraft.objects.filter(pk=draft.pk).delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def go_back(*, version: MappingVersion, at: datetime, by: User) -> MappingVersion:
    """An earlier mapping counts again, as a new version: none is ever changed."""
    return feeds.save_mapping(source=version.source, mapping=version.mapping, at=at, by=by)


def delete_old(*, at: datetime) -> int:
    """Delete what is older than a day, drafts and stray samples; returns how many."""
    before = at - LIFETIME
    old = list(MappingDraft.objects.filter(created_at__lt=before))
    for draft in old:
        discard(draft=draft)
    return len(old) + sample_files.delete_orphans(before=before)


def _fitted(draft: MappingDraft, mapping: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The mapping without columns that the sample lacks; as it is where that cannot be seen."""
    layout = _layout(draft, mapping)
    if layout is None:
        return mapping, []
    return fitted(mapping, columns=columns_of(layout))


def _refitted(draft: MappingDraft, mapping: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """As `_fitted`, but the columns are guessed anew where a person has corrected how the file

    is written, and none of the columns before is left.
    """
    layout = _layout(draft, mapping)
    if layout is None:
        return mapping, []
    fitting, lacking = fitted(mapping, columns=columns_of(layout))
    if fitting["columns"]:
        return fitting, lacking
    before = _layout(draft, draft.mapping)
    if before is not None and before.keys == layout.keys:
        return fitting, lacking
    return guessed_again(layout, mapping=fitting, zone=draft.source.zone), []


def _layout(draft: MappingDraft, mapping: dict[str, Any]) -> Layout | None:
    """Null for a sample that is not mapped by columns, or cannot be laid out by the mapping."""
    if not is_mapped_by_columns(draft.source):
        return None
    try:
        return layout_of(bytes_of(draft.path), mapping=mapping)
    except Unreadable:
        return None
