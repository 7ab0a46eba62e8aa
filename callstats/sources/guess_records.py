"""Where the rows of a JSON answer stand: many services wrap their list in an object."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from callstats.sources.table_json import objects_in

_DEEPEST = 4


def list_in(text: str) -> str | None:
    """The dotted path of the longest list of objects, where the text is one object around it.

    Null where the objects stand bare. Raises Unreadable invalid_json (line).

    >>> list_in('{"page": 1, "data": {"calls": [{"id": "a"}, {"id": "b"}]}}')
    'data.calls'
    """
    first = list(islice(objects_in(text), 2))
    if len(first) != 1 or text.lstrip().startswith("["):
        return None
    found = dict(_lists(first[0], ""))
    return max(found, key=lambda path: found[path], default=None)


def _lists(value: Any, path: str, depth: int = 0) -> Iterator[tuple[str, int]]:
    """(path, number of objects) of each list of objects below; none below a name with a point."""
    if isinstance(value, list):
        told = sum(isinstance(each, dict) for each in value)
        if path and told:
            yield path, told
    elif isinstance(value, dict) and depth < _DEEPEST:
        for name, inner in value.items():
            if name and "." not in name:
                yield from _lists(inner, f"{path}.{name}" if path else name, depth + 1)
