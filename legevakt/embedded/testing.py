"""./run test: the tests on services of their own, in a home of their own."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from . import environment, foreground, services
from .home import CHECKOUT, Home, locked_by_us, prepared
from .progress import say


def run(home: Home, *, arguments: list[str]) -> int:
    """pytest with those arguments; returns its exit code."""
    with own_home(home) as tests, services.running(tests) as urls:
        say(f"Testing in {tests.path}")
        variables = environment.django(tests, urls=urls, demo=False)
        argv = [sys.executable, "-m", "pytest", *arguments]
        return foreground.run(argv, environment=variables, cwd=CHECKOUT)


@contextmanager
def own_home(home: Home) -> Iterator[Home]:
    """A home in the home for this run alone: two runs at once use `test` and `test-2`."""
    for number in itertools.count(1):
        name = "test" if number == 1 else f"test-{number}"
        tests = prepared(Home(home.path / name, testing=True))
        with locked_by_us(tests.path / "run.lock") as ours:
            if ours:
                yield tests
                return
