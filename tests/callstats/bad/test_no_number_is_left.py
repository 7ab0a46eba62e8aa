"""No caller's number and nobody's name is kept but in the file itself, and that is deleted."""

import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from callstats.calls.models import Call
from callstats.imports import raw_files
from callstats.imports.models import CallImport
from tests.callstats.bad.corpus import NOW
from tests.callstats.bad.planted import NUMBER, TRACES, every_log
from tests.factories.callstats import TokenFactory

pytestmark = pytest.mark.usefixtures("clock")
SENT = {
    "canonical": ("/api/v1/call-imports", "application/json"),
    "asterisk-queue-log": ("/api/v1/call-events", "text/plain"),
}
LOGS = pytest.mark.parametrize("planted", every_log(), ids=lambda planted: planted.name)


@pytest.fixture(autouse=True)
def every_line_is_logged(caplog):
    caplog.set_level(logging.DEBUG)


def database() -> dict[str, str]:
    """Every row of every table as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        return {name: _rows(cursor, name) for name in names}


def _rows(cursor, name: str) -> str:
    cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{name}" t')
    return cursor.fetchone()[0] or ""


def found_in(texts: dict[str, str]) -> dict[str, str]:
    """Where a trace stands, and what stands around it."""
    found = {}
    for name, text in texts.items():
        low = text.lower()
        for trace in TRACES:
            if trace in low:
                at = low.index(trace)
                found[name] = text[max(at - 80, 0) : at + 40]
    return found


def files_that_hold_it() -> set[str]:
    """By name, of everything written since the test began."""
    every = (path for path in settings.LEGEVAKT_HOME.rglob("*") if path.is_file())
    return {path.name for path in every if any(t.encode() in path.read_bytes() for t in TRACES)}


def is_planted(data: bytes) -> bool:
    return NUMBER.encode() in data or data.startswith(b"PK")


@LOGS
def test_the_page_leaves_no_trace(planted, leader, as_person, source_of, caplog, capsys):
    assert is_planted(planted.data)
    source = source_of(planted.profile, planted.mapping)
    browser = as_person(leader)
    file = SimpleUploadedFile(planted.name, planted.data)

    page = browser.post(reverse("import_upload"), {"source": source.pk, "file": file}, follow=True)
    call_import = CallImport.objects.get()
    stored = browser.post(reverse("import_confirm", args=[call_import.pk]), follow=True)
    refused = browser.get(reverse("import_refused", args=[call_import.pk]))

    assert Call.objects.count() == planted.calls
    shown = {"page": page.text, "stored": stored.text, "refused": refused.text}
    assert found_in(database() | shown | said(caplog, capsys)) == {}
    assert_only_the_file_holds_it(call_import, planted)


@LOGS
def test_the_command_leaves_no_trace(planted, source_of, tmp_path, caplog, capsys):
    source = source_of(planted.profile, planted.mapping)
    path = tmp_path / planted.name
    path.write_bytes(planted.data)

    call_command("import_calls", str(path), "--source", source.slug, "--json")

    assert Call.objects.count() == planted.calls
    assert found_in(database() | said(caplog, capsys)) == {}


@pytest.mark.parametrize("key", [None, "night-7"])
@pytest.mark.parametrize(
    "planted", [each for each in every_log() if each.profile in SENT], ids=lambda each: each.name
)
def test_the_api_leaves_no_trace(planted, key, source_of, caplog, capsys):
    url, kind = SENT[planted.profile]
    headers = {"Authorization": f"Bearer {TokenFactory(source=source_of(planted.profile)).key}"}
    if key:
        headers["Idempotency-Key"] = key

    answer = Client().post(url, planted.data, content_type=kind, headers=headers)
    rows = Client().get(answer.json()["errors_url"], headers=headers)

    assert (answer.status_code, rows.status_code) == (200, 200)
    assert Call.objects.count() == planted.calls
    shown = {"answer": answer.text, "rows": rows.text}
    assert found_in(database() | shown | said(caplog, capsys)) == {}
    assert_only_the_file_holds_it(CallImport.objects.get(), planted)


def said(caplog, capsys) -> dict[str, str]:
    """What was logged and what was printed."""
    printed = capsys.readouterr()
    return {"log": caplog.text, "output": printed.out, "errors": printed.err}


def assert_only_the_file_holds_it(call_import, planted):
    """The file as it came in, until its retention ends."""
    if not planted.data.startswith(b"PK"):
        assert files_that_hold_it() == {str(call_import.pk)}
    assert call_import.path.exists()

    raw_files.delete_expired(at=NOW + settings.RAW_FILE_RETENTION + timedelta(seconds=1))

    assert not call_import.path.exists()
    assert files_that_hold_it() == set()
    assert found_in(database()) == {}
