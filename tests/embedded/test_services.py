"""PostgreSQL and Valkey of a home: started, joined, left, killed."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
from pathlib import Path

import psycopg
import pytest

from tests.embedded.launchers import Launcher, until

pytestmark = pytest.mark.services
LOOPBACK = "0100007F"


def environment(launcher: Launcher) -> dict[str, str]:
    done = launcher.run("manage", "environment")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def state(launcher: Launcher) -> dict:
    return json.loads((launcher.home / "state.json").read_text())


def query(url: str, statement: str) -> list:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def listening_addresses(pids: list[int]) -> set[str]:
    """The addresses (hexadecimal) these processes accept connections on."""
    sockets = set()
    for pid in pids:
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            if found := re.match(r"socket:\[(\d+)\]", os.readlink(descriptor)):
                sockets.add(found[1])
    addresses = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in sockets:
                addresses.add(fields[1].split(":")[0])
    return addresses


def test_manage_runs_between_start_and_stop_of_the_services(launcher: Launcher) -> None:
    done = launcher.run("manage", "exit", "7")

    assert done.returncode == 7
    assert done.stdout == ""
    assert launcher.nothing_lives()


def test_services_listen_on_loopback_only(launcher: Launcher) -> None:
    launcher.staying()

    services = state(launcher)["services"]
    assert listening_addresses([one["pid"] for one in services.values()]) == {LOOPBACK}


def test_services_let_nobody_in_without_the_password(launcher: Launcher) -> None:
    launcher.staying()
    services = state(launcher)["services"]

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(re.sub(r"app:[^@]*@", "app:wrong@", services["postgres"]["url"]))
    with socket.create_connection(("127.0.0.1", services["valkey"]["port"])) as connection:
        connection.sendall(b"PING\r\n")
        assert connection.recv(100).startswith(b"-NOAUTH")


def test_secrets_are_for_the_owner_only_and_stay(launcher: Launcher) -> None:
    first = environment(launcher)
    second = environment(launcher)

    assert stat.S_IMODE((launcher.home / "secrets.json").stat().st_mode) == 0o600
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) > 50


def test_two_homes_run_side_by_side(launcher: Launcher, neighbour: Launcher) -> None:
    launcher.staying()
    neighbour.staying()

    ports = [
        one["port"] for who in (launcher, neighbour) for one in state(who)["services"].values()
    ]
    assert len(set(ports)) == 4


def test_a_second_command_joins_and_the_last_one_stops(launcher: Launcher) -> None:
    first = launcher.staying()
    pids = [one["pid"] for one in state(launcher)["services"].values()]
    second = launcher.staying()

    first.communicate("", timeout=10)
    assert [one["pid"] for one in state(launcher)["services"].values()] == pids
    second.communicate("", timeout=10)

    assert launcher.nothing_lives()


def test_killing_the_launcher_leaves_nothing_and_the_data_stay(launcher: Launcher) -> None:
    process = launcher.staying()
    url = state(launcher)["services"]["postgres"]["url"]
    query(url, "CREATE TABLE kept AS SELECT 42 AS answer")

    process.kill()
    until(launcher.nothing_lives)
    launcher.staying()

    url = state(launcher)["services"]["postgres"]["url"]
    assert query(url, "SELECT answer FROM kept") == [(42,)]


def test_killing_everything_at_once_is_recovered_from(launcher: Launcher) -> None:
    launcher.staying()
    query(
        state(launcher)["services"]["postgres"]["url"], "CREATE TABLE kept AS SELECT 42 AS answer"
    )

    for pid in launcher.live():
        os.kill(pid, signal.SIGKILL)
    until(launcher.nothing_lives)
    launcher.staying()

    url = state(launcher)["services"]["postgres"]["url"]
    assert query(url, "SELECT answer FROM kept") == [(42,)]


def test_a_killed_keeper_takes_its_services_along(launcher: Launcher) -> None:
    launcher.staying()
    services = state(launcher)["services"]

    os.kill(state(launcher)["keeper"], signal.SIGKILL)

    until(lambda: not set(launcher.live()) & {one["pid"] for one in services.values()})


def test_a_killed_service_is_started_again_on_its_port(launcher: Launcher) -> None:
    launcher.staying()
    before = state(launcher)["services"]["postgres"]

    os.kill(before["pid"], signal.SIGKILL)
    until(lambda: state(launcher)["services"]["postgres"]["restarts"] == 1)

    after = state(launcher)["services"]["postgres"]
    assert (after["port"], query(after["url"], "SELECT 1")) == (before["port"], [(1,)])


def test_a_half_made_database_is_made_anew(launcher: Launcher) -> None:
    half = launcher.home / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")

    assert environment(launcher)["DATABASE_URL"].startswith("postgresql://app:")
    assert not half.exists()


def test_own_servers_are_used_and_nothing_is_started(launcher: Launcher) -> None:
    urls = {"DATABASE_URL": "postgresql://me@db.example/x", "REDIS_URL": "redis://broker.example"}
    done = launcher.run("manage", "environment", **urls)

    given = json.loads(done.stdout)
    assert {name: given[name] for name in urls} == urls
    assert not (launcher.home / "postgres").exists()


def test_sigterm_ends_the_command_and_the_services(launcher: Launcher) -> None:
    process = launcher.staying()

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)

    assert launcher.nothing_lives()


def test_a_home_that_is_a_file_is_told_in_one_line(launcher: Launcher) -> None:
    launcher.home.write_text("not a folder")
    done = launcher.run("manage", "environment")

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"LEGEVAKT_HOME cannot be used: {launcher.home}" in done.stderr
    launcher.home.unlink()


def test_a_database_of_another_version_is_told_and_left_alone(launcher: Launcher) -> None:
    environment(launcher)
    version = launcher.home / "postgres" / "PG_VERSION"
    version.write_text("14\n")
    done = launcher.run("manage", "environment")

    assert done.returncode == 1
    assert "was made by PostgreSQL 14" in done.stderr
    assert version.read_text() == "14\n"


def test_a_home_that_no_other_user_may_enter_works(launcher: Launcher) -> None:
    launcher.home.parent.chmod(0o700)

    assert environment(launcher)["DATABASE_URL"]
