"""Why something about the costs cannot be done. Words for people are in each room's told.py."""

from __future__ import annotations


class Refused(ValueError):
    """Nothing has been stored. `code` is told in words; `facts` are what it is about."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
