"""A mapping tried on its sample: what it would give. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from callstats.imports import preview
from callstats.imports.fitting import fitting
from callstats.mappings import dates
from callstats.mappings.columns import FileColumn, column_of, columns_of
from callstats.mappings.layouts import Layout
from callstats.mappings.models import MappingDraft
from callstats.mappings.profiles import is_mapped_by_columns
from callstats.mappings.samples import bytes_of, layout_of
from callstats.sources.frames import Parsed, ParsedCalls, SourceSettings, Unreadable, Warning
from callstats.sources.registry import PROFILES
from callstats.sources.table_filters import is_wanted

REFUSED_SHOWN = 20
WORDS_SHOWN = 60
WORD_FIELDS = {"outcome": "outcomes", "forwarded_to": "forwarded"}


@dataclass(frozen=True, kw_only=True)
class Trial:
    """`layout` and `columns` are empty where the file could not be laid out, or needs not be.

    `words`: by field (outcome, forwarded_to) each text of its column and how many rows have
    it, "" for none. `preview` as `callstats.imports.preview.of`; null where `failure` tells
    why the file gives no calls. `refused` are the first rows of REFUSED.
    """

    layout: Layout | None = None
    columns: tuple[FileColumn, ...] = ()
    words: dict[str, dict[str, int]]
    preview: dict | None = None
    received: int = 0
    ignored: int = 0
    refused_count: int = 0
    refused: tuple[dict, ...] = ()
    warnings: tuple[Warning, ...] = ()
    doubt: dates.Doubt | None = None
    failure: Unreadable | None = None

    @property
    def gives_calls(self) -> bool:
        return self.preview is not None and self.preview["calls"] > 0


def trial_of(draft: MappingDraft, *, now: datetime) -> Trial:
    """What the draft's mapping gives of its sample; slow for a large one (seconds)."""
    settings = SourceSettings(
        profile=draft.source.profile, now=now, zone=draft.source.zone, mapping=draft.mapping
    )
    by = by_columns if is_mapped_by_columns(draft.source) else by_date_order
    return by(draft.path, settings=settings)


def by_columns(path: Path, *, settings: SourceSettings) -> Trial:
    """The trial of a mapping of columns (profile `table`)."""
    mapping = settings.mapping or {}
    try:
        layout = layout_of(bytes_of(path), mapping=mapping)
    except Unreadable as failure:
        return Trial(words={}, failure=failure)
    columns = tuple(columns_of(layout))
    tried = _read(path, settings=settings)
    told: dict[str, Any] = {
        "layout": layout,
        "columns": columns,
        "words": {field: _words(layout, columns, mapping, field) for field in WORD_FIELDS},
    }
    if isinstance(tried, Unreadable):
        is_order = tried.code == "wrong_date_order"
        return Trial(**told, failure=tried, doubt=_doubt(columns, mapping) if is_order else None)
    unproven = any(warning.code == "date_order_unproven" for warning in tried.warnings)
    return Trial(**told, **_told(tried), doubt=_doubt(columns, mapping) if unproven else None)


def by_date_order(path: Path, *, settings: SourceSettings) -> Trial:
    """The trial of a report whose columns are known, but perhaps not its order of the date."""
    tried = _read(path, settings=settings)
    undecided = _read(path, settings=_with_order(settings, None))
    is_open = isinstance(undecided, Unreadable) and undecided.code == "date_order_unknown"
    doubt = _both_orders(path, settings) if is_open else None
    if isinstance(tried, Unreadable):
        return Trial(words={}, doubt=doubt, failure=tried)
    return Trial(words={}, doubt=doubt, **_told(tried))


def _with_order(settings: SourceSettings, order: str | None) -> SourceSettings:
    others = {k: v for k, v in (settings.mapping or {}).items() if k != "date_order"}
    return replace(settings, mapping=others | ({"date_order": order} if order else {}))


def _read(path, *, settings: SourceSettings) -> ParsedCalls | Unreadable:
    try:
        return fitting(PROFILES[settings.profile].module.read_calls(path, settings=settings))
    except Unreadable as failure:
        return failure


def _told(parsed: ParsedCalls) -> dict[str, Any]:
    return {
        "preview": preview.of(parsed.calls),
        "received": parsed.received,
        "ignored": parsed.ignored,
        "refused_count": parsed.refused.height,
        "refused": tuple(parsed.refused.head(REFUSED_SHOWN).iter_rows(named=True)),
        "warnings": parsed.warnings,
    }


def _words(
    layout: Layout, columns: Sequence[FileColumn], mapping: dict[str, Any], field: str
) -> dict[str, int]:
    """The texts of a field, most frequent first, of the rows that the filters let through."""
    texts = _texts(columns, mapping, field)
    if texts is None:
        return {}
    wanted = is_wanted(mapping)
    if wanted is not None:
        texts = texts.filter(layout.frame.select(wanted).to_series())
    folded = texts.fill_null("").alias("text").to_frame()
    counted = folded.group_by(pl.col("text").str.to_lowercase().alias("key")).agg(
        pl.col("text").first(), pl.len().alias("rows")
    )
    ordered = counted.sort("rows", "key", descending=[True, False]).head(WORDS_SHOWN)
    return dict(ordered.select("text", "rows").iter_rows())


def _texts(columns: Sequence[FileColumn], mapping: dict[str, Any], field: str) -> pl.Series | None:
    """A field as the rows tell it: several columns are joined by a blank."""
    named = (mapping.get("columns") or {}).get(field, [])
    found = [column_of(columns, each) for each in (named if isinstance(named, list) else [named])]
    values = [column.values.alias(str(n)) for n, column in enumerate(found) if column]
    if not values:
        return None
    frame = pl.DataFrame(values)
    joined = pl.concat_str(frame.columns, separator=" ", ignore_nulls=True)
    return frame.select(pl.when(joined != "").then(joined)).to_series()


def _doubt(columns: Sequence[FileColumn], mapping: dict[str, Any]) -> dates.Doubt | None:
    texts = _texts(columns, mapping, "arrived_at")
    return None if texts is None else dates.doubt_about(texts, formats=mapping["time_formats"])


def _both_orders(path: Path, settings: SourceSettings) -> dates.Doubt | None:
    """The first call as the two orders place it."""
    read = {order: _read(path, settings=_with_order(settings, order)) for order in dates.ORDERS}
    firsts = {
        order: parsed.calls.sort("line").row(0, named=True)
        for order, parsed in read.items()
        if isinstance(parsed, Parsed) and parsed.calls.height
    }
    if len(firsts) < len(dates.ORDERS):
        return None
    zone = ZoneInfo(settings.zone)
    return dates.Doubt(
        text=firsts[dates.DAY_FIRST]["arrived_text"],
        readings={
            order: first["arrived_at"].astimezone(zone).replace(tzinfo=None)
            for order, first in firsts.items()
        },
    )
