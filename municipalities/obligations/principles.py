"""The routines that the agreement principles demand (principles.json), checked when loaded.

Source: the agreement principles of the regional council, 3 November 2022. Days that they do not
name are proposals: a cooperation changes them on the page of the obligation.
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
from municipalities.obligations.rules import is_day

PATH = Path(__file__).with_name("principles.json")
SCOPES = frozenset({"common", "each_partner"})
RHYTHMS = frozenset({"yearly", "on_event"})


class BadPrinciple(ValueError):
    """The file says something that cannot be; the message names the code and what is wrong."""


@dataclass(frozen=True, kw_only=True)
class Principle:
    """One routine; texts are English and translated where they are shown. `due_days` as MM-DD."""

    code: str
    title: str
    clause: str
    scope: str
    rhythm: str
    due_days: tuple[str, ...]
    topics: tuple[str, ...]
    responsible: str


@cache
def principles() -> tuple[Principle, ...]:
    """Every routine, in the order a page shows them."""
    return checked(json.loads(PATH.read_text(encoding="utf-8")))


@cache
def texts() -> frozenset[str]:
    """Every English text of the file."""
    return frozenset(
        text for each in principles() for text in (each.title, each.clause, *each.topics)
    )


def checked(rows: Iterable[Mapping[str, Any]]) -> tuple[Principle, ...]:
    """The rows as principles. Raises BadPrinciple."""
    found = tuple(_principle(row) for row in rows)
    for code, times in Counter(each.code for each in found).items():
        _demand(times == 1, code=code, why="the code is used twice")
    return found


def _principle(row: Mapping[str, Any]) -> Principle:
    lists = {name: tuple(row[name]) for name in ("due_days", "topics")}
    found = Principle(**{**row, **lists})
    roles = {role for role in Role if may_be_held(role=role, is_host=True)}
    for holds, why in (
        (found.scope in SCOPES, "no such scope"),
        (found.rhythm in RHYTHMS, "no such rhythm"),
        (found.responsible in roles, "no role that the host has"),
        (all(map(is_day, found.due_days)), "a day is not MM-DD"),
        (list(found.due_days) == sorted(set(found.due_days)), "the days are not in order"),
        ((found.rhythm == "yearly") == bool(found.due_days), "yearly, and only that, has days"),
        (len(set(found.topics)) == len(found.topics), "a topic stands twice"),
    ):
        _demand(holds, code=found.code, why=why)
    return found


def _demand(holds: bool, *, code: str, why: str) -> None:  # noqa: FBT001
    if not holds:
        raise BadPrinciple(f"{code}: {why}")
