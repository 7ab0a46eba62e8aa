"""Drawing PDF is slow: what many tests look at is drawn by the first of them."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess

Drawn = CompletedProcess[bytes]


class DrawnOnce:
    """Stands for `process.drawn`. A test that draws the same twice compares: it is drawn anew."""

    def __init__(self, draw: Callable[[bytes, float], Drawn]) -> None:
        self._draw = draw
        self._kept: dict[tuple[bytes, float], Drawn] = {}
        self._had: set[tuple[bytes, float]] = set()

    def __call__(self, job: bytes, time_limit_seconds: float) -> Drawn:
        key = job, time_limit_seconds
        if key in self._had or key not in self._kept:
            self._kept[key] = self._draw(job, time_limit_seconds)
        self._had.add(key)
        return self._kept[key]

    def begin_test(self) -> None:
        self._had.clear()

    def forget(self) -> None:
        """For tests of the drawing itself."""
        self._kept.clear()
