"""What the launcher tells the person at the terminal."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

STARTED = float(os.environ.setdefault("LEGEVAKT_STARTED", repr(time.time())))


class Failed(Exception):
    """A step could not be done: one clear line, and where its log is."""

    def __init__(self, message: str, *, log: Path | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.log = log

    def __str__(self) -> str:
        return f"{self.message} Log: {self.log}" if self.log else self.message


def say(line: str) -> None:
    """One step, with the seconds since ./run began. On stderr: stdout is the command's."""
    print(f"[{time.time() - STARTED:5.1f} s] {line}", file=sys.stderr, flush=True)


def complain(error: Failed) -> int:
    """Print the one line of a failure; returns the exit code 1."""
    print(f"run: {error}", file=sys.stderr, flush=True)
    return 1
