"""JSON in which every key stands once: of two the last would win, and nobody would hear of it."""

from __future__ import annotations

import json
from typing import Any


class NotJson(Exception):
    """The text is no JSON, from that 1-based line on."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def loads(text: str | bytes) -> Any:
    """The value of the text. Raises NotJson also for a key told twice, for nesting deeper than

    Python follows, and for whole numbers of more digits than Python reads (4 300).
    """
    try:
        return json.loads(text, object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        raise NotJson(error.lineno) from None
    except (ValueError, RecursionError):
        raise NotJson(1) from None


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        raise ValueError("a key stands twice")
    return told
