"""The fixed days of a host municipality's year (anchors.json), checked when loaded.

Sources: kommuneloven chapters 14, 24 and 25, the regulations on KOSTRA, on universal design and on
management and quality. What no law fixes is a proposal, and said to be one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from municipalities.access.rules import Role, may_be_held
from municipalities.meetings.year_wheel.rules import is_day

PATH = Path(__file__).with_name("anchors.json")
CATEGORIES = frozenset({"meeting", "economy", "reporting", "quality", "agreement", "other"})


class BadAnchor(ValueError):
    """The file says something that cannot be; the message names the code and what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """An event of every year; the title is English and translated where it is shown."""

    code: str
    days: tuple[str, ...]
    title: str
    law: str
    category: str
    is_law: bool
    responsible: str


@cache
def anchors() -> tuple[Anchor, ...]:
    """Every anchor, in the order of the year."""
    return checked(json.loads(PATH.read_text(encoding="utf-8")))


def checked(rows: Iterable[Mapping[str, Any]]) -> tuple[Anchor, ...]:
    """The rows as anchors. Raises BadAnchor."""
    found = tuple(Anchor(**{**row, "days": tuple(row["days"])}) for row in rows)
    for code, times in Counter(each.code for each in found).items():
        _demand(times == 1, code=code, why="the code is used twice")
    roles = {role for role in Role if may_be_held(role=role, is_host=True)}
    for each in found:
        _demand(bool(each.days) and all(map(is_day, each.days)), code=each.code, why="no MM-DD")
        _demand(each.category in CATEGORIES, code=each.code, why="no such category")
        _demand(each.responsible in roles, code=each.code, why="no role that the host has")
        _demand(bool(each.law) or not each.is_law, code=each.code, why="a law without its name")
    return found


def _demand(holds: bool, *, code: str, why: str) -> None:  # noqa: FBT001
    if not holds:
        raise BadAnchor(f"{code}: {why}")
