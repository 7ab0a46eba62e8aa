"""Runs the rendering in a process of its own, which gives all its memory back when it ends.

A Celery worker's child is daemonic and may not start `multiprocessing` children, and a rendering
that runs away must not take the worker with it; so this is a plain subprocess with limits.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from legevakt.lib.pdf.errors import PdfError, PdfUnavailable
from legevakt.lib.pdf.libraries import missing_libraries

TIME_LIMIT_SECONDS = 180
MEMORY_LIMIT_BYTES = 3 * 1024**3  # address space; a report of 22 pages is resident in 170 MB
REFUSED = 3  # the exit code for findings on standard output
ROOT = Path(__file__).resolve().parents[3]

# The child reads a document and needs no secret: only what the dynamic linker, the fonts and
# the temporary folder need is handed on.
ENVIRONMENT = (
    "DYLD_FALLBACK_LIBRARY_PATH",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "HOME",
    "LANG",
    "LD_LIBRARY_PATH",
    "PATH",
    "TMPDIR",
    "XDG_CACHE_HOME",
)


def write_pdf(
    html: str,
    *,
    language: str,
    title: str,
    base: Path,
    time_limit_seconds: float = TIME_LIMIT_SECONDS,
    memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
) -> bytes:
    """A PDF/UA-1 and PDF/A-2a of `html`, whose style sheets, fonts and pictures lie under `base`.

    `base` is the folder of the static files; `vendor/a.css` and `/static/vendor/a.css` both name
    a file in it, and nothing else is ever fetched. `language` is a BCP 47 tag (nn, nb, en).
    Raises PdfUnavailable where libraries are missing, else PdfError with every finding.
    """
    if packages := missing_libraries():
        raise PdfUnavailable(*packages)
    job = {"html": html, "language": language, "title": title, "base": str(base)}
    job["memory_limit_bytes"] = str(memory_limit_bytes)
    try:
        done = drawn(json.dumps(job).encode(), time_limit_seconds)
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"the rendering took more than {time_limit_seconds:g} seconds") from error
    return _outcome(done=done)


def drawn(job: bytes, time_limit_seconds: float) -> subprocess.CompletedProcess[bytes]:
    """The ended process. Raises TimeoutExpired."""
    return subprocess.run(
        [sys.executable, "-m", "legevakt.lib.pdf"],
        input=job,
        capture_output=True,
        cwd=ROOT,
        env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
        timeout=time_limit_seconds,
        check=False,
    )


def _outcome(*, done: subprocess.CompletedProcess[bytes]) -> bytes:
    if done.returncode == 0 and done.stdout.startswith(b"%PDF-"):
        return done.stdout
    if done.returncode == REFUSED:
        raise PdfError(*json.loads(done.stdout))
    last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
    raise PdfError(f"the rendering process ended with {done.returncode}", *last)
