"""Running PostgreSQL for root: it refuses user 0, so it gets a lesser one."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .progress import Failed

# Root outside, user 1000 inside: where nobody else may enter (as below /root).
MAPPED = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
# `nobody` with root's right to enter folders: where user namespaces are forbidden too (containers).
ENTERING = (
    *("setpriv", "--reuid={uid}", "--regid={gid}", "--clear-groups"),
    *("--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
    "--securebits=+no_setuid_fixup",  # else access(2), which initdb asks, forgets that right
)


class NoUserForPostgres(Failed):
    """Root found no way to run PostgreSQL as somebody else."""


@dataclass(frozen=True)
class Account:
    """How to start a program as the user that owns the database files."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)

    def argv(self, command: Sequence[str | Path]) -> list[str]:
        return [*self.prefix, *(str(part) for part in command)]


def account_for(*, folder: Path, binaries: Path) -> Account:
    """The present user; for root the first way that works here."""
    if os.getuid() != 0:
        return Account(os.getuid(), os.getgid())
    for account in (_nobody(), Account(0, 0, prefix=MAPPED), _nobody_entering()):
        if _works(account, folder=folder, binaries=binaries):
            return account
    raise NoUserForPostgres(
        f"PostgreSQL does not run as root, and no other user may enter {folder} and {binaries}. "
        "Run as an ordinary user, or put the checkout and LEGEVAKT_HOME where all users may enter."
    )


def give(folder: Path, *, account: Account) -> None:
    """Make the account the owner of the folder and all in it."""
    if os.getuid() != 0 or folder.stat().st_uid == account.uid:
        return
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.chown(Path(parent) / name, account.uid, account.gid, follow_symlinks=False)
    os.chown(folder, account.uid, account.gid)


def _nobody() -> Account:
    nobody = pwd.getpwnam("nobody")
    options = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return Account(nobody.pw_uid, nobody.pw_gid, options=options)


def _nobody_entering() -> Account:
    plain = _nobody()
    prefix = tuple(part.format(uid=plain.uid, gid=plain.gid) for part in ENTERING)
    return Account(plain.uid, plain.gid, prefix=prefix)


def _works(account: Account, *, folder: Path, binaries: Path) -> bool:
    if account.prefix and not shutil.which(account.prefix[0]):
        return False
    script = 'cd "$1" && "$2" --version'
    probe = account.argv(["/bin/sh", "-c", script, "sh", folder, binaries / "postgres"])
    done = subprocess.run(probe, capture_output=True, cwd="/", check=False, **account.options)
    return done.returncode == 0
