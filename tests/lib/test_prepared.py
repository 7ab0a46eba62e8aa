"""Statements that are planned once a connection, on the real database."""

import pytest
from django.db import IntegrityError, connection, transaction

from callstats.imports.models import CallImport
from legevakt.lib import prepared
from tests.factories.callstats import CallImportFactory

pytestmark = pytest.mark.django_db
DOUBLED = "SELECT 2 * %(number)s::int AS doubled"


def planned() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


def test_a_statement_is_planned_once():
    assert [prepared.rows(DOUBLED, {"number": number}) for number in (2, 3)] == [[(4,)], [(6,)]]
    assert sum("doubled" in statement for statement in planned()) == 1


def test_nothing_is_planned_ahead_where_a_pooler_would_lose_it(monkeypatch):
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    sql = DOUBLED.replace("doubled", "unplanned")
    assert prepared.rows(sql, {"number": 2}) == [(4,)]
    assert not any("unplanned" in statement for statement in planned())


def test_a_row_is_inserted_as_saving_it_would():
    saved = CallImportFactory()
    fields = [field.attname for field in CallImport._meta.concrete_fields if field.name != "id"]
    again = CallImport(**{name: getattr(saved, name) for name in fields})
    prepared.insert(again)
    stored = CallImport.objects.get(pk=again.pk)
    assert [getattr(stored, name) for name in fields] == [getattr(saved, name) for name in fields]
    assert not again._state.adding


def test_a_broken_constraint_is_told_as_django_tells_it():
    saved = CallImportFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        prepared.insert(CallImport(pk=saved.pk, source=saved.source, created_at=saved.created_at))
