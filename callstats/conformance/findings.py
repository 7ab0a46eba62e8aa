"""What was found out about a feed: checks, and the reasons for how they ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a check ended. `NOT_SEEN`: what it needs has not come yet."""

    PASSED = "pass"
    FAILED = "fail"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A reason: `code` has its words in `words`, `call` is the id, `facts` what they name.

    A moment, a number or a code among the facts gets its own words there.
    """

    code: str
    is_wrong: bool
    call: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing a feed must do, or with `is_required` False may do."""

    code: str
    is_required: bool
    findings: tuple[Finding, ...]

    @property
    def status(self) -> Status:
        if any(found.is_wrong for found in self.findings):
            return Status.FAILED
        return Status.NOT_SEEN if self.findings else Status.PASSED


@dataclass(frozen=True, kw_only=True)
class Report:
    """Every check, and when the newest of what they rest on came in."""

    checks: tuple[Check, ...]
    newest_at: datetime | None

    @property
    def conforms(self) -> bool:
        """Whether every required check passed."""
        return all(check.status == Status.PASSED for check in self.checks if check.is_required)

    @property
    def conforms_at(self) -> datetime | None:
        return self.newest_at if self.conforms else None


def wrong(code: str, *, call: str = "", **facts: Any) -> Finding:
    """A reason to fail."""
    return Finding(code=code, is_wrong=True, call=call, facts=facts)


def unseen(code: str, *, call: str = "", **facts: Any) -> Finding:
    """A reason why it cannot be said yet."""
    return Finding(code=code, is_wrong=False, call=call, facts=facts)
