"""Debian packages that no wheel brings: installed for root, named for everybody else."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .progress import say

PDF_LIBRARIES = {
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
PREFLIGHT = Path("/usr/share/java/preflight.jar")
OF_PREFLIGHT = (
    "libpdfbox2-java",
    "libactivation-java",
    "libjaxb-api-java",
    "default-jre-headless",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Need:
    """What a command needs, which packages bring it, and what goes missing without."""

    packages: tuple[str, ...]
    without: str


def pdf() -> Need:
    """The libraries WeasyPrint draws text with."""
    missing = tuple(package for library, package in PDF_LIBRARIES.items() if not _loads(library))
    return Need(missing, "documents cannot be made as PDF")


def browser() -> Need:
    """The browser of the page tests."""
    found = any(shutil.which(name) for name in BROWSERS)
    return Need(() if found else ("chromium",), "browser tests are skipped")


def pdf_reader() -> Need:
    """The program by which the tests read a document's text as another reader sees it."""
    found = shutil.which("pdftotext")
    return Need(() if found else ("poppler-utils",), "tests that read documents fail")


def archive_checker() -> Need:
    """Apache PDFBox Preflight, by which the tests check documents against PDF/A."""
    found = PREFLIGHT.exists() and shutil.which("java")
    return Need(() if found else OF_PREFLIGHT, "tests of documents for the archive are skipped")


def provide(need: Need, *, log: Path) -> bool:
    """Install what is missing, or say what to install; True when nothing is missing now."""
    if not need.packages:
        return True
    names = " ".join(need.packages)
    if os.getuid() == 0 and shutil.which("apt-get"):
        say(f"Installing Debian packages: {names}")
        if install(need.packages, log=log):
            return True
        say(f"Could not install {names}, so {need.without}. Log: {log}")
    else:
        say(f"Missing: {names}, so {need.without}. As root: apt-get install {names}")
    return False


def install(packages: tuple[str, ...], *, log: Path) -> bool:
    """Install with apt-get; the package lists are fetched when they do not suffice."""
    wanted = ["install", "--yes", "--no-install-recommends", *packages]
    return _apt(wanted, log=log) or (_apt(["update"], log=log) and _apt(wanted, log=log))


def _apt(arguments: list[str], *, log: Path) -> bool:
    with log.open("ab") as output:
        done = subprocess.run(
            ["apt-get", "-o", "DPkg::Lock::Timeout=120", *arguments],
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    return done.returncode == 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
