"""Reads the translatable texts out of the source with Django's makemessages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

GETTEXT_PACKAGE = "gettext"
APPS = ("legevakt", "municipalities", "callstats", "reporting", "templates")
IGNORED = shutil.ignore_patterns("__pycache__", "migrations", "*.pyc", "locale")


class ExtractionError(Exception):
    """makemessages refused a file; its own words say which."""


def can_extract() -> bool:
    """Whether the gettext programs are there."""
    return shutil.which("xgettext") is not None


def extracted(root: Path) -> polib.POFile:
    """The template of every text in the apps and templates below `root`.

    makemessages writes beside the files it reads, so it is given a copy of them.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in APPS:
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, ignore=IGNORED)
        (copy / "locale").mkdir()
        _make_messages(copy)
        template = copy / "locale" / "django.pot"
        return polib.pofile(str(template)) if template.exists() else polib.POFile()


def _make_messages(folder: Path) -> None:
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "nb", "--keep-pot"]
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [*command, "--no-location"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ExtractionError(done.stderr.strip())
