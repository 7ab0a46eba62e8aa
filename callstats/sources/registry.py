"""The phone systems whose files can be read."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from callstats.sources import (
    asterisk_queue_log,
    asterisk_queue_table,
    canonical,
    puzzel_call_events,
    table,
    telia_samtalelogg,
    threecx_call_report,
)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """`events` modules have read_events, unite and calls_from; `rows` modules have read_calls.

    `proven`: read from a real system's own files, not only from its documentation.
    """

    name: str
    kind: Literal["events", "rows"]
    proven: bool
    module: ModuleType

    @property
    def is_mapped(self) -> bool:
        """Whether a mapping (or settings) of the source says how its files are read."""
        return hasattr(self.module, "check_mapping")


PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(name="asterisk-queue-log", kind="events", proven=True, module=asterisk_queue_log),
        Profile(
            name="asterisk-queue-table", kind="events", proven=False, module=asterisk_queue_table
        ),
        Profile(name="3cx-call-report", kind="rows", proven=False, module=threecx_call_report),
        Profile(name="puzzel-call-events", kind="rows", proven=False, module=puzzel_call_events),
        Profile(name="telia-samtalelogg", kind="rows", proven=False, module=telia_samtalelogg),
        Profile(name="table", kind="rows", proven=False, module=table),
        Profile(name="canonical", kind="rows", proven=True, module=canonical),
    )
}
