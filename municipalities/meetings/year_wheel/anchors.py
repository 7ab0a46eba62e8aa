"""The fixed days of a host municipality's year (anchors.json), checked when loaded.

Sources: kommuneloven chapters 14, 24 and 25, the regulations on KOSTRA, on universal design and on
management and quality. What no law fixes is a proposal, and said to be one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from municipalities.access.rules import Role, may_be_held
from municipalities.obligations.rules import is_day

PATH = Path(__file__).with_name("anchors.json")
CATEGORIES = frozenset({"meeting", "economy", "reporting", "quality", "agreement", "other"})
# The law fixes the day; or that it is done each year, not when; or it is a proposal altogether.
BASES = frozenset({"day", "yearly", "proposal"})


class BadAnchor(ValueError):
    """The file says something that cannot be; the message names the code and what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """An event of every year; title and law are English and translated where they are shown.

    Where the cooperation's agreement has the same as the `obligation`, that stands in its place.
    """

    code: str
    days: tuple[str, ...]
    title: str
    law: str
    basis: str
    category: str
    responsible: str
    obligation: str


@cache
def anchors() -> tuple[Anchor, ...]:
    """Every anchor, in the order of the year."""
    return checked(json.loads(PATH.read_text(encoding="utf-8")))


@cache
def texts() -> frozenset[str]:
    """Every English text of the file."""
    return frozenset(text for each in anchors() for text in (each.title, each.law) if text)


def checked(rows: Iterable[Mapping[str, Any]]) -> tuple[Anchor, ...]:
    """The rows as anchors. Raises BadAnchor."""
    found = tuple(map(_anchor, rows))
    for code, times in Counter(each.code for each in found).items():
        _demand(times == 1, code=code, why="the code is used twice")
    return found


def _anchor(row: Mapping[str, Any]) -> Anchor:
    code = str(row.get("code", "an anchor without a code"))
    _demand(set(row) == {each.name for each in fields(Anchor)}, code=code, why="other fields")
    found = Anchor(**{**row, "days": tuple(row["days"])})
    roles = {role for role in Role if may_be_held(role=role, is_host=True)}
    for holds, why in (
        (bool(found.title), "no title"),
        (found.basis in BASES, "no such basis"),
        (found.category in CATEGORIES, "no such category"),
        (found.responsible in roles, "no role that the host has"),
        (bool(found.days) and all(map(is_day, found.days)), "a day is not MM-DD"),
        (list(found.days) == sorted(set(found.days)), "the days are not in order"),
        (bool(found.law) or found.basis == "proposal", "a law without its name"),
    ):
        _demand(holds, code=code, why=why)
    return found


def _demand(holds: bool, *, code: str, why: str) -> None:  # noqa: FBT001
    if not holds:
        raise BadAnchor(f"{code}: {why}")
