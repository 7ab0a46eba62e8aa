"""Calls sent over HTTP to a real web server, against a view that only parses the same JSON.

The aims (design section 9): a batch of 500 at most 3 times the baseline, one call at most twice.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.importing import FIRST
from callstats.feeds.models import SourceToken
from callstats.feeds.operations import add_source
from legevakt.embedded import ports
from municipalities.models import Central

ROUNDS = {1: 300, 500: 120}
BENCH = {"DJANGO_SETTINGS_MODULE": "bench.settings", "API_RATE": "1000000/min"}
BASELINE, IMPORTS = "/bench/only-parses", "/api/v1/call-imports"


def measure() -> None:
    """Print the median milliseconds of a request and the ratio, for one call and for 500."""
    print("calls sent to the API         calls    parse ms    import ms     ratio")
    token = _token()
    with _web_server() as port:
        web = http.client.HTTPConnection(ports.LOOPBACK, port, timeout=30)
        for count, rounds in ROUNDS.items():
            bodies = [_body(number * count, count) for number in range(2 * rounds)]
            baseline, imports = _alternately(web, token, bodies)
            print(
                f"{'':24}{count:>11,}{baseline * 1000:>12.2f}{imports * 1000:>13.2f}"
                f"{imports / baseline:>10.1f} x"
            )


def _alternately(web: http.client.HTTPConnection, token: str, bodies: list[bytes]) -> tuple:
    """The median seconds of the two addresses, asked in turn so that both see the same machine."""
    seconds: dict[str, list[float]] = {BASELINE: [], IMPORTS: []}
    for number, body in enumerate(bodies):
        address = (BASELINE, IMPORTS)[number % 2]
        started = time.perf_counter()
        _send(web, address, token, body)
        seconds[address].append(time.perf_counter() - started)
    return tuple(statistics.median(taken[3:]) for taken in seconds.values())


def _send(web: http.client.HTTPConnection, address: str, token: str, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    web.request("POST", address, body, headers)
    answer = web.getresponse()
    told = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status} {told!r}")


def _body(first: int, count: int) -> bytes:
    return json.dumps({"calls": [_call(first + n) for n in range(count)]}).encode()


def _call(number: int) -> dict:
    return {
        "id": f"s{number}",
        "arrived_at": (FIRST + timedelta(seconds=30 * number)).isoformat(),
        "queue": "main",
        "outcome": "answered" if number % 8 else "abandoned",
        "wait_seconds": number % 300,
    }


def _token() -> str:
    central, _ = Central.objects.get_or_create(slug="bench-api", name="bench")
    source = add_source(
        slug="bench-api",
        central=central,
        profile="canonical",
        queues={"*": "116117"},
        at=timezone.now(),
    )
    return SourceToken.objects.create_key(name="bench", source=source)[1]


@contextmanager
def _web_server() -> Iterator[int]:
    """gunicorn as in production, on the bench's database."""
    port = ports.free()
    address = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    command = [sys.executable, "-m", "gunicorn", "legevakt.wsgi", "--no-control-socket"]
    process = subprocess.Popen(
        [*command, "--bind", f"{ports.LOOPBACK}:{port}", "-k", "gthread", "--threads", "4"],
        cwd=settings.BASE_DIR,
        env=os.environ | BENCH | {"DATABASE_URL": database},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            http.client.HTTPConnection(ports.LOOPBACK, port, timeout=1).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the web server does not answer")
