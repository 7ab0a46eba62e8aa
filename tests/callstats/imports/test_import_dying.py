"""Two workers at one import, and a worker that is killed in the middle of it."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from callstats.calls.models import Call, CallHour, FeedHour
from callstats.imports import operations, tasks
from callstats.imports.models import CallImport, ImportState
from callstats.indicators.models import IndicatorPeriod
from legevakt.lib import locks
from tests.callstats.calls import from_scratch
from tests.factories.callstats import call, canonical_csv

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[3]
ROWS = [call(f"c{number}", wait_seconds=number % 300) for number in range(400)]
PATIENCE_SECONDS = 60


def in_thread(work, errors: list) -> threading.Thread:
    """A thread with a database connection of its own, closed at its end."""

    def body():
        try:
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=body)
    thread.start()
    return thread


def all_at_once(*works) -> None:
    errors: list = []
    threads = [in_thread(work, errors) for work in works]
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert errors == []


def test_the_same_import_run_by_two_workers_is_stored_once(source, receive):
    call_import = receive(source, canonical_csv(ROWS))
    start = threading.Barrier(4)

    def work():
        mine = CallImport.objects.select_related("source").get(pk=call_import.pk)
        start.wait()
        operations.run(call_import=mine, at=timezone.now())

    all_at_once(*[work] * 4)
    call_import.refresh_from_db()
    assert (call_import.state, call_import.created) == (ImportState.COMPLETED, 400)
    assert Call.objects.count() == 400
    assert from_scratch.kept() == from_scratch.summed()


def test_two_overlapping_files_at_once_keep_the_hours_true(source, receive):
    first = receive(source, canonical_csv(ROWS[:300]))
    second = receive(source, canonical_csv(ROWS[100:]))
    start = threading.Barrier(2)

    def work_on(call_import):
        def work():
            start.wait()
            tasks.run(import_id=str(call_import.pk))

        return work

    all_at_once(work_on(first), work_on(second))
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.created + second.created == 400
    assert first.unchanged + second.unchanged == 200
    assert from_scratch.kept() == from_scratch.summed()
    assert IndicatorPeriod.objects.get().denominator == 400


def test_what_another_session_works_on_is_left_alone(source, receive):
    call_import = receive(source, canonical_csv(ROWS))
    held, done = threading.Event(), threading.Event()

    def work():
        with locks.only_one(f"call import {call_import.pk}") as got:
            assert got
            held.set()
            done.wait(PATIENCE_SECONDS)

    errors: list = []
    other = in_thread(work, errors)
    assert held.wait(PATIENCE_SECONDS)
    tasks.resume_stalled()
    call_import.refresh_from_db()
    assert call_import.state == ImportState.QUEUED
    done.set()
    other.join(PATIENCE_SECONDS)
    assert errors == []
    tasks.resume_stalled()
    call_import.refresh_from_db()
    assert call_import.state == ImportState.COMPLETED


@pytest.fixture
def broker_of_our_own(tmp_path, settings):
    """A queue that no other worker of this machine listens to: a database of the broker."""
    return f"legevakt-test-{os.getpid()}"


@pytest.fixture
def worker(broker_of_our_own, tmp_path):
    """`worker()` starts a real worker on the test database and the queue of our own."""
    started = []

    def start() -> subprocess.Popen:
        log = (tmp_path / f"worker-{len(started)}.log").open("wb")
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "celery", "-A", "legevakt", "worker"),
                *("-c", "1", "-P", "solo", "-Q", broker_of_our_own, "--without-gossip"),
                *("--without-mingle", "--without-heartbeat", "-n", f"{broker_of_our_own}@%h"),
            ],
            cwd=ROOT,
            env=os.environ
            | {
                "DATABASE_URL": test_database_url(),
                "LEGEVAKT_HOME": str(settings.LEGEVAKT_HOME),
                "PYTHONWARNINGS": "ignore",
            },
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait(PATIENCE_SECONDS)


def test_database_url() -> str: ...


def wait_until(condition, *, process=None) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        assert process is None or process.poll() is None, "the worker ended by itself"
        time.sleep(0.02)
