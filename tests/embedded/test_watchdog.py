"""The watchdog ends what its launcher left behind, and nothing else."""

from __future__ import annotations

import signal
import subprocess
import threading
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

    # Its group counts as there until somebody has waited for it.
    waiting = threading.Thread(target=sleeper.wait)
    waiting.start()
    watchdog.close()
    waiting.join()

    assert sleeper.returncode == -signal.SIGTERM


def test_what_is_forgotten_goes_on(sleeper: subprocess.Popen[bytes]) -> None:
    watchdog = Watchdog()
    watchdog.guard(-sleeper.pid)
    watchdog.forget(-sleeper.pid)
    watchdog.close()

    assert sleeper.poll() is None
