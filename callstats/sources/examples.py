"""Example mappings, as data: where to begin with a telephone system that has no profile."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("examples")


@dataclass(frozen=True, kw_only=True)
class Example:
    """`proven`: read from a real system's own files, not only from its documentation."""

    name: str
    title: str
    system: str
    proven: bool
    notes: str
    mapping: dict[str, Any]


@cache
def all_examples() -> list[Example]:
    """By name."""
    return [
        Example(name=place.stem, **json.loads(place.read_text(encoding="utf-8")))
        for place in sorted(_FOLDER.glob("*.json"))
    ]
