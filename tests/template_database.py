"""Every worker's test database is a copy of one that is migrated once.

Migrating takes longer than most files of tests. The copy is migrated once more, to no effect
unless the template is not of today; the template is made anew when a migration has changed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg

from legevakt.embedded.home import CHECKOUT
from legevakt.embedded.migrating import digest_of_migrations

PREFIX = "template_of_tests_"
LOCK = 116117


def template_database() -> str:
    """The name of the migrated template; the first worker that asks makes it."""
    name = PREFIX + digest_of_migrations()[:12]
    with _alone() as server:
        known = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
        if name not in known:
            for old in known:
                if old.startswith(PREFIX):
                    server.execute(f'DROP DATABASE "{old}"')
            _make(name, server=server)
    return name


@contextmanager
def _alone() -> Iterator[psycopg.Connection]:
    """A connection that no other worker has at the same time."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield server


def _make(name: str, *, server: psycopg.Connection) -> None:
    """Migrated under another name first: there is never half a template."""
    draft = f"{PREFIX}draft"
    server.execute(f'CREATE DATABASE "{draft}"')
    migrate(address_of(draft))
    server.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


def address_of(database: str) -> str:
    """The address of a database of the test server."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


def migrate(address: str, *target: str) -> None:
    """`manage.py migrate` in that database, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0", *target],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
