"""./run check and ./run fix."""

from __future__ import annotations

import difflib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from . import environment, services
from .home import CHECKOUT, Home
from .progress import say

SIDE_BY_SIDE = 2
OPENAPI = CHECKOUT / "docs" / "api" / "openapi.yaml"
MANAGE = ("manage.py",)
# What a release holds must stay usable while a migration runs; a first one holds nothing.
OUR_TABLES = (
    *("--include-apps", "municipalities", "callstats", "reporting"),
    "--ignore-initial-migrations",
)
# `check --deploy` judges a production: https, no demonstration.
PRODUCTION = {
    "DEMO": "0",
    "DEBUG": "0",
    "DEVELOPMENT": "0",
    "SITE_URL": "https://legevakt.example",
    "BEHIND_PROXY": "1",
    "HSTS_WHOLE_DOMAIN": "1",
    "EMAIL_URL": "smtp+tls://user:password@mail.legevakt.example:587",
}


@dataclass(frozen=True)
class Check:
    """One tool: its command, what it needs to be there, what its environment differs in."""

    name: str
    command: tuple[str, ...]
    needs: str = "manage.py"
    variables: tuple[tuple[str, str], ...] = ()
    compare: Callable[[Path], str] | None = None


@dataclass(frozen=True)
class Result:
    """How it went: `passed` is None for a check that does not exist here."""

    name: str
    passed: bool | None
    output: str
    seconds: float

    @property
    def line(self) -> str:
        mark = {True: "✓", False: "✗", None: "–"}[self.passed]
        return f"{mark} {self.name:<28} {self.seconds:5.1f} s"


def _differs(fresh: Path) -> str:
    """The difference of the kept API description to the fresh one; empty when alike."""
    if not OPENAPI.exists():
        return ""
    pair = (OPENAPI.read_text().splitlines(), fresh.read_text().splitlines())
    changes = "\n".join(difflib.unified_diff(*pair, "kept", "fresh", lineterm="", n=1))
    return (
        f"{changes}\nMend it: ./run manage spectacular --file {OPENAPI.relative_to(CHECKOUT)}"
        if changes
        else ""
    )


CHECKS = (
    Check("types", ("-m", "mypy")),
    Check("format", ("-m", "ruff", "format", "--check", ".")),
    Check("lint", ("-m", "ruff", "check", ".")),
    Check("import contracts", ("bin:lint-imports", "--no-cache"), needs=".importlinter"),
    Check(
        "translations",
        ("-m", "legevakt.lib.translations", "--check"),
        needs="legevakt/lib/translations*",
    ),
    Check(
        "templates: lint",
        ("-m", "djlint", "templates", "--lint", "--quiet"),
        needs="templates/**/*.html",
    ),
    Check(
        "templates: format",
        ("-m", "djlint", "templates", "--check", "--quiet"),
        needs="templates/**/*.html",
    ),
    Check(
        "django, as in production",
        (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"),
        variables=tuple(PRODUCTION.items()),
    ),
    Check("migrations: none missing", (*MANAGE, "makemigrations", "--check", "--dry-run")),
    Check("migrations: lint", (*MANAGE, "lintmigrations", *OUR_TABLES)),
    Check(
        "API description",
        (*MANAGE, "spectacular", "--validate", "--fail-on-warn", "--file", "{fresh}"),
        compare=_differs,
    ),
)
MENDS = (
    ("-m", "ruff", "check", "--fix", "--quiet", "."),
    ("-m", "ruff", "format", "--quiet", "."),
    ("-m", "djlint", "templates", "--reformat", "--quiet"),
)


def run(home: Home) -> int:
    """Run every check, two at a time; prints a line each, and what the failed ones said."""
    with services.running(home) as urls:
        variables = environment.django(home, urls=urls, demo=True) | {"DEVELOPMENT": "1"}
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            results = list(pool.map(lambda check: _told(check, variables=variables), CHECKS))
    failed = [result for result in results if result.passed is False]
    for result in failed:
        print(f"\n✗ {result.name}\n{result.output.rstrip()}")
    skipped = sum(result.passed is None for result in results)
    passed = len(results) - len(failed) - skipped
    print(f"\n{passed} checks passed, {len(failed)} failed, {skipped} skipped", flush=True)
    return 1 if failed else 0


def mend() -> int:
    """Format and fix what the tools can; returns 0, for what is left is for ./run check."""
    for command in MENDS:
        say(" ".join(command[1:]))
        subprocess.run(_argv(command), cwd=CHECKOUT, check=False)
    return 0


def _told(check: Check, *, variables: dict[str, str]) -> Result:
    result = _result(check, variables=variables)
    print(result.line, flush=True)
    return result


def _result(check: Check, *, variables: dict[str, str]) -> Result:
    began = time.monotonic()
    if not any(CHECKOUT.glob(check.needs)):
        return Result(check.name, None, "", 0.0)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh"
        argv = [part.format(fresh=fresh) for part in _argv(check.command)]
        code, output = _output(argv, variables=variables | dict(check.variables))
        if code == 0 and check.compare and (difference := check.compare(fresh)):
            code, output = 1, difference
    passed = None if "Unknown command:" in output else code == 0
    return Result(check.name, passed, output, time.monotonic() - began)


def _output(argv: Sequence[str], *, variables: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        argv,
        env=variables,
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def _argv(command: Sequence[str]) -> list[str]:
    """`bin:NAME` is a script of the virtual environment, all else are Python's arguments."""
    first, *rest = command
    if first.startswith("bin:"):
        return [str(Path(sys.executable).parent / first.removeprefix("bin:")), *rest]
    return [sys.executable, *command]
