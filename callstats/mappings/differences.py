"""What one mapping says otherwise than another: added, taken away, changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# Of these each entry is a change of its own, not the whole.
_BY_ENTRY = ("columns", "outcomes", "forwarded")
# The database keeps no order of keys.
_ORDER = (
    "format",
    "encoding",
    "delimiter",
    "quote",
    "sheet",
    "records",
    "header_line",
    "footer_regex",
    "columns",
    "id",
    "kind",
    "group",
    "wait",
    "repeats",
    "filters",
    "queue",
    "number",
    "time_formats",
    "date_order",
    "zone",
    "decimal",
    "duration_unit",
    "short_clock",
    "outcomes",
    "forwarded",
)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """`entry` is the field or the word within the key; null where the key is one value.

    `before` is null where it is new, `after` where it is gone.
    """

    key: str
    entry: str | None = None
    before: Any = None
    after: Any = None


def differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    """Key by key: the file, its columns, its rows, its values."""
    for key in sorted(set(after) | set(before), key=_place):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if key in _BY_ENTRY:
            yield from _by_entry(key, old or {}, new or {})
        else:
            yield Difference(key=key, before=old, after=new)


def _place(key: str) -> tuple[int, str]:
    return (_ORDER.index(key) if key in _ORDER else len(_ORDER), key)


def _by_entry(key: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for entry in dict.fromkeys([*after, *before]):
        old, new = before.get(entry), after.get(entry)
        if old != new:
            yield Difference(key=key, entry=entry, before=old, after=new)
