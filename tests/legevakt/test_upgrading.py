"""A database of the first version, with calls and reports in it, becomes one of today's."""

import os
import uuid

import psycopg
import pytest

from tests.legevakt.first_version import FIRST, HOURS, REPORTS
from tests.template_database import address_of, migrate


@pytest.fixture(scope="module")
def database():
    """The address of a database of the first version with rows in it, migrated to today's."""
    name = f"upgrade_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        url = address_of(name)
        migrate(url, "callstats", "0002")  # it needs municipalities 0001, and no later one
        migrate(url, "reporting", "0001")
        with psycopg.connect(url) as first:
            first.execute(FIRST)
            first.execute(HOURS)
            first.execute(REPORTS)
        migrate(url)
        yield url
        server.execute(f'DROP DATABASE "{name}"')  # FORCE may not end an autovacuum that is there


@pytest.mark.services
def test_hours_are_summed_again_by_municipality_where_their_calls_are_still_stored(database):
    with psycopg.connect(database) as now:
        hours = now.execute(
            "SELECT outcome, municipality, calls, ambiguous_calls, waits_ms, rung_back_ms"
            " FROM callstats_callhour ORDER BY hour_at, outcome, municipality"
        ).fetchall()
    assert hours == [
        ("answered", "", 2, 1, [1000, 2000], []),  # its calls are deleted: as it was
        ("answered", "", 1, 0, [], []),
        ("answered", "4631", 1, 0, [30500], []),
        ("callback_requested", "", 1, 0, [], [90000]),
    ]


@pytest.mark.services
def test_calls_revisions_mappings_and_traces_come_through(database):
    with psycopg.connect(database) as now:

        def rows(query: str) -> list:
            return now.execute(query).fetchall()

        assert rows("SELECT source_id, external_id, revision FROM callstats_call ORDER BY 2") == [
            (1, "c1", 1),
            (1, "c2", 2),
            (1, "c3", 1),
        ]
        revisions = "SELECT source_id, external_id, revision, facts FROM callstats_callrevision"
        assert rows(revisions) == [(1, "c2", 1, {"outcome": "abandoned"})]
        versions = "SELECT source_id, version, mapping FROM callstats_mappingversion"
        assert rows(versions) == [(1, 1, {"columns": {}})]
        assert rows("SELECT mapping_version_id IS NOT NULL FROM callstats_callimport") == [(True,)]
        traces = "SELECT extract(epoch FROM last_event_at)::bigint FROM callstats_calltrace"
        assert rows(traces) == [(1761335425,)]
        assert rows("SELECT is_sandbox FROM municipalities_central") == [(False,)]


@pytest.mark.services
def test_an_approved_report_is_issued_and_what_was_sent_of_it_was_a_dispatch(database):
    with psycopg.connect(database) as now:

        def rows(query: str) -> list:
            return now.execute(query).fetchall()

        assert rows(
            "SELECT year, state, edition, content_sha256, issued_at = approved_at"
            " FROM reporting_annualreport ORDER BY year"
        ) == [(2023, "issued", 1, "f1", True), (2024, "draft", 1, "f2", None)]
        assert rows("SELECT content_sha256, pdf_sha256 FROM reporting_reportdocument") == [
            ("f1", "p1")
        ]
        assert rows("SELECT kind, months_after, day, roles FROM reporting_schedule") == [
            ("annual_report", 3, 1, ["host_director", "partner_director"])
        ]
        assert rows(
            "SELECT d.state, d.email, p.starts_date::text, p.edition, p.report_id"
            " FROM reporting_delivery d JOIN reporting_dispatch p ON p.id = d.dispatch_id"
        ) == [("sent", "d@alver.example", "2023-01-01", 1, 1)]
        with pytest.raises(psycopg.errors.RaiseException):
            now.execute("UPDATE reporting_annualreport SET figures = '[]' WHERE year = 2023")
