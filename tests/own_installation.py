"""An installation of its own, whose every part may be killed: the services, the web, the worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg

from legevakt.embedded import environment, ports, processes
from legevakt.embedded.home import CHECKOUT, Home, prepared
from legevakt.embedded.postgres import Postgres
from legevakt.embedded.valkey import Valkey
from tests.template_database import address_of, template_database

PATIENCE_SECONDS = 90
CELERY = (sys.executable, "-m", "celery", "-A", "legevakt")
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Installation:
    """PostgreSQL, Valkey, a web server and a Celery worker in a folder."""

    def __init__(self, folder: Path) -> None:
        self.home = prepared(Home(folder, testing=True))
        self.postgres, self.valkey = Postgres(self.home), Valkey(self.home)
        self.ports = {name: ports.free() for name in ("postgres", "valkey", "web")}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        return f"http://{ports.LOOPBACK}:{self.ports['web']}"

    @property
    def database_url(self) -> str:
        return self.postgres.url(self.ports["postgres"])

    def start(self) -> None:
        self._serve("postgres")
        self._serve("valkey")
        self._take_tables()
        self.start_web()
        self.start_worker()
        wait_until(self._answers, what="the web server answers")

    def stop(self) -> None:
        processes.stop(list(self.running.values()))

    def manage(self, *command: str, check: bool = True) -> str:
        """`manage.py …`; returns what it printed."""
        done = subprocess.run(
            [sys.executable, str(CHECKOUT / "manage.py"), *command],
            env=self._environment(),
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def told(self, *command: str) -> dict:
        """What a command with --json says."""
        return json.loads(self.manage(*command, "--json").splitlines()[-1])

    def rows(self, query: str, *parameters: object) -> list[tuple]:
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query, parameters).fetchall()

    def start_web(self) -> None:
        bind = f"{ports.LOOPBACK}:{self.ports['web']}"
        self._run(
            "web",
            *(sys.executable, "-m", "gunicorn", "legevakt.wsgi", "--bind", bind),
            *("--worker-class", "gthread", "--threads", "4", "--no-control-socket"),
        )

    def start_worker(self) -> None:
        self._run("worker", *CELERY, "worker", "-c", "1", "--without-gossip", "--without-mingle")

    def tick(self) -> None:
        """What the timetable does each minute; without a broker it does nothing."""
        subprocess.run(
            [*CELERY, "call", "callstats.imports.tasks.resume_stalled"],
            env=self._environment(),
            cwd=CHECKOUT,
            capture_output=True,
        )

    def kill(self, name: str) -> None:
        """As the machine does when it runs out of memory: the whole group, at once."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE_SECONDS)

    def restart_service(self, name: str) -> None:
        self.kill(name)
        self._serve(name)

    def _take_tables(self) -> None:
        """Those of the tests' template: migrating would take longer than all the faults."""
        programs = self.postgres.programs
        dump = (programs / "pg_dump", "--no-owner", address_of(template_database()))
        tables = subprocess.run(dump, capture_output=True, check=True).stdout
        load = (programs / "psql", "--quiet", "--set=ON_ERROR_STOP=1", self.database_url)
        subprocess.run(load, input=tables, capture_output=True, check=True)

    def _serve(self, name: str) -> None:
        service, port = getattr(self, name), self.ports[name]
        service.prepare()
        process = service.launch(port)
        self.running[name] = process
        wait_until(lambda: service.is_ready(process=process, port=port), what=f"{name} is ready")

    def _run(self, name: str, *argv: str) -> None:
        self.running[name] = processes.start(
            argv, log=self.home.log(name), environment=self._environment(), cwd=CHECKOUT
        )

    def _environment(self) -> dict[str, str]:
        urls = {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.valkey.url(self.ports["valkey"]),
        }
        return environment.django(self.home, urls=urls, demo=False) | {"API_RATE": "100000/min"}

    def _answers(self) -> bool:
        try:
            with DIRECT.open(f"{self.url}/health/live", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False


def wait_until(condition: Callable[[], bool], *, what: str) -> None:
    """Ask again and again, at most PATIENCE_SECONDS."""
    assert processes.wait_until(condition, seconds=PATIENCE_SECONDS), f"in vain until {what}"
