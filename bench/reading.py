"""The indicator of every central and the overview's page, over five years of a nation's calls.

The aims (design section 9): the year's indicator from the hourly sums takes no longer than DuckDB
over the same rows in memory; the page takes at most twice what it takes on an empty database, and
at most 15 queries.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.nation import CENTRALS, FIRST_YEAR, calls_of
from callstats.calls import operations as calls
from callstats.calls.batches import Batch
from callstats.feeds.models import Source
from callstats.feeds.operations import add_source
from callstats.imports.models import CallImport, Channel, ImportState
from callstats.indicators import queries
from callstats.indicators.definitions import default_definition
from callstats.indicators.rules import ServiceLevel
from callstats.periods import operations as indicators
from callstats.periods.models import IndicatorFigure, IndicatorPeriod
from legevakt.lib.periods import HOUR, Period
from municipalities.access.operations import grant
from municipalities.models import Central, Cooperation, Municipality, User
from municipalities.rules import Role

MOST_QUERIES = 15
ROUNDS = 9
NOT_TOLD = {
    "answered_at": pl.Datetime("us", "UTC"),
    "ended_at": pl.Datetime("us", "UTC"),
    "announcement_seconds": pl.Decimal(12, 3),
    "forwarded_to": pl.String,
    "municipality": pl.String,
    "urgency": pl.String,
    "video": pl.Boolean,
    "legs": pl.String,
    "version": pl.Int64,
}
# What ServiceLevel holds, over the calls themselves.
DUCKDB = """
    SELECT central, count(*) AS denominator,
        count(*) FILTER (WHERE outcome = 'answered' AND wait_ms <= 120000) AS numerator,
        count(*) FILTER (WHERE outcome = 'answered' AND wait_ms <= 600000) AS within_second,
        count(*) FILTER (WHERE outcome = 'answered') AS answered,
        count(*) FILTER (WHERE outcome <> 'answered' AND wait_ms <= 5000) AS to_5,
        count(*) FILTER (WHERE outcome <> 'answered' AND wait_ms <= 30000) AS to_30,
        count(*) FILTER (WHERE outcome <> 'answered' AND wait_ms <= 120000) AS to_120,
        count(*) FILTER (WHERE outcome <> 'answered' AND wait_ms <= 600000) AS to_600,
        avg(wait_ms) FILTER (WHERE outcome = 'answered') AS mean,
        max(wait_ms) FILTER (WHERE outcome = 'answered') AS longest,
        quantile_cont(wait_ms, [0.5, 0.9, 0.95]) FILTER (WHERE outcome = 'answered') AS quantiles
    FROM calls GROUP BY central ORDER BY central
"""


def measure(*, years: int, calls_a_year: int, folder: Path) -> None:
    """Print both aims, growing by doubling the years."""
    centrals = _nation()
    empty = _page(centrals[0], last_year=FIRST_YEAR)
    print(f"overview of an empty database   {empty * 1000:.1f} ms")
    print(
        "calls, a year's indicator, the page     store s   hours s  duckdb s  ratio"
        "   kept ms  ratio  page ms  ratio"
    )
    for number in range(1, years + 1):
        year = FIRST_YEAR + number - 1
        frame = calls_of(year=year, calls=calls_a_year)
        started = time.perf_counter()
        _store(frame, centrals, year=year)
        stored = time.perf_counter() - started
        if number & (number - 1) == 0 or number == years:
            ours, kept, theirs = _indicator(frame, centrals, year=year, folder=folder)
            page = _page(centrals[0], last_year=year)
            print(
                f"{number * calls_a_year:>39,}{stored:>9.1f}{ours:>10.2f}{theirs:>10.2f}"
                f"{ours / theirs:>6.1f} x{kept * 1000:>10.1f}{kept / theirs:>6.2f} x"
                f"{page * 1000:>8.1f}{page / empty:>6.1f} x",
                flush=True,
            )


def _nation() -> list[Central]:
    """A cooperation for each central, and who reads the first one's overview."""
    host = Municipality.objects.create(number="0301", name="Oslo", valid_from=date(2020, 1, 1))
    centrals = []
    for place in range(CENTRALS):
        cooperation = Cooperation.objects.create(slug=f"c{place}", name=f"C{place}", host=host)
        central = Central.objects.create(
            slug=f"c{place}", name=f"C{place}", cooperation=cooperation
        )
        add_source(
            slug=f"c{place}",
            central=central,
            profile="canonical",
            queues={"*": "116117"},
            at=timezone.now(),
        )
        centrals.append(central)
    reader = User.objects.create_user(email="reader@example.com", password=None)
    grant(
        user=reader,
        cooperation=centrals[0].cooperation,
        municipality=host,
        role=Role.HOST_DIRECTOR,
    )
    return centrals


def _store(frame: pl.DataFrame, centrals: list[Central], *, year: int) -> None:
    """The year's calls by the door that every import ends at, their feed, and the months."""
    parts = frame.partition_by("central", as_dict=True)
    for place, central in enumerate(centrals):
        source = Source.objects.get(central=central)
        calls.note_feed(
            source_id=source.pk,
            first_at=Period.year(year).starts_at,
            last_at=Period.year(year).ends_at - HOUR,
        )
        if (place,) in parts:
            _store_calls(parts[place,], source)
        for period in (*Period.year(year).months(), Period.year(year)):
            indicators.compute(central=central, period=period, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _store_calls(frame: pl.DataFrame, source: Source) -> None:
    call_import = CallImport.objects.create(
        source=source,
        channel=Channel.COMMAND,
        file_name="bench",
        sha256="0" * 64,
        size_bytes=1,
        created_at=timezone.now(),
        state=ImportState.CANCELLED,
    )
    line = source.queue_lines.get().line_id
    batch = frame.select(
        external_id=pl.format("{}-{}", pl.col("arrived_at").dt.year(), "number"),
        arrived_text=pl.lit(""),
        line_id=pl.lit(line),
        arrived_at="arrived_at",
        time_quality=pl.lit("exact"),
        queue=pl.lit("main"),
        outcome="outcome",
        wait_seconds=(pl.col("wait_ms").cast(pl.Decimal(12, 3)) / 1000).cast(pl.Decimal(12, 3)),
        talk_seconds=(pl.col("talk_ms").cast(pl.Decimal(12, 3)) / 1000).cast(pl.Decimal(12, 3)),
    )
    nothing = {name: pl.lit(None, kind) for name, kind in NOT_TOLD.items()}
    with transaction.atomic():
        calls.store(
            batch=Batch(
                calls=batch.with_columns(**nothing),
                source_id=source.pk,
                central_id=source.central_id,
                import_id=str(call_import.pk),
            )
        )


def _indicator(
    frame: pl.DataFrame, centrals: list[Central], *, year: int, folder: Path
) -> tuple[float, float, float]:
    """Seconds for every central's figures of the year: from our hours, as stored, by DuckDB."""
    path = folder / "calls.parquet"
    frame.write_parquet(path)
    period = Period(date(year, 1, 1), date(year + 1, 1, 1))
    with duckdb.connect() as memory:
        memory.execute("CREATE TABLE calls AS SELECT * FROM read_parquet(?)", [str(path)])
        theirs = _median(lambda: memory.execute(DUCKDB).fetchall())
        told = memory.execute(DUCKDB).fetchall()
    ours = _median(lambda: _levels(centrals, period))
    kept = _median(lambda: _stored(centrals, period))
    levels = _levels(centrals, period)
    assert [(x.numerator, x.denominator) for x in levels] == [  # noqa: S101 - not a product
        (x.numerator, x.denominator) for x in _stored(centrals, period)
    ]
    # A year of Oslo and one of UTC differ by the hour at either end.
    assert abs(sum(x.denominator for x in levels) - sum(x[1] for x in told)) < 5_000  # noqa: S101
    return ours, kept, theirs


def _levels(centrals: list[Central], period: Period) -> list[ServiceLevel]:
    return queries.service_level_by_central(
        centrals=centrals, period=period, definition=default_definition()
    )


def _stored(centrals: list[Central], period: Period) -> list[ServiceLevel]:
    """The year as Celery keeps it, which is what pages and the API read."""
    years = IndicatorPeriod.objects.in_force().filter(
        central__in=centrals, starts_on=period.starts_on, ends_on=period.ends_on
    )
    figures = IndicatorFigure.objects.filter(
        period__in=years, definition_id=default_definition().id
    ).order_by("period__central")
    return [ServiceLevel.from_dict(found) for found in figures.values_list("figures", flat=True)]


def _page(central: Central, *, last_year: int) -> float:
    """Median seconds of the overview as its reader gets it in the January after."""
    client = Client(headers={"host": "127.0.0.1"})
    with time_machine.travel(datetime(last_year + 1, 1, 15, 12, tzinfo=UTC)):
        client.force_login(User.objects.get(email="reader@example.com"))
        client.get("/")  # Django keeps content types and templates from now on
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/")
        assert page.status_code == 200, page.status_code  # noqa: S101 - not a product
        assert len(asked) <= MOST_QUERIES, len(asked)  # noqa: S101
        return _median(lambda: client.get("/"))


def _median(work: Callable[[], object]) -> float:
    work()
    return statistics.median(_seconds(work) for _ in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
