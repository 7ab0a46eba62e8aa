"""Starting the real launcher in a stand-in checkout, and looking at what lives."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

REAL = Path(__file__).parents[2]
PATIENCE_SECONDS = 30


def until(condition: Callable[[], object], *, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait for the condition, or fail."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def processes_of(folder: Path) -> dict[int, str]:
    """Every live process that names the folder in its command line or environment."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            if command and str(folder).encode() in command + (process / "environ").read_bytes():
                found[int(process.name)] = command.replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
    return found


@dataclass
class Launcher:
    """Starts the commands of ./run in the stand-in checkout, for one home."""

    checkout: Path
    home: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *command: str, **variables: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "embedded", *command],
            env=self._environment() | variables,
            cwd=self.checkout,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*command, **variables)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def staying(self) -> subprocess.Popen[str]:
        """A `manage stay` whose services are up."""
        process = self.start("manage", "stay")
        assert process.stdout
        assert process.stdout.readline() == "staying\n", process.stderr and process.stderr.read()
        return process

    def live(self) -> dict[int, str]:
        return processes_of(self.home)

    def nothing_lives(self) -> bool:
        return not self.live()

    def _environment(self) -> dict[str, str]:
        ours = ("LEGEVAKT_", "DATABASE_URL", "REDIS_URL", "PORT", "PYTEST_", "CI", "DJANGO_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        paths = {"PYTHONPATH": str(self.checkout / "legevakt"), "LEGEVAKT_HOME": str(self.home)}
        return kept | paths
