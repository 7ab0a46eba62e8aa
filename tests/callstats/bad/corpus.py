"""The bad files of tests/samples/bad, as cases.json tells of them, and the way to read one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from callstats.imports.fitting import fitting
from callstats.sources import aggregate_table
from callstats.sources.frames import ParsedCalls, SourceSettings
from callstats.sources.registry import PROFILES

BAD = Path(__file__).parents[2] / "samples" / "bad"
INDEX = json.loads((BAD / "cases.json").read_text(encoding="utf-8"))
NOW = datetime.fromisoformat(INDEX["now"])
ZONE = "Europe/Oslo"
AGGREGATES = "aggregates"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a file told, of calls or of counts: how many rows, and which were refused."""

    rows: int
    received: int
    pending: int
    ignored: int
    refused: list[tuple[int, str | None, str]]


class Bad:
    """One case of the index."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.file: str = told["file"]
        self.profile: str = told["profile"]
        self.mapping = INDEX["mappings"][told["mapping"]] if told["mapping"] else None
        self.code: str | None = told.get("code")
        self.place: dict[str, Any] = told.get("place", {})
        self.calls: int = told.get("calls", 0)
        self.pending: int = told.get("pending", 0)
        self.ignored: int = told.get("ignored", 0)
        self.refused = [tuple(each) for each in told.get("refused", [])]
        self.wrong: str = told["wrong"]

    @property
    def path(self) -> Path:
        return BAD / self.file

    def __repr__(self) -> str:
        return self.file


CASES = [Bad(told) for told in INDEX["cases"]]
OF_CALLS = [bad for bad in CASES if bad.profile != AGGREGATES]
OF_COUNTS = [bad for bad in CASES if bad.profile == AGGREGATES]


def each_kind(files: Iterable[Bad]) -> Iterator[Bad]:
    """Those of which the page has something new to tell; test_bad_files reads all."""
    told: set[Any] = set()
    for bad in files:
        tells = {bad.code, bool(bad.pending), *(code for _, _, code in bad.refused)}
        if not tells <= told:
            told |= tells
            yield bad


def read(path: Path, *, profile: str, mapping: dict[str, Any] | None) -> Outcome:
    """The file by its profile, as an import reads it. Raises Unreadable."""
    if profile == AGGREGATES:
        told = aggregate_table.read_aggregates(path, zone=ZONE, now=NOW)
        return _outcome(told, rows=told.rows.height, pending=0)
    parsed = calls_in(path, profile=profile, mapping=mapping)
    return _outcome(parsed, rows=parsed.calls.height, pending=parsed.pending)


def calls_in(path: Path, *, profile: str, mapping: dict[str, Any] | None) -> ParsedCalls:
    """As `callstats.imports.reading` goes about it, without what is stored already."""
    settings = SourceSettings(profile=profile, now=NOW, zone=ZONE, mapping=mapping)
    module = PROFILES[profile].module
    if PROFILES[profile].kind == "events":
        events = module.read_events(path, settings=settings)
        return fitting(module.calls_from(events, settings=settings))
    return fitting(module.read_calls(path, settings=settings))


def _outcome(told: Any, *, rows: int, pending: int) -> Outcome:
    return Outcome(
        rows=rows,
        received=told.received,
        pending=pending,
        ignored=told.ignored,
        refused=sorted(told.refused.select("line", "field", "code").rows()),
    )
