"""The shell script ./run: which Python it takes, what it says when it cannot."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """./run in a path with spaces, with an installer that tells which Python runs it."""
    checkout = tmp_path / "check out"
    package = checkout / "legevakt" / "embedded"
    package.mkdir(parents=True)
    shutil.copy(CHECKOUT / "run", checkout / "run")
    (package / "__init__.py").touch()
    (package / "install.py").write_text("import sys; print(sys.executable, sys.argv[1:])")
    return checkout


def executable(path: Path, *, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def run(
    checkout: Path, *arguments: str, path: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    system = f"{path}:{_tools(checkout)}" if path else os.environ["PATH"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEGEVAKT_")}
    return subprocess.run(
        [str(checkout / "run"), *arguments],
        env=kept | {"PATH": system} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def _tools(checkout: Path) -> Path:
    """The few programs ./run needs, and no Python."""
    tools = checkout / "tools"
    tools.mkdir(exist_ok=True)
    for name in ("sh", "dirname", "cat", "env"):
        (tools / name).symlink_to(shutil.which(name) or name)
    return tools


def test_help_names_every_command() -> None:
    done = run(CHECKOUT, "help")

    for command in ("demo", "test", "manage", "check", "fix", "bench", "lock"):
        assert f"./run {command}" in done.stdout
    assert done.returncode == 0


def test_an_unknown_command_is_told() -> None:
    done = run(CHECKOUT, "dance")

    assert done.returncode == 2
    assert "there is no command 'dance'" in done.stderr


def test_arguments_reach_the_command_unchanged(copy: Path) -> None:
    done = run(copy, "manage", "import_calls", "my file.csv", "*", LEGEVAKT_PYTHON=sys.executable)

    assert done.stdout.strip().endswith("['manage', 'import_calls', 'my file.csv', '*']")


def test_a_python_that_does_not_fit_is_passed_over(copy: Path, tmp_path: Path) -> None:
    executable(tmp_path / "bin" / "python3", script="echo 'pyenv: no such version' >&2; exit 127")
    executable(tmp_path / "bin" / "python3.12", script=f'exec "{sys.executable}" "$@"')
    done = run(copy, "check", path=tmp_path / "bin")

    assert "['check']" in done.stdout


def test_the_named_python_is_the_only_one_tried(copy: Path, tmp_path: Path) -> None:
    old = executable(tmp_path / "old python", script='test "$1" = --version && echo Python 3.9.2')
    done = run(copy, "check", LEGEVAKT_PYTHON=str(old))

    assert done.returncode == 1
    assert "run: Python 3.11 to 3.14 is needed (found: Python 3.9.2)" in done.stderr
