"""The phone systems whose files can be read."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from callstats.sources import asterisk_queue_log, canonical, table


@dataclass(frozen=True, kw_only=True)
class Profile:
    """`events` modules have read_events, unite and calls_from; `rows` modules have read_calls.

    `proven`: read from a real system's own files, not only from its documentation.
    """

    name: str
    kind: Literal["events", "rows"]
    proven: bool
    module: ModuleType


PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(name="asterisk-queue-log", kind="events", proven=True, module=asterisk_queue_log),
        Profile(name="table", kind="rows", proven=False, module=table),
        Profile(name="canonical", kind="rows", proven=True, module=canonical),
    )
}
