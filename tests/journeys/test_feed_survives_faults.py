"""Two clients send the same feed while everything is killed: it ends as one clean import does."""

from __future__ import annotations

import json
import random
import threading
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from tests.own_installation import DIRECT, Installation, wait_until

pytestmark = [pytest.mark.services, pytest.mark.timeout(600)]

FIRST = datetime(2026, 3, 27, 12, tzinfo=UTC)  # the spring's short night lies within
CALLS, LARGE, SMALL = 9_000, 3_000, 300
KILLS = 10
PAUSE_SECONDS = 0.7
CHANCE = random.Random(116117)
AGAIN = {409, 425, 429, 500, 502, 503, 504}
UNFINISHED = ("checking", "queued", "importing")


def version_of(number: int, version: int) -> dict:
    """The call as the exchange knows it at that version; later ones correct it."""
    arrived_at = FIRST + timedelta(seconds=23 * number + 3600 * (version == 3))
    return {
        "id": f"c{number}",
        "arrived_at": arrived_at.isoformat(),
        "queue": ("lv_116117", "lv_direkte")[number % 2],
        "outcome": "abandoned" if number % 7 == version % 7 else "answered",
        "wait_seconds": (number * 37 + version) % 400,
        "talk_seconds": None if number % 7 == version % 7 else 180,
        "version": version,
    }


def deliveries() -> tuple[list[dict], list[list[dict]]]:
    """The final calls, and the batches in which they, their drafts and repetitions are sent."""
    final = [version_of(n, 1 + n % 3) for n in range(CALLS)]
    drafts = [version_of(n, v) for n in range(CALLS) for v in range(1, 1 + n % 3)]
    repeated = CHANCE.sample(final, CALLS // 3)
    small = [*drafts, *repeated]
    CHANCE.shuffle(small)
    large = [row for _ in range(3) for row in CHANCE.sample(final, CALLS)]
    batches = [large[i : i + LARGE] for i in range(0, len(large), LARGE)]
    batches += [each_once(small[i : i + SMALL]) for i in range(0, len(small), SMALL)]
    return final, batches


def each_once(rows: list[dict]) -> list[dict]:
    """The newest version of each call: a batch that contradicts itself is refused."""
    newest: dict[str, dict] = {}
    for row in rows:
        if row["version"] >= newest.get(row["id"], row)["version"]:
            newest[row["id"]] = row
    return list(newest.values())


class Client(threading.Thread):
    """Sends every batch in an order of its own, and again until it is taken."""

    def __init__(
        self, installation: Installation, token: str, batches: list, *, seed: int, is_over
    ) -> None:
        super().__init__(name=f"client {seed}")
        self.installation, self.token, self.is_over = installation, token, is_over
        self.chance = random.Random(seed)
        self.batches, self.faults, self.problems = batches, 0, []

    def run(self) -> None:
        """Everything in an order of its own, as slowly as it takes to meet what is killed."""
        for number in self.chance.sample(range(len(self.batches)), len(self.batches)):
            rows = self.batches[number]
            # The same small request by two clients; a large one is two jobs for the worker.
            key = f"batch-{number}" if len(rows) <= SMALL else f"{self.name}-{number}"
            self._deliver(rows, key=key)
            if not self.is_over():
                time.sleep(PAUSE_SECONDS)

    def _deliver(self, batch: list[dict], *, key: str) -> None:
        body = json.dumps({"calls": batch}).encode()
        while not self._send(body, key=key):
            self.faults += 1
            time.sleep(0.3)

    def _send(self, body: bytes, *, key: str) -> bool:
        request = urllib.request.Request(
            f"{self.installation.url}/api/v1/call-imports",
            data=body,
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            },
        )
        try:
            with DIRECT.open(request, timeout=30) as answer:
                return answer.status in (200, 202)
        except urllib.error.HTTPError as error:
            if error.code not in AGAIN:
                self.problems.append((error.code, error.read()))
                return True
            return False
        except OSError:
            return False


class Chaos(threading.Thread):
    """Kills the worker at ten random points, and in between the broker and the database."""

    def __init__(self, installation: Installation) -> None:
        super().__init__(name="chaos")
        self.installation, self.errors, self.kills = installation, [], 0

    def run(self) -> None:
        try:
            for number in range(KILLS):
                self._wait_for_work()
                time.sleep(CHANCE.uniform(0, 0.4))
                self.installation.kill("worker")
                if number in (2, 6):
                    self.installation.restart_service("valkey")
                if number in (4, 8):
                    self.installation.restart_service("postgres")
                self.installation.start_worker()
                self.installation.tick()
                self.kills += 1
        except Exception as error:
            self.errors.append(error)
        finally:
            self.kills = KILLS

    def _wait_for_work(self) -> None:
        """Until an import is under way, or for a while: any point will do."""
        deadline = time.monotonic() + 6
        while time.monotonic() < deadline and not unfinished(self.installation, "importing"):
            time.sleep(0.02)


def unfinished(installation: Installation, *states: str) -> int:
    query = "SELECT count(*) FROM callstats_callimport WHERE state = ANY(%s)"
    try:
        return installation.rows(query, list(states or UNFINISHED))[0][0]
    except psycopg.OperationalError:
        return 1


CALL_FACTS = """
    SELECT c.external_id, n.line_class, c.arrived_at, c.outcome, c.wait_seconds, c.talk_seconds,
           c.version, c.queue
    FROM callstats_call c JOIN callstats_source s ON s.id = c.source_id
    JOIN municipalities_publicnumber n ON n.id = c.line_id WHERE s.slug = %s ORDER BY 1
"""
HOURS = """
    SELECT n.line_class, h.hour_at, h.outcome, h.municipality, h.calls, h.waits_ms,
           h.rung_back_ms, h.talk_seconds
    FROM callstats_callhour h JOIN municipalities_central c ON c.id = h.central_id
    JOIN municipalities_publicnumber n ON n.id = h.line_id WHERE c.slug = %s ORDER BY 1, 2, 3, 4
"""
MONTHS = """
    SELECT f.definition_id, p.starts_on, p.ends_on, f.numerator, f.denominator
    FROM callstats_indicatorperiod p JOIN municipalities_central c ON c.id = p.central_id
    JOIN callstats_indicatorfigure f ON f.period_id = p.id
    WHERE c.slug = %s AND f.denominator > 0 ORDER BY 1, 2, 3
"""


def is_national_month(row: tuple) -> bool:
    """Of all that is computed, the month by the definition that counts every call once."""
    definition_id, starts_on, ends_on, *_ = row
    return definition_id == "lvs-2min-v1" and (ends_on - starts_on).days < 32


@pytest.fixture
def installation(tmp_path_factory):
    own = Installation(tmp_path_factory.mktemp("installation") / "home")
    try:
        own.start()
        yield own
    finally:
        own.stop()


def source(installation: Installation, slug: str) -> str:
    """A source on a central of its own; returns its token."""
    queues = ("--queue", "lv_116117=116117", "--queue", "lv_direkte=lokal8")
    options = ("--central", slug, "--create-central", "--profile", "canonical", "--token")
    return installation.told("add_source", slug, *options, *queues)["token"]


def all_is_done(installation: Installation) -> bool:
    if unfinished(installation) == 0:
        return True
    installation.tick()
    time.sleep(1)
    return False


def months_are(installation: Installation, months: list) -> bool:
    if installation.rows(MONTHS, "faulty") == months:
        return True
    installation.tick()
    time.sleep(1)
    return False


def test_a_feed_survives_faults(installation, tmp_path):
    final, batches = deliveries()
    token = source(installation, "faulty")
    chaos = Chaos(installation)
    clients = [
        Client(installation, token, batches, seed=seed, is_over=lambda: chaos.kills == KILLS)
        for seed in (1, 2)
    ]
    for thread in (*clients, chaos):
        thread.start()
    for thread in (*clients, chaos):
        thread.join()
    assert chaos.errors == []
    assert [client.problems for client in clients] == [[], []]
    wait_until(lambda: all_is_done(installation), what="every import has ended")
    hit = installation.rows("SELECT count(*) FROM callstats_callimport WHERE attempts > 1")[0][0]
    assert hit + sum(client.faults for client in clients) > 0

    source(installation, "clean")
    path = tmp_path / "final.ndjson"
    path.write_text("".join(json.dumps(row) + "\n" for row in final))
    told = installation.told("import_calls", str(path), "--source", "clean")
    assert told["created"] == CALLS

    for query in (CALL_FACTS, HOURS):
        assert installation.rows(query, "faulty") == installation.rows(query, "clean")
    months = installation.rows(MONTHS, "clean")
    assert sum(row[-1] for row in months if is_national_month(row)) == CALLS
    wait_until(lambda: months_are(installation, months), what="the months are computed")
    failed = "SELECT count(*) FROM callstats_callimport WHERE state IN ('failed', 'cancelled')"
    assert installation.rows(failed) == [(0,)]
    refused = "SELECT count(*) FROM callstats_refusedrow"
    assert installation.rows(refused) == [(0,)]
