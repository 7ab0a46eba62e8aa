"""Running one command for the person at the terminal."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .watchdog import Watchdog, send

PATIENCE_SECONDS = 10
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(argv: Sequence[str | Path], *, environment: dict[str, str], cwd: Path) -> int:
    """Run the command with our stdin and stdout; returns its exit code.

    At a terminal it stays in our process group, so that it may read and gets Ctrl-C itself.
    Elsewhere it has a group of its own, which is ended with us.
    """
    at_terminal = os.isatty(0)
    watchdog = Watchdog()
    child = subprocess.Popen(
        [str(part) for part in argv],
        env=environment,
        cwd=cwd,
        process_group=None if at_terminal else 0,
    )
    target = child.pid if at_terminal else -child.pid
    watchdog.guard(target)
    _pass_signals(target, at_terminal=at_terminal)
    code = child.wait()
    signal.alarm(0)
    send(target=target, number=signal.SIGKILL)
    watchdog.forget(target)
    watchdog.close()
    return code if code >= 0 else 128 - code


def _pass_signals(target: int, *, at_terminal: bool) -> None:
    """Let the command stop in its own way; after the patience it is killed."""

    def passed(number: int, _frame: object) -> None:
        if not (at_terminal and number == signal.SIGINT):
            # SIGINT lets Python end its `with` blocks, SIGTERM does not.
            send(target=target, number=signal.SIGINT)
        signal.alarm(PATIENCE_SECONDS)

    def killed(_number: int, _frame: object) -> None:
        send(target=target, number=signal.SIGKILL)

    for number in SIGNALS:
        signal.signal(number, passed)
    signal.signal(signal.SIGALRM, killed)
