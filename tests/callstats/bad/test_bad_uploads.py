"""Every bad file through the page: the page says in words what is wrong, and is never a 500."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from callstats.aggregates.models import AggregateReport
from callstats.calls.models import Call
from callstats.imports import messages, operations
from callstats.imports.models import CallImport, ImportState, RefusedRow
from callstats.sources.registry import PROFILES
from tests.callstats.bad.corpus import NOW, OF_CALLS, OF_COUNTS, each_kind
from tests.factories.aggregates import AggregateSeriesFactory

pytestmark = pytest.mark.usefixtures("clock")
EMPTY = 422  # refused by the form itself


@pytest.fixture
def browser(leader, as_person):
    return as_person(leader)


def send(browser, url, bad, **fields):
    file = SimpleUploadedFile(bad.path.name, bad.path.read_bytes())
    return browser.post(url, fields | {"file": file}, follow=True)


def words(message: str) -> str:
    """The message's own words up to the first value put into it."""
    return re.split(r"%\(\w+\)s", str(message))[0].replace("'", "&#x27;")


@pytest.mark.parametrize("profile", PROFILES)
def test_each_bad_log_is_told_of_in_words(profile, browser, source_of):
    for bad in each_kind(bad for bad in OF_CALLS if bad.profile == profile and bad.code):
        source = source_of(profile, bad.mapping)
        assert_told(send(browser, reverse("import_upload"), bad, source=source.pk), bad)
    assert not Call.objects.exists()


@pytest.mark.parametrize("profile", PROFILES)
def test_of_a_log_that_is_partly_bad_the_good_calls_are_stored(profile, browser, source_of):
    for bad in each_kind(bad for bad in OF_CALLS if bad.profile == profile and not bad.code):
        source = source_of(profile, bad.mapping)
        page = send(browser, reverse("import_upload"), bad, source=source.pk)
        call_import = assert_checked(page, bad)
        operations.confirm(call_import=call_import)
        operations.run(call_import=call_import, at=NOW)
        call_import.refresh_from_db()
        assert call_import.created == bad.calls == Call.objects.filter(source=source).count(), bad
        counted = call_import.created + call_import.rejected + call_import.pending
        assert call_import.received == counted, bad


def import_on(page):
    return CallImport.objects.get(pk=page.redirect_chain[0][0].rstrip("/").split("/")[-1])


def assert_told(page, bad):
    if not bad.path.stat().st_size:
        assert (page.status_code, bad.code) == (EMPTY, "empty_file"), bad
        return
    assert page.status_code == 200, bad
    call_import = import_on(page)
    assert (call_import.state, call_import.error_code) == (ImportState.FAILED, bad.code), bad
    assert words(messages.FILE_MESSAGES[bad.code]) in page.text, bad


def assert_checked(page, bad):
    """A check stores nothing but what it found."""
    call_import = import_on(page)
    assert call_import.state == ImportState.CHECKED, (bad, call_import.error_code)
    kept = RefusedRow.objects.filter(call_import=call_import)
    assert sorted(kept.values_list("line", "code")) == sorted(
        (line, code) for line, _, code in bad.refused
    ), bad
    counted = call_import.rejected, call_import.pending, call_import.ignored
    assert counted == (len(bad.refused), bad.pending, bad.ignored), bad
    for _, _, code in bad.refused:
        assert words(messages.ROW_MESSAGES[code]) in page.text, (bad, code)
    return call_import


def test_each_bad_report_of_counts_is_told_of_in_words(browser, central):
    series = AggregateSeriesFactory(central=central)
    url = reverse("aggregate_upload", args=[series.pk])
    for bad in OF_COUNTS:
        page = send(browser, url, bad)
        expected = EMPTY if not bad.path.stat().st_size else 200
        assert page.status_code == expected, bad
        if expected == EMPTY:
            continue
        pk = page.redirect_chain[0][0].rstrip("/").split("/")[-1]
        report = AggregateReport.objects.get(pk=pk)
        if bad.code:
            assert report.error_code == bad.code, bad
        else:
            assert report.rejected >= len(bad.refused), bad
