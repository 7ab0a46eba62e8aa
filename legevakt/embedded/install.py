"""The virtual environment `.venv` of the checkout, then the command in it.

Run by whatever Python ./run found, before anything is installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import debian
from .home import CHECKOUT, Home, fresh_log, from_environment
from .processes import own_environment
from .progress import Failed, complain, say

LOCK = CHECKOUT / "requirements.lock"
FOLDER = CHECKOUT / ".venv"
PYTHON = FOLDER / "bin" / "python"
STAMP = FOLDER / "installed.txt"
UNDER_WAY = FOLDER / "under-way.txt"


class NotInstalled(Failed):
    """The virtual environment could not be made."""


def stamp() -> str:
    """What the environment is made from: another lock or Python makes another stamp."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{platform.python_implementation()} {platform.python_version()}\n{digest}\n"


def is_current() -> bool:
    """Whether the environment holds what the lock says."""
    return STAMP.is_file() and PYTHON.exists() and STAMP.read_text() == stamp()


def environment(home: Home) -> None:
    """Make or mend `.venv`; at once when it is current already."""
    if is_current():
        return
    with _alone():
        if is_current():  # somebody else made it while we waited
            return
        log = fresh_log(home, "install")
        _begin(log)
        _install(log)
        STAMP.write_text(stamp())
        UNDER_WAY.unlink()


@contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once in one checkout: the second waits. The folder itself is locked,
    for a lock file inside it would be deleted with it."""
    folder = os.open(CHECKOUT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another ./run that installs")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _begin(log: Path) -> None:
    """An environment of this Python, marked as under way. One that was left half-made, or
    belongs to another Python, is made anew."""
    if FOLDER.is_symlink():
        raise NotInstalled(f"{FOLDER} is a link. Remove it; ./run makes its own.")
    if UNDER_WAY.exists() or not _is_ours():
        say(f"Making {FOLDER.name} with Python {platform.python_version()}")
        shutil.rmtree(FOLDER, ignore_errors=True)
        _make(log)
    STAMP.unlink(missing_ok=True)
    try:
        UNDER_WAY.write_text("An installation began and has not ended.\n")
    except OSError as error:
        raise NotInstalled(f"{FOLDER} cannot be written: {error.strerror}.") from error


def _is_ours() -> bool:
    """Whether there is a working environment of this very Python."""
    asked = "import platform, pip; print(platform.python_version())"
    try:
        told = _run([PYTHON, "-I", "-c", asked], capture_output=True)
    except OSError:
        return False
    return told.stdout.strip() == platform.python_version()


def _make(log: Path) -> None:
    _need_venv(log)
    # Not sys.executable: that may be the one in the folder just removed.
    if not _logged([sys._base_executable, "-m", "venv", FOLDER], log=log):
        raise NotInstalled(f"{FOLDER} could not be made.", log=log)


def _need_venv(log: Path) -> None:
    """Debian keeps the parts that venv needs in a package of their own."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python3.{sys.version_info.minor}-venv"
    need = debian.Need((package,), "nothing can be installed")
    if not debian.provide(need, log=log):
        raise NotInstalled(
            f"Python's venv is missing: install {package} (as root: apt-get install {package})."
        )


def _install(log: Path) -> None:
    """Install the lock with uv where it is on PATH, else with pip; every file's hash is checked."""
    say(f"Installing Python packages from {LOCK.name} (the first time: about a minute)")
    locked: list[str | Path] = ["--require-hashes", "--only-binary", ":all:", "-r", LOCK]
    if uv := shutil.which("uv"):
        if _logged(
            [uv, "pip", "install", "--python", PYTHON, "--compile-bytecode", *locked], log=log
        ):
            return
        say("uv did not manage; trying pip")
    options = ["--disable-pip-version-check", "--no-input", "--quiet"]
    if not _logged([PYTHON, "-m", "pip", "install", *options, *locked], log=log):
        raise NotInstalled(f"The Python packages could not be installed{_last_line(log)}", log=log)


def _last_line(log: Path) -> str:
    """The reason in the log's last words, if it has one."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if "ERROR" in line]
    return f": {lines[-1].removeprefix('ERROR: ')}." if lines else "."


def _logged(command: Sequence[str | Path], *, log: Path) -> bool:
    with log.open("a") as output:
        return _run(command, stdout=output, stderr=subprocess.STDOUT).returncode == 0


def _run(command: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
    # PIP_USER and PYTHONPATH are a person's own settings that would lead pip astray here.
    kept = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PIP_USER")
    }
    argv = [str(part) for part in command]
    options |= {"env": kept, "text": True, "stdin": subprocess.DEVNULL}
    done: subprocess.CompletedProcess[str] = subprocess.run(argv, check=False, **options)
    return done


def main() -> int:
    """Install; returns the exit code."""
    try:
        environment(from_environment())
    except Failed as error:
        return complain(error)
    except OSError as error:
        return complain(Failed(f"{error.strerror}: {error.filename}."))
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    if code := main():
        sys.exit(code)
    os.environ.update(own_environment())
    os.execv(PYTHON, [str(PYTHON), "-m", "embedded", *sys.argv[1:]])
