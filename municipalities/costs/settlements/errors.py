"""Why a settlement cannot be made or moved on. The words for people are in told.py."""

from __future__ import annotations


class CannotSettle(ValueError):
    """Nothing has been stored. `code` is told in words; `facts` are what it is about."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
