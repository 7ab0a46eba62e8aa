"""The process that owns the services of one home.

Everybody who uses them holds a shared lock on `users.lock`. The keeper waits for that lock
alone: it gets it when the last user has left or was killed, and then stops the services.
It holds `keeper.lock` as long as it lives, so that there is one keeper a home.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import ports, processes
from .home import Home, write_private
from .postgres import Postgres
from .progress import Failed
from .valkey import Valkey
from .watchdog import Watchdog

Service = Postgres | Valkey
SERVICES: dict[str, type[Service]] = {"postgres": Postgres, "valkey": Valkey}
READY_SECONDS = 60.0
TRIES = 3
RESTARTS_LIMIT = 3


class ServiceNotStarted(Failed):
    """A service did not come up."""


@dataclass
class Running:
    """A service with its process."""

    service: Service
    process: subprocess.Popen[bytes]
    port: int
    restarts: int = 0


@dataclass
class Keeper:
    """Starts, follows and stops the services of a home."""

    home: Home
    watchdog: Watchdog = field(default_factory=Watchdog)
    running: list[Running] = field(default_factory=list)
    stopping: bool = False

    def start(self, names: list[str]) -> None:
        """Start the named services beside each other; raises ServiceNotStarted."""
        services = [SERVICES[name](self.home) for name in names]
        for service in services:
            service.prepare()
        for service in services:
            self.running.append(self._started(service))
        self._write_state()

    def follow(self) -> None:
        """Stay until nobody uses the services, or one keeps dying."""
        threading.Thread(target=self._wait_for_last_user, daemon=True).start()
        while not self.stopping:
            time.sleep(0.1)
            for one in self.running:
                if one.process.poll() is not None and not self.stopping:
                    self._restart(one)

    def stop(self) -> None:
        """Stop Valkey, then PostgreSQL."""
        self.home.state.unlink(missing_ok=True)
        for one in reversed(self.running):
            processes.stop([one.process], patience=one.service.patience)
            self.watchdog.forget(-one.process.pid)
        self.watchdog.close()

    def _started(self, service: Service) -> Running:
        # Between finding a free port and using it somebody else may take it.
        for _ in range(TRIES):
            port = ports.free()
            process = self._launched(service, port=port)
            if process:
                return Running(service, process, port)
        raise ServiceNotStarted(f"{service.title} did not start.", log=self.home.log(service.name))

    def _launched(self, service: Service, *, port: int) -> subprocess.Popen[bytes] | None:
        process = service.launch(port)
        self.watchdog.guard(-process.pid)
        processes.wait_until(
            lambda: process.poll() is not None or service.is_ready(process=process, port=port),
            seconds=READY_SECONDS,
        )
        if process.poll() is None and service.is_ready(process=process, port=port):
            return process
        processes.stop([process])
        self.watchdog.forget(-process.pid)
        return None

    def _restart(self, one: Running) -> None:
        self.watchdog.forget(-one.process.pid)
        one.restarts += 1
        print(
            f"{one.service.title} ended with {one.process.returncode}", file=sys.stderr, flush=True
        )
        one.service.prepare()
        again = (
            self._launched(one.service, port=one.port) if one.restarts <= RESTARTS_LIMIT else None
        )
        if again is None:
            raise ServiceNotStarted(
                f"{one.service.title} keeps ending.", log=self.home.log(one.service.name)
            )
        one.process = again
        self._write_state()

    def _write_state(self) -> None:
        state: dict[str, Any] = {
            "keeper": os.getpid(),
            "testing": self.home.testing,
            "services": {},
        }
        for one in self.running:
            state["services"][one.service.name] = {
                "pid": one.process.pid,
                "port": one.port,
                "url": one.service.url(one.port),
                "restarts": one.restarts,
            }
        write_private(self.home.state, state)

    def _wait_for_last_user(self) -> None:
        with (self.home.path / "users.lock").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_EX)
            self.stopping = True
            threading.Event().wait()  # hold it: nobody may join what is being stopped

    def ask_to_stop(self, *_: object) -> None:
        self.stopping = True


def main(argv: list[str]) -> int:
    """Keep the services `argv[2:]` of the home `argv[0]` (`argv[1]`: `testing` or `lasting`)."""
    home = Home(Path(argv[0]), testing=argv[1] == "testing")
    # Never closed: who waits for this lock waits for the very end of the process.
    lock = os.open(home.path / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return announce("busy")
    return keep(home, names=argv[2:])


def keep(home: Home, *, names: list[str]) -> int:
    """The keeper's life, from the first service's start to the last one's stop."""
    home.state.unlink(missing_ok=True)
    keeper = Keeper(home)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, keeper.ask_to_stop)
    try:
        keeper.start(names)
        announce("ready")
        keeper.follow()
    except Failed as error:
        print(error, file=sys.stderr, flush=True)
        return announce(f"failed {error}") or 1
    finally:
        keeper.stop()
    return 0


def announce(word: str) -> int:
    """Tell the launcher how it went, once; it may be gone already."""
    with contextlib.suppress(OSError, ValueError):
        os.write(1, f"{word}\n".encode())
        os.dup2(2, 1)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
