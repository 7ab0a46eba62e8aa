"""./run demo: the whole product with demonstration data, until Ctrl-C."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

from . import environment, ports, services
from .home import CHECKOUT, Home, locked_by_us
from .progress import Failed, say
from .supervisor import Stopped, Supervisor

MANAGE = (sys.executable, CHECKOUT / "manage.py")
STEPS = (
    ("Migrating the database", ("migrate", "--verbosity", "0")),
    ("Loading the register of municipalities", ("load_register",)),
    ("Loading the demonstration data (the first time: a while)", ("load_demo",)),
)
ANSWER_SECONDS = 120.0


class PortWrong(Failed):
    """PORT is not a number of a port."""


class NoAnswer(Failed):
    """The web server runs but does not answer."""


class ServicesGone(Failed):
    """PostgreSQL or Valkey stopped under us."""


class DemoRuns(Failed):
    """The demo of this home runs already."""


@dataclass(frozen=True)
class Address:
    """Where the demo is found."""

    port: int

    @property
    def url(self) -> str:
        return f"http://{ports.LOOPBACK}:{self.port}"

    def answers(self) -> bool:
        # A proxy of the person's environment has no business on loopback.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{self.url}/health/live", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False


def run(home: Home) -> int:
    """Start all, print address and logins, stay until asked to stop; returns the exit code."""
    with locked_by_us(home.path / "demo.lock") as ours:
        if not ours:
            raise DemoRuns(
                f"The demo of {home.path} runs already. Set LEGEVAKT_HOME for a second one."
            )
        address = Address(_chosen_port())
        say(
            "Starting PostgreSQL and Valkey"
            if services.wanted()
            else "Using DATABASE_URL and REDIS_URL"
        )
        with services.running(home) as urls:
            variables = environment.django(home, urls=urls, demo=True)
            supervisor = Supervisor(home, {"SITE_URL": address.url} | variables)
            return _supervised(supervisor, address=address)


def _supervised(supervisor: Supervisor, *, address: Address) -> int:
    supervisor.listen_to_signals()
    try:
        _start(supervisor, address=address)
        _print_logins(supervisor, address=address)
        supervisor.wait_until(lambda: not _services_live(supervisor.home))
        raise ServicesGone("PostgreSQL or Valkey stopped.", log=supervisor.home.log("keeper"))
    except Stopped:
        say("Stopping")
        return 0
    finally:
        supervisor.stop()


def _start(supervisor: Supervisor, *, address: Address) -> None:
    for words, command in STEPS:
        say(words)
        supervisor.step(name=command[0], argv=[*MANAGE, *command])
    say("Starting web, worker and beat")
    supervisor.start(name="web", argv=_web(address.port))
    supervisor.start(name="worker", argv=_worker())
    supervisor.start(name="beat", argv=_beat(supervisor.home))
    deadline = time.monotonic() + ANSWER_SECONDS
    supervisor.wait_until(lambda: address.answers() or time.monotonic() > deadline)
    if not address.answers():
        raise NoAnswer("The web server does not answer.", log=supervisor.home.log("web"))


def _print_logins(supervisor: Supervisor, *, address: Address) -> None:
    told = subprocess.run(
        [*map(str, MANAGE), "demo_logins"],
        env=supervisor.environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    say("Ready. Ctrl-C stops all of it.")
    print(
        f"\n  {address.url}\n\n{told.stdout.rstrip() or 'Logins: ./run manage demo_logins'}\n",
        flush=True,
    )


def _services_live(home: Home) -> bool:
    return not services.wanted() or services.is_kept(home)


def _chosen_port() -> int:
    """PORT, 8000, or a free one where that is taken."""
    wish = os.environ.get("PORT") or "8000"
    if not (wish.isdigit() and 0 < int(wish) < 65536):
        raise PortWrong(f"PORT is {wish!r}; it must be a number from 1 to 65535.")
    port = ports.preferred(int(wish))
    if port != int(wish):
        say(f"Port {wish} is taken; using {port}")
    return port


def _web(port: int) -> list[str]:
    bind = f"{ports.LOOPBACK}:{port}"
    return [
        *(sys.executable, "-m", "gunicorn", "legevakt.wsgi", "--bind", bind),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--graceful-timeout", "2", "--no-control-socket", "--access-logfile", "/dev/null"),
    ]


def _worker() -> list[str]:
    celery = [sys.executable, "-m", "celery", "-A", "legevakt"]
    return [
        *celery,
        "worker",
        "-c",
        "2",
        "--without-gossip",
        "--without-mingle",
        "--loglevel",
        "INFO",
    ]


def _beat(home: Home) -> list[str]:
    schedule = str(home.path / "beat-schedule")
    celery = [sys.executable, "-m", "celery", "-A", "legevakt"]
    return [*celery, "beat", "--schedule", schedule, "--pidfile=", "--loglevel", "INFO"]
