"""Which sources have something to say about how their files are read."""

from __future__ import annotations

from callstats.feeds.models import Source

BY_COLUMNS = "table"
BY_DATE_ORDER = "3cx-call-report"


def is_mapped_by_columns(source: Source) -> bool:
    """Its files are tables of any make."""
    return source.profile == BY_COLUMNS


def needs_mapping(source: Source) -> bool:
    """Its profile leaves something open: the columns, or the order of day and month."""
    return source.profile in (BY_COLUMNS, BY_DATE_ORDER)
