"""What the tests of tables share: one mapping, one row, and ways to read and to be refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from callstats.sources import table
from callstats.sources.frames import ParsedCalls, SourceSettings, Unreadable

SAMPLES = Path(__file__).parents[2] / "samples"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
MAPPING = {
    "columns": {
        "id": "Id",
        "arrived_at": ["Dato", "Klokkeslett"],
        "queue": "Kø",
        "outcome": "Status",
        "wait_seconds": "Ventetid",
    },
    "time_formats": ["%d.%m.%Y %H:%M:%S"],
    "outcomes": {"Besvart": "answered", "Lagt på": "abandoned"},
}
HEAD = "Id;Dato;Klokkeslett;Kø;Status;Ventetid\n"
GOOD = "a1;24.10.2025;21:51:03;main;Besvart;00:01:30\n"


def settings(mapping: dict = MAPPING) -> SourceSettings:
    return SourceSettings(profile="table", now=NOW, mapping=mapping)


def parsed(told: str | bytes, mapping: dict = MAPPING) -> ParsedCalls:
    checked = table.check_mapping(mapping)
    read = table.calls_in if isinstance(told, str) else table.calls_in_bytes
    return read(told, mapping=checked, settings=settings(mapping))


def refused(told: ParsedCalls) -> list[tuple]:
    return told.refused.select("line", "field", "code").rows()


def unreadable(told: str | bytes, mapping: dict = MAPPING) -> Unreadable:
    with pytest.raises(Unreadable) as error:
        parsed(told, mapping)
    return error.value


def codes(told: ParsedCalls) -> list[str]:
    return [warning.code for warning in told.warnings]
