"""A database of the first version, with calls in it, becomes one of today's."""

import os
import uuid

import psycopg
import pytest

from tests.template_database import address_of, migrate

FIRST = """
    INSERT INTO municipalities_central (id, slug, name) VALUES (1, 'alver', 'Alver');
    INSERT INTO municipalities_publicnumber (id, central_id, line_class, number)
    VALUES (1, 1, '116117', '116117');
    INSERT INTO callstats_source
        (id, slug, name, central_id, profile, mapping, zone, is_synthetic, is_expected)
    VALUES (1, 'pbx', 'PBX', 1, 'table', '{"columns": {}}', 'Europe/Oslo', false, true),
           (2, 'log', 'Log', 1, 'asterisk-queue-log', '{}', 'Europe/Oslo', false, true);
    INSERT INTO callstats_callimport
        (id, source_id, channel, file_name, file_format, sha256, size_bytes, created_at, state,
         attempts, error_code, error_params, received, created, updated, unchanged, rejected,
         ignored, pending, preview, warnings, affected_months)
    VALUES ('7f2c1d0e-0000-4000-8000-000000000001', 1, 'api', 'a', 'json', '', 1, now(),
            'completed', 1, '', '{}', 2, 2, 0, 0, 0, 0, 0, '{}', '[]', '[]');
    INSERT INTO callstats_call
        (id, source_id, external_id, central_id, line_id, arrived_at, arrived_text, time_quality,
         outcome, revision, imported_by_id)
    SELECT n, 1, 'c' || n, 1, 1, now(), '', 'exact', 'answered', n,
           '7f2c1d0e-0000-4000-8000-000000000001' FROM generate_series(1, 2) n;
    INSERT INTO callstats_callrevision (call_id, revision, facts, replaced_by_id)
    VALUES (2, 1, '{"outcome": "abandoned"}', '7f2c1d0e-0000-4000-8000-000000000001');
    INSERT INTO callstats_calltrace (source_id, external_id, trace)
    VALUES (2, '1761335400.1', '[[1761335400,"q","ENTERQUEUE"],[1761335425,"q","CONNECT"]]');
"""
HOURS = """
    UPDATE callstats_call SET municipality = '4631', wait_seconds = 30.5 WHERE external_id = 'c2';
    INSERT INTO callstats_call
        (id, source_id, external_id, central_id, line_id, arrived_at, arrived_text, time_quality,
         outcome, answered_at, revision, imported_by_id)
    VALUES (3, 1, 'c3', 1, 1, now(), '', 'exact', 'callback_requested',
            now() + interval '90 seconds', 1, '7f2c1d0e-0000-4000-8000-000000000001');
    INSERT INTO callstats_callhour
        (central_id, line_id, hour_at, outcome, calls, ambiguous_calls, waits_ms, talk_seconds)
    VALUES (1, 1, '2024-01-01T10:00Z', 'answered', 2, 1, '{1000,2000}', 60),
           (1, 1, date_trunc('hour', now(), 'UTC'), 'answered', 2, 0, '{30500}', 0),
           (1, 1, date_trunc('hour', now(), 'UTC'), 'callback_requested', 1, 0, '{}', 0);
"""


@pytest.fixture(scope="module")
def database():
    """The address of a database of the first version with calls in it, migrated to today's."""
    name = f"upgrade_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        url = address_of(name)
        migrate(url, "callstats", "0002")  # it needs municipalities 0001, and no later one
        with psycopg.connect(url) as first:
            first.execute(FIRST)
            first.execute(HOURS)
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
