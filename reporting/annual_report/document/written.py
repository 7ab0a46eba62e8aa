"""What people decide about a report, besides its figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Written:
    """The chapters' texts in one language, which chapters are left out, and which edition it is.

    A later edition has the `reason` for which it was made.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    left_out: Collection[str] = ()
    edition: int = 1
    reason: str = ""


NOTHING_WRITTEN = Written()
