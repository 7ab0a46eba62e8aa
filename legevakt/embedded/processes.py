"""Starting, recognising and stopping processes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .home import CHECKOUT


def command(module: str) -> list[str]:
    """How to run a module of this package in a process of its own."""
    return [sys.executable, "-m", f"embedded.{module}"]


def own_environment() -> dict[str, str]:
    """The environment in which `command` finds this package."""
    return os.environ | {"PYTHONPATH": str(CHECKOUT / "legevakt")}


def start(
    argv: Sequence[str | Path],
    *,
    log: Path,
    environment: dict[str, str],
    cwd: Path,
    **options: Any,
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, its output appended to the log."""
    with log.open("ab") as output:
        wired: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
        return subprocess.Popen(
            [str(part) for part in argv],
            env=environment,
            cwd=cwd,
            process_group=0,
            **(wired | options),
        )


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Ask again and again until the condition holds; False when the time is out."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@dataclass(frozen=True)
class Patience:
    """Signals to send in turn, each with the seconds to wait for its effect."""

    steps: tuple[tuple[int, float], ...] = ((signal.SIGTERM, 3.0), (signal.SIGKILL, 5.0))


def stop(processes: Sequence[subprocess.Popen[bytes]], *, patience: Patience | None = None) -> None:
    """Stop the groups of these processes, all at once, and reap them."""
    for number, seconds in (patience or Patience()).steps:
        for process in processes:
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, number)
        if wait_until(lambda: all(p.poll() is not None for p in processes), seconds=seconds):
            break
    for process in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def arguments(pid: int) -> str:
    """The command line of a process; empty when it is gone."""
    try:
        return (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        )
    except OSError:
        if Path("/proc/self").exists():
            return ""
    shown = subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout


def stop_left_over(*, pid_file: Path, folder: Path, patience: Patience) -> None:
    """Stop the service that a killed keeper left behind in this folder, and its pid file.

    The number alone proves nothing, it may be somebody else's by now: the process must
    name the folder in its command line.
    """
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        pid_file.unlink(missing_ok=True)
        return
    for number, seconds in patience.steps:
        if str(folder) not in arguments(pid):
            break
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        wait_until(lambda: str(folder) not in arguments(pid), seconds=seconds)
    pid_file.unlink(missing_ok=True)
