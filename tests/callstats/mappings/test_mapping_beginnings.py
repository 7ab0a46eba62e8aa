"""With what a draft begins: guesses of many kinds of files, examples, the mapping in use."""

import io
import json
import re
from pathlib import Path

import pytest
import xlsxwriter
from django.urls import reverse
from django.utils import timezone

from callstats.feeds.operations import save_mapping
from callstats.mappings.models import MappingDraft
from callstats.mappings.trying import trial_of
from callstats.sources.examples import all_examples
from tests.callstats.mappings.conftest import nasty, shown_in
from tests.factories.callstats import SourceFactory

SAMPLES = Path(__file__).parents[2] / "samples"
ROWS = [
    ["Samtale-ID", "Starttid", "Kø", "Status", "Ventetid"],
    ["a1", "2025-03-14 08:00:05", "LV", "Besvart", "12"],
    ["a2", "2025-03-15 08:01:10", "LV", "Tapt", "61"],
]
CSV = "\n".join(";".join(row) for row in ROWS).encode()
JSON = json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]).encode()


def workbook() -> bytes:
    """Two sheets, the calls on the second."""
    told = io.BytesIO()
    book = xlsxwriter.Workbook(told, {"in_memory": True})
    book.add_worksheet("Om rapporten").write(0, 0, "Rapport")
    sheet = book.add_worksheet("Anrop")
    for n, row in enumerate(ROWS):
        sheet.write_row(n, 0, row)
    book.close()
    return told.getvalue()


def calls_of(draft) -> int:
    trial = trial_of(draft, now=timezone.now())
    assert trial.failure is None, trial.failure
    return trial.preview["calls"]


@pytest.mark.parametrize(("name", "data"), [("log.csv", CSV), ("log.json", JSON)])
def test_a_plain_file_is_guessed_whole(begin, name, data):
    draft = begin(data, name=name)

    assert draft.mapping["columns"]["arrived_at"] == "Starttid"
    assert calls_of(draft) == 2


def test_a_nasty_file_is_guessed_but_for_the_order_of_the_date(begin):
    draft = begin(nasty())

    trial = trial_of(draft, now=timezone.now())
    assert trial.preview["calls"] == 3
    assert trial.doubt.text == "04.03.2025 08:00:05"


def test_the_sheet_of_a_workbook_can_be_chosen(begin, browser, source):
    draft = begin(workbook(), name="log.xlsx")
    page = reverse("mapping_draft", args=[source.slug, draft.pk])
    form = browser.get(page).context["form"]
    assert [value for value, _ in form.fields["sheet"].choices] == ["", "Om rapporten", "Anrop"]

    sent = shown_in(form) | {"sheet": "Anrop"}
    form = browser.post(page, sent, follow=True).context["form"]

    assert [column.name for column in form.trial.columns] == ROWS[0]
    assert form.trial.preview["calls"] == 2


@pytest.mark.parametrize("example", all_examples(), ids=lambda each: each.name)
def test_a_draft_can_begin_with_any_example(begin, browser, example):
    draft = begin(CSV, start=example.name)

    page = browser.get(reverse("mapping_draft", args=[draft.source.slug, draft.pk]))

    assert page.status_code == 200
    assert example.notes[:20] in page.text


def test_what_the_sample_lacks_of_an_example_is_told(begin, browser):
    draft = begin(CSV, start="cisco-uccx")

    page = browser.get(reverse("mapping_draft", args=[draft.source.slug, draft.pk]))

    assert "startDateTime" in draft.choices["lacking"]
    assert "startDateTime" in page.context["lacking"]


REPORT = "3cx-call-report"


@pytest.fixture
def report(central):
    return SourceFactory(slug="3cx", central=central, profile=REPORT, queues={"*": "116117"})


def test_a_report_of_known_columns_asks_only_for_the_order_of_the_date(
    begin, browser, report, source, monkeypatch
):
    monkeypatch.setattr(source, "slug", report.slug)
    sample = (SAMPLES / "3cx-call-report" / "report_en-US.csv").read_bytes()
    draft = begin(re.sub(rb"10/2(\d)/2025", rb"10/0\1/2025", sample), name="report.csv")
    page = reverse("mapping_draft", args=[report.slug, draft.pk])
    shown = browser.get(page)
    form = shown.context["form"]
    assert list(form.fields) == ["seen", "date_order"]
    assert shown.context["failure"] == "The dates can be read in two ways. Choose the right one."

    sent = shown_in(form) | {"date_order": "mdy"}
    form = browser.post(page, sent, follow=True).context["form"]
    browser.post(page, shown_in(form) | {"save": "yes"})

    assert report.mapping_version.mapping == {"date_order": "mdy"}
    assert not MappingDraft.objects.exists()


def test_the_mapping_in_use_brings_the_order_that_was_chosen(begin, source, leader):
    mapping = begin(nasty()).mapping
    save_mapping(source=source, mapping=mapping, at=timezone.now(), by=leader)

    assert begin(nasty(), start="in_use").choices["date_order"] == "dmy"


def test_words_that_were_said_before_hold_in_a_new_guess(begin, source, leader):
    said = begin(nasty()).mapping
    said["outcomes"] = {"besvart": "voicemail", "Stengt": "closed", "Tapt": "abandoned"}
    save_mapping(source=source, mapping=said, at=timezone.now(), by=leader)
    row = "1001;14.03.2025;08:00:05;LV 116117;91234567;{};12,5;180,0"

    told = begin(nasty(row.format("Besvart"), row.format("Svart"))).mapping["outcomes"]

    assert told == said["outcomes"] | {"Svart": "answered"}


def test_words_of_another_column_are_not_carried_over(begin, source, leader):
    said = begin(nasty()).mapping
    said["columns"]["outcome"], said["outcomes"] = "Kø", {"Stengt": "closed"}
    save_mapping(source=source, mapping=said, at=timezone.now(), by=leader)

    assert "Stengt" not in begin(nasty()).mapping["outcomes"]


def test_the_columns_are_guessed_anew_when_the_delimiter_is_corrected(begin, browser, source):
    draft = begin(CSV, start="cisco-uccx")
    page = reverse("mapping_draft", args=[source.slug, draft.pk])
    form = browser.get(page).context["form"]

    sent = shown_in(form) | {"delimiter": ";"}
    form = browser.post(page, sent, follow=True).context["form"]

    roles = [form[f"role_{n}"].value() for n in range(5)]
    assert roles == ["", "arrived_at", "queue", "outcome", "wait_seconds"]
