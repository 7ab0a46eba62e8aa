"""Each index is paid for at every row: none that another one does the work of."""

import pytest
from django.db import connection

from callstats.imports.models import CallImport
from tests.factories.callstats import CallImportFactory, SourceFactory

BEGINNING_OF_ANOTHER = """
    SELECT a.indexrelid::regclass::text
    FROM pg_index a JOIN pg_index b ON b.indrelid = a.indrelid AND b.indexrelid <> a.indexrelid
    WHERE a.indrelid::regclass::text LIKE 'callstats\\_%'
      AND NOT a.indisunique AND a.indpred IS NULL AND b.indpred IS NULL
      AND a.indnatts < b.indnatts
      AND (b.indkey::int2[])[0:a.indnatts - 1] = (a.indkey::int2[])[0:a.indnatts - 1]
      AND (b.indclass::oid[])[0:a.indnatts - 1] = (a.indclass::oid[])[0:a.indnatts - 1]
"""


@pytest.mark.django_db
def test_no_index_is_the_beginning_of_another():
    with connection.cursor() as cursor:
        cursor.execute(BEGINNING_OF_ANOTHER)
        assert [row[0] for row in cursor.fetchall()] == []


@pytest.mark.usefixtures("source_of_many")
def test_the_list_of_imports_is_read_off_its_index(leader):
    page = CallImport.objects.visible_to(leader).order_by("-created_at", "-last_at", "pk")[:25]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE callstats_callimport")
    assert "import_list" in page.explain()


@pytest.fixture
def source_of_many(central):
    source = SourceFactory(slug="pbx", central=central)
    CallImport.objects.bulk_create(
        CallImportFactory.build(source=source, file_name=f"log-{n}.csv") for n in range(2000)
    )
