"""A home's database is migrated before its first command, and after the migrations changed."""

from __future__ import annotations

import hashlib
import subprocess
import sys

from .home import CHECKOUT, Home
from .progress import Failed, say


class NotMigrated(Failed):
    """The database could not be brought to today's tables."""


def migrate_once(home: Home, *, environment: dict[str, str]) -> None:
    """Migrate unless the home's database has been, with just these migrations."""
    stamp, wanted = home.path / "migrated.txt", digest_of_migrations()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Migrating the database")
    log = home.log("migrate")
    with log.open("w") as output:
        argv = [sys.executable, str(CHECKOUT / "manage.py"), "migrate", "--verbosity", "0"]
        done = subprocess.run(argv, env=environment, stdout=output, stderr=output, check=False)
    if done.returncode != 0:
        raise NotMigrated("The database could not be migrated.", log=log)
    stamp.write_text(wanted)


def digest_of_migrations() -> str:
    """Of our migrations and of the lock, whose packages have migrations too."""
    digest = hashlib.sha256()
    for path in (*CHECKOUT.glob("requirements.lock"), *sorted(CHECKOUT.glob("*/migrations/*.py"))):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
