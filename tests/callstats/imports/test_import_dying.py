"""Two workers at one import, and a worker that is killed in the middle of it."""

import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from callstats.calls.models import Call, CallHour, FeedHour
from callstats.imports import operations, tasks
from callstats.imports.models import CallImport, ImportState, RefusedRow
from callstats.periods.models import IndicatorPeriod
from legevakt.celery import app
from legevakt.lib import locks
from municipalities.models import Central
from tests.callstats.calls import from_scratch
from tests.factories.callstats import (
    TokenFactory,
    call,
    canonical_csv,
    canonical_json,
    month_figure,
)

pytestmark = pytest.mark.django_db(transaction=True)

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
    assert month_figure().denominator == 400


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


@contextmanager
def another_session_holds(lock):
    """`lock()` is a context manager entered by a thread with a session of its own."""
    held, done, errors = threading.Event(), threading.Event(), []

    def work():
        with lock():
            held.set()
            done.wait(PATIENCE_SECONDS)

    other = in_thread(work, errors)
    assert held.wait(PATIENCE_SECONDS)
    yield
    done.set()
    other.join(PATIENCE_SECONDS)
    assert errors == []


@contextmanager
def long_import_of(central):
    with transaction.atomic():
        Central.objects.select_for_update(no_key=True).get(pk=central.pk)
        yield


def test_a_request_does_not_wait_for_a_long_import_of_the_same_central(source, clock, monkeypatch):
    nudged = []
    monkeypatch.setattr(tasks.run, "delay", lambda **arguments: nudged.append(arguments))
    token = TokenFactory(source=source)
    with another_session_holds(lambda: long_import_of(source.central)):
        answer = Client().post(
            "/api/v1/call-imports",
            canonical_json([call("a")]),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token.key}"},
        )
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")
    assert answer["Location"].endswith(answer.json()["id"])
    assert nudged == [{"import_id": answer.json()["id"]}]
    assert not Call.objects.exists()

    call_import = CallImport.objects.get()
    assert call_import.attempts == 0
    tasks.run(import_id=str(call_import.pk))
    call_import.refresh_from_db()
    assert (call_import.state, call_import.created) == (ImportState.COMPLETED, 1)


def test_what_a_worker_holds_is_not_queued_again(source, receive, monkeypatch):
    call_import = receive(source, canonical_csv(ROWS))
    nudged = []
    monkeypatch.setattr(tasks.run, "delay", lambda **arguments: nudged.append(arguments))
    with another_session_holds(lambda: locks.only_one(f"call import {call_import.pk}")):
        tasks.resume_stalled()
        assert nudged == []
    tasks.resume_stalled()
    assert nudged == [{"import_id": str(call_import.pk)}]


# --- a worker that is killed ------------------------------------------------------


@pytest.fixture
def queue():
    """A queue that no other worker of this machine listens to, and nothing of it afterwards."""
    name = f"test-{uuid.uuid4()}"
    yield name
    broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    broker.delete(name, f"_kombu.binding.{name}")
    for tag, message in broker.hgetall("unacked").items():
        if name.encode() in message:
            broker.hdel("unacked", tag)
            broker.zrem("unacked_index", tag)
    broker.close()


@pytest.fixture
def worker(queue, tmp_path):
    """A real worker on the test database, listening to that queue."""
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "celery", "-A", "legevakt", "worker", "-n", f"{queue}@%h"),
                *("-c", "1", "-P", "solo", "-Q", queue, "--without-gossip", "--without-mingle"),
            ],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {"DATABASE_URL": database_url(), "LEGEVAKT_HOME": str(settings.LEGEVAKT_HOME)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    yield process
    process.kill()
    process.wait(PATIENCE_SECONDS)


def database_url() -> str:
    """The address of the test database."""
    address = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))


@contextmanager
def nobody_sums_hours():
    """Another session holds the table of hours, so an import stops after storing its calls."""
    with psycopg.connect(database_url()) as other:
        other.execute("LOCK TABLE callstats_callhour IN SHARE MODE")
        yield
        other.rollback()


def sessions(condition: str = "true") -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            f" AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND {condition}"
        )
        return cursor.fetchone()[0]


def wait_until(condition, *, what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.02)


@pytest.mark.services
@pytest.mark.broker
def test_a_worker_killed_while_storing_leaves_nothing_half_done(
    source, receive, queue, worker, tmp_path
):
    sessions_before = sessions()
    rows = [*ROWS, call("wrong", wait_seconds=-1)]
    call_import = receive(source, canonical_csv(rows))
    with nobody_sums_hours():
        tasks.run.apply_async(kwargs={"import_id": str(call_import.pk)}, queue=queue)
        wait_until(
            lambda: worker.poll() is not None or sessions("wait_event_type = 'Lock'"),
            what="the worker has stored the calls",
        )
        assert worker.poll() is None, (tmp_path / "worker.log").read_text()
        worker.send_signal(signal.SIGKILL)
        worker.wait(PATIENCE_SECONDS)
    wait_until(lambda: sessions() == sessions_before, what="its session has ended")

    call_import.refresh_from_db()
    assert call_import.state == ImportState.IMPORTING
    for model in (Call, CallHour, FeedHour, RefusedRow, IndicatorPeriod):
        assert not model.objects.exists()

    app.conf.task_always_eager = True  # the next tick of the timetable, with a living worker
    tasks.resume_stalled()
    call_import.refresh_from_db()
    assert call_import.state == ImportState.COMPLETED_WITH_ERRORS
    assert (call_import.created, call_import.rejected) == (400, 1)
    assert Call.objects.count() == 400
    assert from_scratch.kept() == from_scratch.summed()
    assert month_figure().denominator == 400
