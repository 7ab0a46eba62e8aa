"""./run demo with a stand-in product: real gunicorn, real Celery, real services."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import time

import pytest

from tests.embedded.launchers import Launcher, until

pytestmark = pytest.mark.services


def started(launcher: Launcher, **variables: str) -> tuple[subprocess.Popen[str], str]:
    """A demo that has printed where it is."""
    process = launcher.start("demo", **variables)
    assert process.stdout
    told = ""
    while "leader@" not in told:
        line = process.stdout.readline()
        assert line, process.stderr and process.stderr.read()
        told += line
    return process, re.findall(r"http://127\.0\.0\.1:\d+", told)[0]


def answer(address: str) -> bytes:
    host = address.removeprefix("http://")
    with contextlib.closing(http.client.HTTPConnection(host, timeout=5)) as connection:
        connection.request("GET", "/health/live")
        return connection.getresponse().read()


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_demo_starts_mends_itself_and_stops_at_ctrl_c(launcher: Launcher) -> None:
    process, address = started(launcher, PORT=free_port())
    assert answer(address) == b"alive"
    asked = (launcher.home / "asked.txt").read_text().splitlines()
    assert asked == ["migrate --verbosity 0", "load_register", "load_demo", "demo_logins"]

    beat = next(pid for pid, command in launcher.live().items() if " beat " in command)
    os.kill(beat, signal.SIGKILL)
    until(lambda: any(" beat " in c for p, c in launcher.live().items() if p != beat))

    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=10)
    assert time.monotonic() - began < 6
    assert process.returncode == 0
    assert "The beat process ended with -9; starting it again." in told
    assert launcher.nothing_lives()


def test_killing_the_demo_leaves_no_process(launcher: Launcher) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process, address = started(launcher, PORT=str(taken.getsockname()[1]))
    assert answer(address) == b"alive"
    until(lambda: len(launcher.live()) >= 12)

    process.kill()
    until(launcher.nothing_lives)

    assert "is taken; using" in (process.communicate()[1])


def test_a_step_that_fails_is_told_with_its_log(launcher: Launcher) -> None:
    (launcher.checkout / "manage.py").write_text("import sys; sys.exit('no such table')")
    done = launcher.run("demo")

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"run: migrate failed. Log: {launcher.home}/log/migrate.log"
    )
    assert "no such table" in (launcher.home / "log" / "migrate.log").read_text()
    assert launcher.nothing_lives()
