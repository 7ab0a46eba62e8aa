"""The client against the real API: the sample log grows, is rotated, the client is killed."""

import os
import signal
import subprocess
import sys
import time

import pytest

from callstats.calls.models import Call
from callstats.feeds.models import FeedCursor
from callstats.imports.models import CallImport
from tests.callstats.imports.test_import_sample_log import figures
from tests.clients.conftest import CLIENT
from tests.factories.callstats import SourceFactory, TokenFactory
from tests.queue_logs import LOGS, SAMPLES

FIRST, SECOND = ((SAMPLES / name).read_bytes() for name in LOGS)
QUEUES = {"lv_116117": "116117", "lv_direkte": "lokal8", "lv_overlop": "116117"}
PATIENCE_SECONDS = 60


@pytest.fixture
def source(central):
    return SourceFactory(
        slug="asterisk", central=central, profile="asterisk-queue-log", queues=QUEUES
    )


@pytest.fixture
def client(source, live_server, tmp_path):
    """`client()` starts it, as systemd would; all are ended afterwards."""
    environment = os.environ | {"LEGEVAKT_TOKEN": TokenFactory(source=source).key}
    started = []

    def client():
        command = [sys.executable, str(CLIENT), "--url", live_server.url, "--from-start"]
        command += ["--log", str(tmp_path / "queue_log"), "--every", "0.1"]
        started.append(subprocess.Popen(command, env=environment, stderr=subprocess.PIPE))
        return started[-1]

    yield client
    for process in started:
        process.kill()
        process.communicate()


def until(is_so) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def stored(line: bytes, tail) -> bool:
    return FeedCursor.objects.filter(line_sha256=tail.mark_of(line)).exists()


def test_a_log_that_grows_and_is_rotated_is_sent_whole_by_a_client_that_is_killed(
    client, central, tail, tmp_path
):
    log = tmp_path / "queue_log"
    first, second = FIRST.splitlines(keepends=True), SECOND.splitlines(keepends=True)
    log.write_bytes(b"".join(first[:100]) + first[100][:9])
    process = client()
    until(lambda: stored(first[99], tail))
    process.kill()
    process.wait()

    with log.open("ab") as file:  # goes on while nobody follows, and is rotated
        file.write(first[100][9:] + b"".join(first[101:]))
    log.rename(log.with_name("queue_log.0"))
    log.write_bytes(b"".join(second[:50]))
    process = client()
    until(lambda: stored(second[49], tail))
    with log.open("ab") as file:
        for line in second[50:]:
            file.write(line)
            file.flush()
    until(lambda: stored(second[-1], tail))
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=PATIENCE_SECONDS) == 0

    assert figures(central) == (160, 135, 120)
    assert Call.objects.count() == 160
    kept = CallImport.objects.values_list("state", "idempotency_key")
    assert {state for state, _ in kept} == {"completed"}
    assert all(key for _, key in kept)
