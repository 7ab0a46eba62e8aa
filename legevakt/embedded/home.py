"""LEGEVAKT_HOME: the folder that holds everything written at run time."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .progress import Failed

CHECKOUT = Path(__file__).resolve().parents[2]
LOG_BYTES_LIMIT = 5_000_000


class UnusableHome(Failed):
    """LEGEVAKT_HOME cannot be a folder of ours."""


@dataclass(frozen=True)
class Home:
    """One home. `testing` gives up durability for speed: its services hold nothing of worth."""

    path: Path
    testing: bool = False

    @property
    def state(self) -> Path:
        return self.path / "state.json"

    def log(self, name: str) -> Path:
        return self.path / "log" / f"{name}.log"


def from_environment() -> Home:
    """The home that LEGEVAKT_HOME names, made if it is not there."""
    chosen = os.environ.get("LEGEVAKT_HOME") or str(CHECKOUT / ".legevakt")
    return prepared(Home(Path(chosen).expanduser().absolute()))


def prepared(home: Home) -> Home:
    """The same home, with its folders. Entering is allowed to others (PostgreSQL may run
    as `nobody`), listing is not."""
    try:
        for folder in (home.path, home.path / "log"):
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o711 if folder == home.path else 0o700)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnusableHome(
            f"LEGEVAKT_HOME cannot be used: {home.path}: {reason}. Set it to a folder of yours."
        ) from error
    if not os.access(home.path, os.W_OK | os.X_OK):
        raise UnusableHome(f"LEGEVAKT_HOME cannot be written by this user: {home.path}.")
    return home


def fresh_log(home: Home, name: str) -> Path:
    """The log file of that name; a long one is put aside first as NAME.log.1."""
    path = home.log(name)
    if path.exists() and path.stat().st_size > LOG_BYTES_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file alone; the kernel lets go of it when the process ends."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def locked_by_us(path: Path) -> Iterator[bool]:
    """Hold the lock file alone if nobody else does; tells whether we do."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def secrets_of(home: Home) -> dict[str, str]:
    """The generated secrets of a home, made once, readable by its owner only."""
    path = home.path / "secrets.json"
    with locked(home.path / "secrets.lock"):
        if not path.exists():
            names = (
                "secret_key",
                "postgres_password",
                "postgres_admin_password",
                "valkey_password",
            )
            write_private(path, {name: secrets.token_urlsafe(48) for name in names})
        made: dict[str, str] = json.loads(path.read_text())
    return made


def write_private(path: Path, content: dict[str, Any]) -> None:
    """Write JSON for the owner's eyes, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_state(home: Home) -> dict[str, Any]:
    """What the keeper wrote; empty when there is nothing that can be read."""
    try:
        state: dict[str, Any] = json.loads(home.state.read_text())
    except (OSError, ValueError):
        return {}
    return state
