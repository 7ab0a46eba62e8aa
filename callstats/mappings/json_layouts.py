"""A sample in JSON laid out as a table: a column for each dotted path that holds a value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from callstats.mappings.layouts import Layout
from callstats.sources.files import decode
from callstats.sources.frames import Unreadable
from callstats.sources.table_json import objects_in, rows_in_json

PATHS_LIMIT = 200
OBJECTS_LOOKED_AT = 500


def layout_of_json(data: bytes, *, mapping: dict[str, Any]) -> Layout:
    """Raises Unreadable as `decode` and `rows_in_json`; no_header where no object has a value."""
    text = decode(data, encoding=mapping.get("encoding"))
    paths = tuple(_paths(text, mapping.get("records")))
    if not paths:
        raise Unreadable("no_header")
    settings = {key: mapping[key] for key in ("format", "encoding", "records") if mapping.get(key)}
    rows = rows_in_json(text, settings | {"columns": {"id": list(paths)}})
    return Layout(names=paths, keys=paths, frame=rows.frame, settings=settings)


def _paths(text: str, records: str | None) -> list[str]:
    """Each path of the first objects, in the order in which they come."""
    first = islice(objects_in(text, records), OBJECTS_LOOKED_AT)
    found = dict.fromkeys(path for one in first for path in _leaves(one))
    return list(found)[:PATHS_LIMIT]


def _leaves(one: Any, before: str = "") -> Iterator[str]:
    """The paths of an object's values; a list holds no value."""
    for name, value in one.items() if isinstance(one, dict) else ():
        path = f"{before}.{name}" if before else str(name)
        if isinstance(value, dict):
            yield from _leaves(value, path)
        elif name and not isinstance(value, list):
            yield path
