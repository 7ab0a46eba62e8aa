"""The long-lived processes of the demo: started, followed, started again, stopped."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import processes
from .home import CHECKOUT, Home, fresh_log
from .progress import Failed, say
from .watchdog import Watchdog

RESTARTS_LIMIT = 3
STEP_SECONDS = 0.1


class StepFailed(Failed):
    """A command that ends by itself ended badly."""


class KeepsEnding(Failed):
    """A process ended more often than it is started again."""


class Stopped(Exception):
    """The person asked to stop: not a failure."""


@dataclass
class Child:
    """A process that shall live as long as the demo."""

    name: str
    argv: Sequence[str | Path]
    restarts: int = 0
    process: subprocess.Popen[bytes] | None = None


@dataclass
class Supervisor:
    """Everything one launcher started, by a single thread; signals only set a flag."""

    home: Home
    environment: dict[str, str]
    watchdog: Watchdog = field(default_factory=Watchdog)
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def listen_to_signals(self) -> None:
        """Ctrl-C, SIGTERM and a closed terminal ask to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    def step(self, *, name: str, argv: Sequence[str | Path]) -> None:
        """Run a command to its end, telling its lines; raises StepFailed or Stopped."""
        child = Child(name, argv)
        log = self._start(child, output=subprocess.PIPE)
        teller = threading.Thread(target=_tell, args=(child.process, log), daemon=True)
        teller.start()
        self.wait_until(lambda: child.process is not None and child.process.poll() is not None)
        teller.join(timeout=1)
        self._end([child])
        if child.process and child.process.returncode != 0:
            raise StepFailed(f"{name} failed.", log=log)

    def start(self, *, name: str, argv: Sequence[str | Path]) -> None:
        """Start a process that shall stay."""
        child = Child(name, argv)
        self._start(child)
        self.children.append(child)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Follow the children until the condition holds; raises KeepsEnding or Stopped."""
        while not condition():
            if self.stopping:
                raise Stopped
            for child in self.children:
                self._look_after(child)
            time.sleep(STEP_SECONDS)

    def stop(self) -> None:
        """Stop what still runs, all at once, and wait for it."""
        self._end(self.children)
        self.children.clear()
        self.watchdog.close()

    def _start(self, child: Child, *, output: int | None = None) -> Path:
        log = fresh_log(self.home, child.name)
        options = {} if output is None else {"stdout": output}
        child.process = processes.start(
            child.argv, log=log, environment=self.environment, cwd=CHECKOUT, **options
        )
        self.watchdog.guard(-child.process.pid)
        return log

    def _look_after(self, child: Child) -> None:
        if child.process is None or child.process.poll() is None:
            return
        log, code = self.home.log(child.name), child.process.returncode
        self._end([child])
        child.restarts += 1
        if child.restarts > RESTARTS_LIMIT:
            raise KeepsEnding(f"The {child.name} process keeps ending (last with {code}).", log=log)
        say(f"The {child.name} process ended with {code}; starting it again. Log: {log}")
        self._start(child)

    def _end(self, children: Sequence[Child]) -> None:
        alive = [child.process for child in children if child.process]
        processes.stop(alive)
        for process in alive:
            self.watchdog.forget(-process.pid)

    def _ask_to_stop(self, *_: object) -> None:
        self.stopping = True


def _tell(process: subprocess.Popen[bytes], log: Path) -> None:
    """Say each line of a step's output, and keep it."""
    if process.stdout is None:
        return
    with log.open("ab") as kept, process.stdout:
        for line in process.stdout:
            kept.write(line)
            say(f"  {line.decode(errors='replace').rstrip()}")
