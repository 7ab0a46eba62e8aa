"""A small process that outlives a killed launcher and ends what the launcher started.

It reads lines from a pipe: `add N` and `drop N` for targets that began and ended, in the
numbers of kill(2): a process, or a process group as a negative number. When the pipe
closes (the launcher is gone, however it died), it ends the targets left.
Run as a script, so that it needs nothing but Python.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

GRACE_SECONDS = 3.0


class Watchdog:
    """The launcher's end of the pipe."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )

    def guard(self, target: int) -> None:
        """End this process (or group, when negative) when the launcher is gone."""
        self._write(f"add {target}\n")

    def forget(self, target: int) -> None:
        """The target has ended; its number may be given to somebody else."""
        self._write(f"drop {target}\n")

    def close(self) -> None:
        """Let go, and wait until what is still guarded has been ended."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()

    def _write(self, line: str) -> None:
        if self._process.stdin:
            self._process.stdin.write(line.encode())
            self._process.stdin.flush()


def watch() -> set[int]:
    """Follow the launcher until it is gone; returns the targets it left behind."""
    targets: set[int] = set()
    for line in sys.stdin:
        word, number = line.split()
        if word == "add":
            targets.add(int(number))
        else:
            targets.discard(int(number))
    return targets


def send(*, target: int, number: int) -> bool:
    """Signal a target; False when nobody is there."""
    try:
        os.kill(target, number)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def end(targets: set[int]) -> None:
    """Ask the targets to stop, then make them."""
    for target in targets:
        send(target=target, number=signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline:
        if not any(send(target=target, number=0) for target in targets):
            return
        time.sleep(0.05)
    for target in targets:
        send(target=target, number=signal.SIGKILL)


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    end(watch())
