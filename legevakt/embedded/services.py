"""Joining and leaving the services of a home, from a launcher."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from . import processes
from .home import Home, fresh_log, locked, read_state
from .progress import Failed

VARIABLES = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}
JOIN_SECONDS = 90.0


class ServicesNotStarted(Failed):
    """PostgreSQL or Valkey did not come up."""


def wanted() -> list[str]:
    """The services that the environment does not already name."""
    return [name for name, variable in VARIABLES.items() if not os.environ.get(variable)]


@contextmanager
def running(home: Home) -> Iterator[dict[str, str]]:
    """The services of the home, started or joined; yields DATABASE_URL and REDIS_URL.

    The last user to leave waits until they are stopped.
    """
    given = {
        variable: os.environ[variable]
        for variable in VARIABLES.values()
        if os.environ.get(variable)
    }
    names = wanted()
    if not names:
        yield given
        return
    with (home.path / "users.lock").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield given | _joined(home, names=names)
        finally:
            _leave(home, users=users)


def is_kept(home: Home) -> bool:
    """Whether a keeper lives."""
    with (home.path / "keeper.lock").open("a") as lock:
        return not _taken(lock, how=fcntl.LOCK_SH)


def _joined(home: Home, *, names: list[str]) -> dict[str, str]:
    with locked(home.path / "start.lock"):
        deadline = time.monotonic() + JOIN_SECONDS
        while not read_state(home) or not is_kept(home):
            if not is_kept(home):
                _start_keeper(home, names=names)
            if time.monotonic() > deadline:
                raise ServicesNotStarted("The services did not start.", log=home.log("keeper"))
            time.sleep(0.02)
    services = read_state(home).get("services", {})
    for name in names:
        if name not in services:
            raise ServicesNotStarted(
                f"The services of {home.path} run without {name}, for {VARIABLES[name]} was set "
                "when they were started. Set it here too, or stop the other ./run first."
            )
    return {VARIABLES[name]: services[name]["url"] for name in names}


def _start_keeper(home: Home, *, names: list[str]) -> None:
    kind = "testing" if home.testing else "lasting"
    with fresh_log(home, "keeper").open("ab") as log:
        keeper = subprocess.Popen(
            [*processes.command("keeper"), str(home.path), kind, *names],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env=processes.own_environment(),
            cwd=Path("/"),
            start_new_session=True,
        )
    with contextlib.closing(keeper.stdout) if keeper.stdout else contextlib.nullcontext() as words:
        word = words.readline().decode().strip() if words else ""
    if word not in ("ready", "busy"):
        keeper.wait()
        reason = (
            word.removeprefix("failed ") or f"The services did not start. Log: {home.log('keeper')}"
        )
        raise ServicesNotStarted(reason)


def _taken(lock: IO[str], *, how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _leave(home: Home, *, users: IO[str]) -> None:
    """Go; the last one stops the services, and nobody may join until that is done."""
    if not _taken(users, how=fcntl.LOCK_EX):
        # Others are still here (granted at once), or the keeper is stopping (granted then).
        fcntl.flock(users, fcntl.LOCK_SH)
        return
    keeper = read_state(home).get("keeper")
    if keeper and str(home.path) in processes.arguments(keeper):
        with contextlib.suppress(ProcessLookupError):
            os.kill(keeper, signal.SIGTERM)
    with (home.path / "keeper.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
