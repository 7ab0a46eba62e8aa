"""Why accounts, a budget or a forecast cannot be taken in or moved on."""

from __future__ import annotations

from dataclasses import dataclass

from municipalities.costs.errors import Refused


class CannotAccount(Refused):
    """Told in words by words.py."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A cell that cannot be read: its row in the file (from 1), field, and code of words.ROW.

    `given` is the value where it is a code or an amount, empty where it could be anything.
    """

    row: int
    field: str
    code: str
    given: str = ""


class UnreadableAccounts(Refused):
    """A file of which nothing is taken. `faults` are its rows that cannot be read, if any."""

    def __init__(self, code: str, *, faults: tuple[Fault, ...] = (), **facts: object) -> None:
        super().__init__(code, **facts)
        self.faults = faults
