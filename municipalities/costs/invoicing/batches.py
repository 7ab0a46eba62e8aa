"""What is claimed together: an instalment of a plan, or a settlement. Plain Python."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a claim rests on."""

    INSTALMENT = "instalment"
    SETTLEMENT = "settlement"


class Batch(NamedTuple):
    """An instalment or a settlement of a pool's year, by its number.

    >>> str(Batch(Kind.INSTALMENT, 1)), Batch.parsed("settlement-2").number
    ('instalment-1', 2)
    """

    kind: Kind
    number: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.number}"

    @classmethod
    def parsed(cls, text: str) -> Batch | None:
        """From its text in an address; None for any other text."""
        kind, _, number = text.partition("-")
        if kind not in list(Kind) or not number.isdecimal() or len(number) > 3:
            return None
        return cls(Kind(kind), int(number))
