"""Why a plan of instalments cannot be made. The words for people are in told.py."""

from __future__ import annotations


class CannotPlan(ValueError):
    """Nothing has been stored. `code` is told in words; `facts` are what it is about."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
