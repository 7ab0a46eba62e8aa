"""Why an operation will not do what it is asked; words for people are in each room's words.py."""

from __future__ import annotations


class Refused(Exception):
    """Nothing is stored: `code` says why, `field` where in a form, `facts` fill the words."""

    def __init__(self, code: str, *, field: str = "", **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts
