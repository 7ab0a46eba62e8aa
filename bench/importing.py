"""Import of canonical CSV against COPY of the same rows into a bare table.

The aim (design section 9) is at most 2.5 times the COPY.
"""

from __future__ import annotations

import random
import resource
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connection
from django.utils import timezone

from callstats.feeds.operations import add_source
from callstats.imports import operations
from callstats.imports.models import CallImport, Channel, ImportState
from municipalities.models import Central

COLUMNS = ("id", "arrived_at", "queue", "outcome", "wait_seconds", "talk_seconds")
FIRST = datetime(2021, 1, 1, tzinfo=UTC)
BARE = """CREATE TABLE bare (id text PRIMARY KEY, arrived_at timestamptz, queue text,
    outcome text, wait_seconds numeric, talk_seconds numeric)"""


def measure(*, rows: list[int], folder: Path) -> None:
    """Print seconds, the ratio and the memory for each number of rows."""
    print(
        "import of calls from CSV       rows    import s   again s    copy s     ratio    peak MB"
    )
    for count in rows:
        path = folder / f"{count}.csv"
        write_calls(path, count)
        copied = _seconds(lambda path=path: _copy(path))
        first, again = _import(path, count), _import(path, count)
        print(
            f"{'':24}{count:>11,}{first:>12.2f}{again:>10.2f}{copied:>10.2f}"
            f"{first / copied:>9.1f} x{_peak_megabytes():>11,.0f}"
        )


def write_calls(path: Path, count: int) -> None:
    """`count` calls in order of arrival, one a minute, as canonical CSV."""
    chance = random.Random(116117)  # noqa: S311 - made-up calls, not a secret
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(COLUMNS) + "\n")
        for number in range(count):
            at = FIRST + timedelta(seconds=30 * number)
            answered = chance.random() < 0.87
            file.write(
                f"b{number},{at.isoformat()},main,{'answered' if answered else 'abandoned'},"
                f"{int(chance.expovariate(1 / 70))},{180 if answered else ''}\n"
            )


def _copy(path: Path) -> None:
    connection.ensure_connection()
    with connection.connection.transaction(), connection.cursor() as cursor:
        cursor.execute(BARE)
        with path.open("rb") as file, cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as c:
            while chunk := file.read(1 << 20):
                c.write(chunk)
        cursor.execute("DROP TABLE bare")


def _import(path: Path, count: int) -> float:
    central, _ = Central.objects.get_or_create(slug=f"bench-{count}", name="bench")
    source = add_source(
        slug=f"bench-{count}",
        central=central,
        profile="canonical",
        queues={"*": "116117"},
        at=timezone.now(),
    )
    with path.open("rb") as file:
        call_import = operations.receive(
            source=source,
            chunks=iter(lambda: file.read(1 << 20), b""),
            file_name=path.name,
            channel=Channel.COMMAND,
            at=timezone.now(),
        )
    seconds = _seconds(lambda: operations.run(call_import=call_import, at=timezone.now()))
    stored = CallImport.objects.get(pk=call_import.pk)
    assert stored.state == ImportState.COMPLETED, stored.error_code  # noqa: S101 - not a product
    return seconds


def _peak_megabytes() -> float:
    """Of this process so far: the sizes grow, so the largest is the last one's."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _seconds(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
