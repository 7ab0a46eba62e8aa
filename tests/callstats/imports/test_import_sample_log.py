"""The real queue log of the samples: either order, twice, and no caller anywhere."""

import json
import logging
from datetime import date

import pytest
from django.apps import apps
from django.db import connection, models

from callstats.calls.models import Call, CallHour, CallRevision
from callstats.imports.models import ImportState
from callstats.indicators import queries
from callstats.indicators.definitions import default_definition
from legevakt.lib.periods import Period
from tests.callstats.imports.conftest import FIRST_LOG, SECOND_LOG

CALLER = "0047000"
DAY = Period(date(2025, 10, 24), date(2025, 10, 25))


def level_of(central):
    return queries.service_level(centrals=[central], period=DAY, definition=default_definition())


def figures(central) -> tuple[int, int, int]:
    level = level_of(central)
    return level.offered, level.answered, level.numerator


def test_the_callers_are_in_the_samples():
    assert CALLER in FIRST_LOG.read_text()


@pytest.mark.parametrize("order", [(FIRST_LOG, SECOND_LOG), (SECOND_LOG, FIRST_LOG)])
def test_the_rotated_logs_give_the_same_in_either_order_and_twice(exchange, central, run, order):
    for path in order:
        run(exchange, path.read_bytes(), file_name=path.name)
    assert figures(central) == (160, 135, 120)
    first_time = level_of(central)
    for path in order:
        again = run(exchange, path.read_bytes(), file_name=path.name)
        assert (again.created, again.updated, again.rejected) == (0, 0, 0)
        assert again.state == ImportState.COMPLETED
    assert level_of(central) == first_time
    assert Call.objects.count() == 160


def test_both_orders_store_the_same_calls(exchange, run):
    facts = []
    for order in ((FIRST_LOG, SECOND_LOG), (SECOND_LOG, FIRST_LOG)):
        CallRevision.objects.all().delete()
        Call.objects.all().delete()
        CallHour.objects.all().delete()
        exchange.traces.all().delete()
        for path in order:
            run(exchange, path.read_bytes())
        names = [f.name for f in Call._meta.fields if f.name not in NOT_FACTS]
        facts.append(list(Call.objects.order_by("external_id").values(*names)))
    assert facts[0] == facts[1]


NOT_FACTS = {"pk", "revision", "imported_by"}


def test_one_log_alone_says_what_waits_for_the_other(exchange, run):
    second = run(exchange, SECOND_LOG.read_bytes())
    assert second.pending > 0
    assert second.received == second.created + second.pending


def test_no_caller_number_is_in_any_table_nor_in_the_logs(exchange, run, caplog):
    with caplog.at_level(logging.DEBUG):
        for path in (FIRST_LOG, SECOND_LOG):
            run(exchange, path.read_bytes(), file_name=path.name)
        run(exchange, FIRST_LOG.read_bytes().replace(b"|lv_direkte|", b"|not_mapped|"))
        run(exchange, FIRST_LOG.read_bytes()[:-20])
    assert CALLER not in caplog.text
    assert [name for name in every_text_column() if CALLER in told_by(*name)] == []


def every_text_column() -> list[tuple[str, str]]:
    """(table, column) of whatever can hold a text, in every table of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN"
            " ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea')"
        )
        return cursor.fetchall()


def told_by(table: str, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(string_agg(\"{column}\"::text, ' '), '') FROM \"{table}\""
            f" WHERE \"{column}\"::text LIKE '%{CALLER}%'"
        )
        return cursor.fetchone()[0]


def test_every_table_of_ours_is_looked_through():
    """The search above sees the text columns of each model."""
    seen = {table for table, _ in every_text_column_of_models()}
    assert {"callstats_call", "callstats_calltrace", "callstats_callimport"} <= seen


def every_text_column_of_models():
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                yield model._meta.db_table, field.column


def test_the_preview_holds_no_caller_either(exchange, receive):
    from django.utils import timezone

    from callstats.imports import operations

    call_import = receive(exchange, FIRST_LOG.read_bytes(), confirm_first=True)
    operations.check(call_import=call_import, at=timezone.now())
    call_import.refresh_from_db()
    assert call_import.state == ImportState.CHECKED
    assert CALLER not in json.dumps(call_import.preview)
    assert call_import.preview["calls"] > 0
