"""A checkout whose path has spaces, with the real launcher and a stand-in for the product."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.launchers import REAL, Launcher, until

HERE = Path(__file__).parent


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user may enter, for root runs PostgreSQL as another one."""
    made = Path(tempfile.mkdtemp(prefix="a checkout with spaces "))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def checkout(folder: Path) -> Path:
    """The stand-in product with a copy of the real launcher."""
    made = folder / "check out"
    shutil.copytree(HERE / "standin", made, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(REAL / "legevakt" / "embedded", made / "legevakt" / "embedded")
    return made


@pytest.fixture
def launcher(checkout: Path, folder: Path) -> Iterator[Launcher]:
    made = Launcher(checkout, folder / "my home")
    yield made
    _end(made)


@pytest.fixture
def neighbour(checkout: Path, folder: Path) -> Iterator[Launcher]:
    """A second home, used side by side with the first."""
    made = Launcher(checkout, folder / "other home")
    yield made
    _end(made)


def _end(launcher: Launcher) -> None:
    for process in launcher.started:
        process.terminate()
    for process in launcher.started:
        process.communicate()
    until(launcher.nothing_lives)
