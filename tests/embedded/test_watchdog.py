"""The watchdog ends what its launcher left behind, and nothing else."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from legevakt.embedded.watchdog import Watchdog


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(["sleep", "60"], process_group=0)
    yield process
    process.kill()
    process.wait()


def test_what_is_guarded_ends_with_the_launcher(sleeper: subprocess.Popen[bytes]) -> None:
    watchdog = Watchdog()
    watchdog.guard(-sleeper.pid)

    # The sleeper is ours: until it is waited for, its group still counts as there.
    watchdog.close()

    assert sleeper.wait(timeout=1) != 0


def test_what_is_forgotten_goes_on(sleeper: subprocess.Popen[bytes]) -> None:
    watchdog = Watchdog()
    watchdog.guard(-sleeper.pid)
    watchdog.forget(-sleeper.pid)
    watchdog.close()

    assert sleeper.poll() is None
