"""./run lock: resolve pyproject.toml anew into the two hash-locked files."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from .home import CHECKOUT
from .progress import Failed, say

RESOLVE = (
    *("pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "./run lock"),
)
EVERYTHING = ("--all-extras", "--group", "dev", "-o", "requirements.lock")
# What a server needs, in the very versions of the whole lock: no embedded services, no tools.
SERVER = ("--constraint", "requirements.lock", "--no-annotate", "-o", "requirements-server.lock")


class NotResolved(Failed):
    """uv could not be had, or found no set of versions."""


def run() -> int:
    """Write requirements.lock and requirements-server.lock; returns 0."""
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv") or _borrowed(Path(folder))
        for options in (EVERYTHING, SERVER):
            say(f"Resolving {options[-1]}")
            command: list[str | Path] = [
                uv,
                *RESOLVE,
                "--quiet",
                "--python",
                sys.executable,
                *options,
            ]
            if subprocess.run(command, cwd=CHECKOUT, check=False).returncode != 0:
                raise NotResolved(f"{options[-1]} could not be resolved.")
    return 0


def _borrowed(folder: Path) -> str:
    """uv in a throw-away environment."""
    say("Fetching uv")
    venv.create(folder, with_pip=True)
    install: list[str | Path] = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"]
    if subprocess.run(install, check=False).returncode != 0:
        raise NotResolved("uv could not be installed.")
    return str(folder / "bin" / "uv")
