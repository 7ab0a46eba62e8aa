"""The pages: upload, check, preview, confirm, result; and what is no call log."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from callstats.calls.models import Call
from callstats.feeds.models import Source
from callstats.imports import operations, tasks
from callstats.imports.models import CallImport, ImportState, RefusedRow
from callstats.imports.uploads import LimitedUpload
from tests.callstats.imports.conftest import FIRST_LOG
from tests.factories.callstats import (
    CallImportFactory,
    SourceFactory,
    call,
    canonical_csv,
    month_figure,
)

GOOD = canonical_csv([call("a"), call("b", wait_seconds=200)])


@pytest.fixture
def browser(leader, as_person):
    return as_person(leader)


@pytest.fixture
def upload(browser):
    """`upload(source, bytes)` sends the form and follows to the page of the import."""

    def upload(source, data, *, name="log.csv"):
        file = SimpleUploadedFile(name, data)
        return browser.post(
            reverse("import_upload"), {"source": source.pk, "file": file}, follow=True
        )

    return upload


def page_of(call_import) -> str:
    return reverse("import", args=[call_import.pk])


def test_the_whole_way_from_upload_to_the_computed_month(upload, browser, source, leader):
    page = upload(source, GOOD)
    call_import = CallImport.objects.get()
    assert page.redirect_chain == [(page_of(call_import), 302)]
    assert call_import.state == ImportState.CHECKED
    assert (call_import.channel, call_import.created_by) == ("page", leader)
    assert not Call.objects.exists()
    assert "Store the calls" in page.text

    page = browser.post(reverse("import_confirm", args=[call_import.pk]), follow=True)
    call_import.refresh_from_db()
    assert call_import.state == ImportState.COMPLETED
    assert Call.objects.count() == 2
    assert month_figure().denominator == 2
    assert "Store the calls" not in page.text


def test_confirming_twice_stores_once(upload, browser, source):
    upload(source, GOOD)
    call_import = CallImport.objects.get()
    for _ in range(2):
        answer = browser.post(reverse("import_confirm", args=[call_import.pk]))
        assert answer.status_code == 302
    call_import.refresh_from_db()
    assert (call_import.created, call_import.unchanged) == (2, 0)


def test_a_preview_can_be_turned_down(upload, browser, source):
    upload(source, GOOD)
    call_import = CallImport.objects.get()
    page = browser.post(reverse("import_cancel", args=[call_import.pk]), follow=True)
    assert page.status_code == 200
    call_import.refresh_from_db()
    assert call_import.state == ImportState.CANCELLED
    assert not Call.objects.exists()
    browser.post(reverse("import_confirm", args=[call_import.pk]))
    assert not Call.objects.exists()


def test_confirm_and_cancel_are_no_links(browser, source):
    call_import = CallImportFactory(source=source)
    for name in ("import_confirm", "import_cancel"):
        assert browser.get(reverse(name, args=[call_import.pk])).status_code == 405


@pytest.mark.parametrize("state", list(ImportState))
def test_the_page_can_show_every_state(browser, source, state):
    is_waiting = state in ("checking", "queued", "importing")
    is_open = is_waiting or state == "checked"
    call_import = CallImportFactory(
        source=source,
        state=state,
        finished_at=None if is_open else timezone.now(),
        error_code="internal_error" if state == ImportState.FAILED else "",
    )
    assert browser.get(page_of(call_import)).status_code == 200
    progress = browser.get(reverse("import_progress", args=[call_import.pk]))
    assert progress.headers.get("HX-Redirect") == (None if is_waiting else page_of(call_import))


def test_who_may_look_but_not_import_sees_no_way_to_change_anything(controller, as_person, source):
    call_import = CallImportFactory(source=source, state=ImportState.CHECKED)
    browser = as_person(controller)
    page = browser.get(page_of(call_import))
    assert page.status_code == 200
    assert "Store the calls" not in page.text
    assert browser.get(reverse("import_upload")).status_code == 404
    for name in ("import_confirm", "import_cancel"):
        assert browser.post(reverse(name, args=[call_import.pk])).status_code == 404
    call_import.refresh_from_db()
    assert call_import.state == ImportState.CHECKED


def test_the_source_whose_page_led_here_is_chosen_already(browser, source, central):
    SourceFactory(slug="second", central=central)
    SourceFactory(slug="foreign")
    add = reverse("import_upload")
    for slug, chosen in ((source.slug, True), ("foreign", False), ("nobody\x00", False)):
        page = " ".join(browser.get(add, {"source": slug}).text.split())
        assert (f'value="{source.pk}" selected' in page) == chosen, slug


def test_the_imports_page_leads_to_sums_and_webhooks(browser, as_person, controller, source):
    assert reverse("aggregates") in browser.get(reverse("imports")).text
    assert reverse("webhooks") in browser.get(reverse("imports")).text
    looker = as_person(controller).get(reverse("imports")).text
    assert reverse("aggregates") in looker
    assert reverse("webhooks") not in looker


def test_nobody_uploads_to_the_source_of_another_cooperation(upload):
    foreign = SourceFactory(slug="foreign")
    page = upload(foreign, GOOD)
    assert page.status_code in (404, 422)
    assert not CallImport.objects.exists()


def test_an_unmapped_queue_is_named_on_the_page(upload, source):
    page = upload(source, canonical_csv([call("a", queue="ny_ko")]))
    assert "ny_ko" in page.text
    assert CallImport.objects.get().error_code == "unmapped_queues"
    assert reverse("source_queues", args=[source.slug]) in page.text
    assert not Call.objects.exists()


def test_who_may_not_map_queues_gets_no_link_to_them(source, controller, as_person):
    params = {"queues": ["ny_ko"]}
    failed = CallImportFactory(
        source=source, state="failed", error_code="unmapped_queues", error_params=params
    )
    page = as_person(controller).get(reverse("import", args=[failed.pk])).text
    assert "ny_ko" in page
    assert reverse("source_queues", args=[source.slug]) not in page


def xlsx(*, size=0) -> bytes:
    """A workbook, or with `size` one that unpacks to that many bytes of zeros."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(size // (1 << 20)):
                sheet.write(bytes(1 << 20))
    return packed.getvalue()


WRONG_FILES = {
    "empty": (b"", "The file is empty"),
    "blank": (b"\n \n", "The file is empty"),
    "a spreadsheet": (xlsx(), "This is a spreadsheet"),
    "a zip bomb": (xlsx(size=300 << 20), "This is a spreadsheet"),
    "a PDF": (b"%PDF-1.7\n", "This is no text file"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "This is no text file"),
    "zeros": (bytes(5000), "This is no text file"),
    "latin-1": ("id,arrived_at,queue,outcome\nå,".encode("latin-1"), "not written in utf-8"),
    "another log": (b"Jan  1 00:00:00 host kernel: hello\n", "The field"),
    "half a header": (b"id,queue\n1,lv_116117\n", "lacks these columns"),
}


@pytest.mark.parametrize(("data", "words"), WRONG_FILES.values(), ids=WRONG_FILES.keys())
def test_a_wrong_file_is_told_as_such_and_what_was_stored_is_untouched(
    upload, run, source, data, words
):
    run(source, GOOD)
    page = upload(source, data)
    assert words in page.text
    assert Call.objects.count() == 2
    assert not CallImport.objects.filter(state=ImportState.CHECKED).exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"arrived_at": "1970-01-01T00:00:00Z"}, "before 2000"),
        ({"arrived_at": "2099-01-01T00:00:00Z"}, "in the future"),
        ({"arrived_at": "2025-10-24T12:00:00"}, "lacks its offset"),
        ({"wait_seconds": -1}, "negative"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(upload, source, row, words):
    page = upload(source, canonical_csv([call("a"), call("b") | row]))
    assert words in page.text
    assert RefusedRow.objects.get().line == 3


def test_the_field_of_a_wrong_row_is_told_in_words(upload, source):
    page = upload(source, canonical_csv([call("a"), call("b") | {"wait_seconds": -1}]))

    assert "How long the caller waited" in page.text
    assert "<td>wait_seconds</td>" not in page.text


def test_callers_taken_for_queues_are_cut_in_the_preview(upload, central):
    source = SourceFactory(slug="any", central=central, queues={"*": "116117"})

    page = upload(source, canonical_csv([call("a") | {"queue": "91234567"}]))

    assert "91…7 (8)" in page.text
    assert "91234567" not in page.text


def test_the_preview_of_a_file_that_is_stored_already_says_so(upload, browser, source):
    upload(source, GOOD)
    earlier = CallImport.objects.get()
    assert "This very file" not in browser.get(page_of(earlier)).text
    browser.post(reverse("import_confirm", args=[earlier.pk]))

    page = upload(source, GOOD)

    assert "This very file was stored" in page.text
    assert f'href="{page_of(earlier)}"' in page.text


def test_a_first_file_of_long_ago_is_asked_whether_it_is_a_trial(upload, source):
    page = upload(source, GOOD)

    assert "This is the first file of" in page.text
    assert reverse("source_edit", args=[source.slug]) in page.text


@pytest.mark.parametrize("reason", ["not expected", "recent", "not the first"])
def test_other_files_are_no_trial(upload, run, source, reason):
    at = timezone.now() - timedelta(days=1)
    data = canonical_csv([call("n", arrived_at=at)]) if reason == "recent" else GOOD
    if reason == "not expected":
        Source.objects.filter(pk=source.pk).update(is_expected=False)
    if reason == "not the first":
        run(source, canonical_csv([call("first")]))

    assert "This is the first file of" not in upload(source, data).text


def test_too_large_a_file_is_refused_before_it_is_kept(upload, source, settings):
    settings.IMPORT_FILE_BYTES_LIMIT = 1000
    page = upload(source, b"x" * 1001)
    assert page.status_code == 422
    assert "at most 1000 bytes is taken" in page.text.replace("\xa0", " ")
    assert not CallImport.objects.exists()
    assert list(settings.UPLOADS_DIR.iterdir()) == []


def test_what_is_read_as_a_whole_is_refused_at_a_smaller_size(upload, central, monkeypatch):
    monkeypatch.setattr("callstats.imports.forms.WHOLE_BYTES", 1000)
    log = SourceFactory(slug="pbx", central=central, profile="asterisk-queue-log")
    own = SourceFactory(slug="own", central=central, profile="canonical")

    assert upload(log, b"x" * 1001).status_code == 422
    assert upload(own, b"x" * 1001).status_code == 200


def test_too_large_a_file_is_not_even_written_to_a_temporary_one(
    upload, source, settings, monkeypatch
):
    settings.IMPORT_FILE_BYTES_LIMIT = 3 << 20
    written = []
    write = TemporaryUploadedFile.__init__
    monkeypatch.setattr(
        TemporaryUploadedFile,
        "__init__",
        lambda self, *args, **kwargs: (written.append(1), write(self, *args, **kwargs))[1],
    )
    page = upload(source, bytes(7 << 20))
    assert page.status_code == 422
    assert written == []


def test_who_may_not_import_is_turned_away_before_the_file_is_read(controller, source, monkeypatch):
    read = []
    monkeypatch.setattr(LimitedUpload, "handle_raw_input", lambda *a, **k: read.append(1))
    file = SimpleUploadedFile("log.csv", GOOD)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(controller)
    answer = browser.post(reverse("import_upload"), {"source": source.pk, "file": file})
    assert (answer.status_code, read) == (404, [])


def test_an_upload_without_a_broker_waits_for_the_next_tick(upload, source, monkeypatch):
    def broker_is_down(**_):
        raise OperationalError("no broker")

    with monkeypatch.context() as patch:
        patch.setattr(tasks.check, "delay", broker_is_down)
        assert upload(source, GOOD).status_code == 200
    assert CallImport.objects.get().state == ImportState.CHECKING
    tasks.resume_stalled()
    assert CallImport.objects.get().state == ImportState.CHECKED


def test_an_upload_without_the_form_s_token_is_refused(leader, source):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(leader)
    file = SimpleUploadedFile("log.csv", GOOD)
    answer = browser.post(reverse("import_upload"), {"source": source.pk, "file": file})
    assert answer.status_code == 403
    assert not CallImport.objects.exists()


def test_refused_rows_are_downloaded_without_formulas(browser, source):
    call_import = CallImportFactory(source=source, state=ImportState.COMPLETED_WITH_ERRORS)
    risky = ["=1+1", "+47", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", 'a;b"c', "12"]
    for line, value in enumerate(risky, 2):
        RefusedRow.objects.create(
            call_import=call_import, line=line, external_id=value, code="invalid_time", value=value
        )
    answer = browser.get(reverse("import_refused", args=[call_import.pk]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert [row["line"] for row in rows] == [str(n) for n in range(2, 11)]
    assert [row["value"] for row in rows] == [
        "'=1+1", "'+47", "'-5", "'@SUM(A1)", "'\tx", "'\rx", "'\nx", 'a;b"c', "12",
    ]  # fmt: skip
    assert all(row["id"] == row["value"] for row in rows)
    assert {row["reason"] for row in rows} == {
        "The time cannot be read, or lacks its offset from UTC."
    }


def test_the_list_shows_imports_newest_first_with_as_many_queries_for_many_as_for_one(
    browser, source, django_assert_max_num_queries
):
    CallImportFactory(source=source, file_name="first.csv")
    with django_assert_max_num_queries(20) as few:
        browser.get(reverse("imports"))
    for number in range(30):
        CallImportFactory(source=source, file_name=f"log-{number}.csv")
    with django_assert_max_num_queries(20) as many:
        page = browser.get(reverse("imports"))
    assert len(many) == len(few)
    assert page.status_code == 200
    assert "page=2" in page.text


def test_the_list_can_be_of_one_system_with_no_more_queries(
    browser, source, central, django_assert_max_num_queries
):
    for number in range(30):
        CallImportFactory(source=source, file_name=f"mine-{number}.csv")
    other = SourceFactory(slug="other", name="The other exchange", central=central)
    CallImportFactory(source=other, file_name="theirs.csv")
    every = reverse("imports")
    browser.get(every)
    with django_assert_max_num_queries(20) as unfiltered:
        assert "theirs.csv" in browser.get(every).text + browser.get(f"{every}?page=2").text
    with django_assert_max_num_queries(10) as filtered:
        page = browser.get(f"{every}?source=pbx").text
    assert 2 * len(filtered) <= len(unfiltered)
    assert page.count("mine-") >= 25
    assert "theirs.csv" not in page
    assert "?source=pbx&amp;page=2" in page
    page = browser.get(f"{every}?source=other").text
    assert "Only the imports of The other exchange are shown." in page
    assert "theirs.csv" in page
    assert "mine-" not in page


def test_the_list_of_a_system_that_never_sent_says_so(browser, source):
    page = browser.get(f"{reverse('imports')}?source=pbx").text
    assert f"No call log of {source.name} has come in yet" in page


@pytest.mark.parametrize("slug", ["foreign", "nowhere", "0"])
def test_the_list_of_a_system_that_is_not_seen_is_not_found(browser, source, slug):
    SourceFactory(slug="foreign")
    assert browser.get(f"{reverse('imports')}?source={slug}").status_code == 404


def test_the_preview_of_the_real_log_shows_queues_and_outcomes(upload, exchange):
    page = upload(exchange, FIRST_LOG.read_bytes(), name="queue_log.0")
    assert "lv_116117" in page.text
    assert "answered" in page.text
    assert "0047000" not in page.text


def test_a_worker_s_progress_is_shown_while_it_runs(browser, source, monkeypatch):
    from callstats.imports import progress

    call_import = CallImportFactory(source=source, state=ImportState.IMPORTING)
    progress.report(
        import_id=call_import.pk, progress=progress.Progress("storing", 50_000, 200_000)
    )
    page = browser.get(reverse("import_progress", args=[call_import.pk]))
    assert "200" in page.text
    assert "Storing the calls" in page.text
    operations.cancel(call_import=call_import, at=timezone.now())
    assert progress.is_asked_to_cancel(call_import.pk)
