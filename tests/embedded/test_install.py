"""./run makes and mends `.venv`; here from a lock that names no package."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.embedded.launchers import REAL

pytestmark = pytest.mark.services
ELSEWHERE = {"DATABASE_URL": "postgresql://db.example/x", "REDIS_URL": "redis://broker.example"}


def environment(checkout: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")}
    python = {"LEGEVAKT_PYTHON": sys.executable, "LEGEVAKT_HOME": str(checkout / "my home")}
    return kept | ELSEWHERE | python


def start(checkout: Path) -> subprocess.Popen[str]:
    """`./run manage exit 3`: the code tells that manage.py was reached."""
    return subprocess.Popen(
        ["./run", "manage", "exit", "3"],
        cwd=checkout,
        env=environment(checkout),
        stderr=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    _, told = process.communicate(timeout=60)
    assert process.returncode == 3, told
    return told


@pytest.fixture
def bare(checkout: Path) -> Path:
    """A checkout in which nothing was run yet."""
    (checkout / "requirements.lock").write_text("# nothing\n")
    (checkout / "run").write_bytes((REAL / "run").read_bytes())
    (checkout / "run").chmod(0o755)
    return checkout


def test_the_first_run_installs_and_the_second_goes_straight_on(bare: Path) -> None:
    assert "Making .venv" in said(start(bare))

    assert said(start(bare)) == ""


def test_two_first_runs_at_once_install_once(bare: Path) -> None:
    told = [said(process) for process in [start(bare), start(bare)]]

    assert sum("Making .venv" in one for one in told) == 1


def test_an_installation_that_was_cut_short_is_made_anew(bare: Path) -> None:
    (bare / ".venv" / "bin").mkdir(parents=True)
    (bare / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (bare / ".venv" / "under-way.txt").touch()

    assert "Making .venv" in said(start(bare))
    assert (bare / ".venv" / "bin" / "pip").exists()


def test_another_lock_is_installed_over_the_old(bare: Path) -> None:
    said(start(bare))
    (bare / "requirements.lock").write_text("# still nothing\n")
    told = said(start(bare))

    assert "Installing" in told
    assert "Making" not in told


def test_a_package_that_is_not_as_locked_is_refused_in_one_line(bare: Path) -> None:
    (bare / "requirements.lock").write_text("wheel==0.45.1\n")
    process = start(bare)
    _, told = process.communicate(timeout=60)

    assert process.returncode == 1
    assert told.splitlines()[-1].startswith("run: The Python packages could not be installed")
    assert told.rstrip().endswith("install.log")
