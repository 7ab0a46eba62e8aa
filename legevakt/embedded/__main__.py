"""The commands of ./run, in the virtual environment: `python -m legevakt.embedded COMMAND`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from . import checks, debian, demo, environment, foreground, locking, migrating, services, testing
from .home import CHECKOUT, Home, from_environment, prepared
from .progress import Failed, complain, say

MIGRATES = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "flush"}


class NotTranslated(Failed):
    """The translations could not be compiled."""


def run_demo(home: Home, _arguments: list[str]) -> int:
    debian.provide(debian.pdf(), log=home.log("apt"))
    return demo.run(home)


def run_tests(home: Home, arguments: list[str]) -> int:
    debian.provide(debian.pdf(), log=home.log("apt"))
    if not any("not browser" in argument for argument in arguments):
        debian.provide(debian.browser(), log=home.log("apt"))
        debian.provide(debian.pdf_reader(), log=home.log("apt"))
        debian.provide(debian.archive_checker(), log=home.log("apt"))
    return testing.run(home, arguments=arguments)


def run_manage(home: Home, arguments: list[str]) -> int:
    """manage.py with the services up. Its home is a demo's: the same settings as ./run
    demo's, unless DEMO=0 is set; a new home's database is migrated first."""
    if os.getuid() == 0:
        debian.provide(debian.pdf(), log=home.log("apt"))
    argv = [sys.executable, str(CHECKOUT / "manage.py"), *arguments]
    with services.running(home) as urls:
        variables = environment.django(home, urls=urls, demo=True)
        if services.wanted() and not MIGRATES.intersection(arguments[:1]):
            migrating.migrate_once(home, environment=variables)
        return foreground.run(argv, environment=variables, cwd=Path.cwd())


def run_bench(home: Home, arguments: list[str]) -> int:
    bench = prepared(Home(home.path / "bench"))
    with services.running(bench) as urls:
        variables = environment.django(bench, urls=urls, demo=True)
        argv = [sys.executable, "-m", "bench", *arguments]
        return foreground.run(argv, environment=variables, cwd=CHECKOUT)


def run_check(home: Home, _arguments: list[str]) -> int:
    return checks.run(home)


def run_fix(_home: Home, _arguments: list[str]) -> int:
    return checks.mend()


def run_lock(_home: Home, _arguments: list[str]) -> int:
    return locking.run()


COMMANDS: dict[str, Callable[[Home, list[str]], int]] = {
    "demo": run_demo,
    "test": run_tests,
    "manage": run_manage,
    "check": run_check,
    "fix": run_fix,
    "bench": run_bench,
    "lock": run_lock,
}


def compile_translations(home: Home) -> None:
    """Compile each catalogue that is newer than its compiled form, if there is any."""
    if not any((CHECKOUT / "legevakt" / "lib").glob("translations*")):
        return
    if not any(_is_stale(catalogue) for catalogue in (CHECKOUT / "locale").rglob("*.po")):
        return
    say("Compiling the translations")
    argv = [sys.executable, "-m", "legevakt.lib.translations"]
    log = home.log("translations")
    with log.open("w") as output:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(
            argv, cwd=CHECKOUT, env=kept, stdout=output, stderr=output, check=False
        )
    if done.returncode != 0:
        raise NotTranslated("The translations could not be compiled.", log=log)


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime


def main(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    if not arguments or arguments[0] not in COMMANDS:
        return complain(Failed(f"The commands are: {', '.join(COMMANDS)}."))
    try:
        home = from_environment()
        compile_translations(home)
        return COMMANDS[arguments[0]](home, arguments[1:])
    except Failed as error:
        return complain(error)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
