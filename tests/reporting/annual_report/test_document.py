"""Real documents in both written forms, read back as text and checked as PDF/UA."""

import re
import subprocess
from datetime import date
from io import BytesIO

import pdfua
import pikepdf
import pytest
from django.utils import translation

from legevakt.lib.translation_checks import FOREIGN
from reporting.annual_report import numbers
from reporting.annual_report import operations as reports
from reporting.annual_report.document.clock import clock_words, odd_days
from reporting.annual_report.document.content import content_of
from reporting.annual_report.document.drawing import pdf_of
from reporting.annual_report.document.week import week_rows
from reporting.annual_report.figures import figures_for
from reporting.annual_report.models import DocumentState
from tests.factories.annotations import note
from tests.factories.municipalities import CentralFactory, PublicNumberFactory
from tests.factories.reporting import AFTER_THE_YEAR, calls_in_year, document_of

FORMS = {
    "nn": ("ikkje", "Årsrapport", "Svara innan to minutt", "Målkravet er 80 %", "Side 2 av"),
    "nb": ("ikke", "Årsrapport", "Besvart innen to minutter", "Målkravet er 80 %", "Side 2 av"),
}


@pytest.fixture
def figures(cooperation, central):
    """Half a year, the year before, and some of everything that is told about."""
    source = calls_in_year(central=central, months=(1, 2, 3, 4, 5, 6))
    calls_in_year(central=central, year=2024, months=(12,), source=source)
    source.is_synthetic = True
    source.save()
    return figures_for(cooperation=cooperation, year=2025, at=AFTER_THE_YEAR)


def words_of(content):
    """The text of every page by poppler, with one kind of space and no line breaks."""
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    return re.sub(r"\s+", " ", told)


@pytest.fixture(params=["nn", "nb"])
def language(request):
    return request.param


@pytest.mark.pdf
def test_the_report_is_accessible_and_complete_in_its_language(figures, language, tmp_path):
    content = pdf_of(figures=figures, language=language)
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    assert [str(finding) for finding in pdfua.validate(str(path)).findings] == []
    with pikepdf.open(BytesIO(content)) as document:
        assert str(document.Root.Lang) == language
        assert document.docinfo["/Title"] == f"Årsrapport 2025 for {figures['cooperation']['name']}"
        assert 5 <= len(document.pages) <= 11


@pytest.mark.pdf
def test_the_report_never_mixes_the_written_forms(figures, language):
    told = words_of(pdf_of(figures=figures, language=language))
    # The titles of laws and publications are quoted as they are.
    words = set(re.findall(r"[^\W\d_]+", told.lower()))
    assert not words & set(FOREIGN[language].split())
    for text in FORMS[language]:
        assert text in told
    assert "lovbrot" not in told
    assert "lovbrudd" not in told


@pytest.mark.pdf
def test_the_numbers_in_the_report_are_the_frozen_ones(figures, language):
    told = words_of(pdf_of(figures=figures, language=language))
    calls = 4 * (31 + 28 + 31 + 30 + 31 + 30)
    assert calls == 724
    for text in ("50,0 %", "362 av 724", "4 343 av 8 760", "49,6 %", "Demonstrasjonsdata", "63 %"):
        assert text in told


@pytest.mark.pdf
def test_the_report_names_the_days_with_23_and_25_hours(figures, language):
    told = words_of(pdf_of(figures=figures, language=language))
    assert "30. mars hadde 23" in told
    assert "26. oktober 25" in told


@pytest.mark.pdf
def test_what_happened_in_the_year_stands_in_the_central_s_chapter(cooperation, central, language):
    calls_in_year(central=central)
    note(central=central, text="Strømmen gikk i uværet.", ends_on=date(2025, 10, 26))
    note(central=central, text="Året etter.", starts_on=date(2026, 1, 1))
    found = figures_for(cooperation=cooperation, year=2025, at=AFTER_THE_YEAR)
    told = words_of(pdf_of(figures=found, language=language))
    assert {"nn": "Hendingar", "nb": "Hendelser"}[language] in told
    assert "24. oktober 2025 til 25. oktober 2025, " in told
    assert "Strømmen gikk i uværet." in told
    assert "Året etter." not in told


@pytest.mark.pdf
def test_figures_frozen_before_there_were_notes_are_still_rendered(figures, language):
    old = figures | {
        "centrals": [
            {name: value for name, value in central.items() if name != "annotations"}
            for central in figures["centrals"]
        ]
    }
    told = words_of(pdf_of(figures=old, language=language))
    assert "Hendingar" not in told
    assert "362 av 724" in told


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2025, [(date(2025, 3, 30), 23), (date(2025, 10, 26), 25)]),
        (2024, [(date(2024, 3, 31), 23), (date(2024, 10, 27), 25)]),
        (1979, []),
    ],
)
def test_the_days_on_which_the_clock_is_moved(year, days):
    assert odd_days(year) == days
    assert bool(clock_words(year)) == bool(days)


@pytest.mark.pdf
def test_the_same_figures_give_the_same_bytes(figures):
    assert pdf_of(figures=figures, language="nn") == pdf_of(figures=figures, language="nn")


@pytest.mark.pdf
def test_a_worker_renders_a_real_document(report):
    assert reports.render(document=document_of(report), at=AFTER_THE_YEAR)
    found = document_of(report)
    assert found.state == DocumentState.DONE, found.error
    assert found.path.read_bytes().startswith(b"%PDF-1.7")


def test_half_a_year_is_told_with_the_months_that_are_missing(figures):
    with translation.override("en"):
        told = content_of(figures=figures, language="nn")["summary"]
    assert told["is_complete"] is False
    assert told["months_without_data"] == "july, august, september, october, november and december"
    assert told["previous"]["is_partial"] is True


def test_a_month_that_one_central_has_is_not_missing_altogether(cooperation, central, figures):
    other = CentralFactory(cooperation=cooperation, slug="zz", name="Z central")
    PublicNumberFactory(central=other)
    calls_in_year(central=other, months=(6, 7))
    found = figures_for(cooperation=cooperation, year=2025, at=AFTER_THE_YEAR)
    with translation.override("en"):
        told = content_of(figures=found, language="nn")["summary"]
    assert told["months_without_data"] == "august, september, october, november and december"
    assert told["months_partly"] == "january, february, march, april, may and july"
    assert [row["name"] for row in told["central_rows"]] == [central.name, "Z central"]


def test_an_hour_of_the_week_with_few_calls_shows_no_share():
    counts = {1: (2, 4), 2: (20, 23), 3: (10, 20)}
    cells = [
        {"weekday": day, "hour": hour, "numerator": part, "denominator": calls}
        for day in range(1, 8)
        for hour in range(24)
        for part, calls in [counts.get(hour, (20, 50))]
    ]
    rows = week_rows(cells)
    assert rows[0]["days"][0] == {"percent": "40", "calls": "50"}
    assert rows[1]["days"][0] == {"percent": "–", "calls": ""}
    assert rows[2]["days"][0] == {"percent": "85–90", "calls": ""}, "three of 23 were late"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "–"), (0, "0 s"), (59.4, "59 s"), (120.5, "2 min 1 s"), (3725, "1 h 2 min")],
)
def test_durations_are_whole_seconds_rounded_half_up(seconds, text):
    with translation.override("en"):
        assert numbers.duration(seconds).replace("\u00a0", " ") == text


def test_numbers_are_written_as_norwegians_write_them():
    with translation.override("nn"):
        assert numbers.count(12345) == "12\u00a0345"
        assert numbers.points("63.2", "65.0") == "−1,8"
        assert numbers.day("2025-03-01") == "1.\u00a0mars\u00a02025"


def test_almost_complete_is_never_shown_as_complete():
    with translation.override("en"):
        assert numbers.completeness(99_999, 100_000) == "99.9%"
        assert numbers.completeness(1, 100_000) == "0.1%"
        assert numbers.completeness(5, 5) == "100.0%"
