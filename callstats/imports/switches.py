"""The switches in the query of a request that sends calls."""

from __future__ import annotations

from dataclasses import dataclass

from legevakt.lib.parameters import one_of

PARTIAL, ATOMIC = "partial", "atomic"
SWITCHES = ("mode", "dry_run")


@dataclass(frozen=True)
class Switches:
    """How a body is to be taken: all rows or none, and whether only to look."""

    is_atomic: bool
    is_dry_run: bool


def switches_of(request) -> Switches:
    """`?mode=partial|atomic` and `?dry_run=true|false`; raises InvalidParameter."""
    mode = one_of(request, "mode", (PARTIAL, ATOMIC), default=PARTIAL)
    dry_run = one_of(request, "dry_run", ("false", "true"), default="false")
    return Switches(is_atomic=mode == ATOMIC, is_dry_run=dry_run == "true")
