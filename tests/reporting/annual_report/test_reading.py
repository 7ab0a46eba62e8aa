"""The report as a page, its tables as files, its editions."""

import io
import re
import zipfile
from decimal import Decimal

import fastexcel
import pytest
from django.urls import reverse
from django.utils import translation

from callstats.models import CallHour
from reporting.annual_report import annex, queries
from reporting.annual_report import operations as reports
from reporting.annual_report.chapters import CHAPTERS
from reporting.annual_report.document.web import report_html, scrollable
from reporting.annual_report.document.written import NOTHING_WRITTEN, Written
from reporting.annual_report.models import AnnualReport
from tests.factories.reporting import AFTER_THE_YEAR, calls_in_year, checked, draft, issued

pytestmark = pytest.mark.usefixtures("after_the_year")


def address(report, name="annual_report_read", *more):
    return reverse(name, args=[report.pk, *more])


def tables(report, *, language="nn", written=NOTHING_WRITTEN):
    with translation.override(language):
        return annex.tables_of(report.figures, written=written)


def of_language(person, language):
    person.language = language
    person.save()
    return person


@pytest.fixture
def done(cooperation, january, told, host_director):
    """An issued report of January 2025."""
    return issued(cooperation=cooperation, by=host_director)


def test_the_page_says_what_the_document_says(as_person, done, partner_director):
    answer = as_person(of_language(partner_director, "nn")).get(address(done)).text
    for text in ("62 av 124", "50,0\u00a0%", "Side", "=category 60", "<svg", done.figures_sha256):
        assert (text in answer) is (text != "Side"), text
    for link in re.findall(r'href="#([\w-]+)"', answer):
        assert f'id="{link}"' in answer, link
    assert answer.count("<table") == answer.count('<table class="ds-table') > 3
    assert "style=" not in answer


@pytest.mark.parametrize(
    ("language", "asked", "shown"),
    [("nn", "", "nn"), ("nb", "", "nb"), ("nb", "nn", "nn"), ("en", "", "nn"), ("nn", "xx", "nn")],
)
def test_the_page_is_in_the_reader_s_language(
    as_person, done, partner_director, cooperation, language, asked, shown
):
    cooperation.language = "nn"
    cooperation.save()
    url = f"{address(done)}?language={asked}"
    answer = as_person(of_language(partner_director, language)).get(url).text
    assert f'<article class="app-report" lang="{shown}">' in answer


def test_what_is_written_stands_in_the_page_of_its_language(as_person, report, leader):
    for language, text in (("nn", "Eit godt år."), ("nb", "Et godt år.")):
        reports.write(
            report=report,
            chapter="goals",
            language=language,
            text=text,
            seen="",
            by=leader,
            at=AFTER_THE_YEAR,
        )
    browser = as_person(leader)
    assert "<p>Eit godt år.</p>" in browser.get(f"{address(report)}?language=nn").text
    answer = browser.get(f"{address(report)}?language=nb").text
    assert "<p>Et godt år.</p>" in answer
    assert "Eit godt år." not in answer
    assert "This is not issued yet" in answer


def test_two_tables_of_the_same_name_are_told_apart():
    told = scrollable(2 * '<table class="keep"><caption>A "b"</caption></table>')
    assert re.findall('aria-label="(.*?)"', told) == ["A &quot;b&quot;", "A &quot;b&quot; (2)"]
    assert told.count('<table class="ds-table keep">') == 2


def test_later_calls_do_not_change_the_page_of_a_report(as_person, done, central, partner_director):
    browser = as_person(partner_director)
    before = browser.get(address(done)).text
    calls_in_year(central=central, months=(2, 3))
    after = browser.get(address(done)).text
    body = re.compile("<article.*</article>", re.DOTALL)
    assert body.search(before)[0] == body.search(after)[0]


@pytest.mark.parametrize("person", ["partner_director", "outsider"])
def test_a_draft_is_not_read_by_others(as_person, report, person, request):
    browser = as_person(request.getfixturevalue(person))
    for url in (
        address(report),
        address(report, "annual_report_editions"),
        address(report, "annual_report_tables", "nn", "xlsx"),
    ):
        assert browser.get(url).status_code == 404


def test_an_issued_report_is_read_by_all_participants_and_not_by_outsiders(
    as_person, done, partner_director, outsider
):
    urls = (
        address(done),
        address(done, "annual_report_editions"),
        address(done, "annual_report_tables", "nb", "xlsx"),
        address(done, "annual_report_tables", "nb", "zip"),
    )
    for url in urls:
        assert as_person(partner_director).get(url).status_code == 200
        assert as_person(outsider).get(url).status_code == 404


@pytest.mark.parametrize("wanted", [("en", "xlsx"), ("nn", "pdf"), ("nn", "csv")])
def test_there_are_no_other_files(as_person, done, leader, wanted):
    url = address(done, "annual_report_tables", *wanted)
    assert as_person(leader).get(url).status_code == 404


def test_the_workbook_has_a_sheet_a_table_and_numbers_as_numbers(as_person, done, leader):
    answer = as_person(leader).get(address(done, "annual_report_tables", "nn", "xlsx"))
    assert answer["Content-Disposition"].endswith('"arsrapport-2025-nn-tabellar.xlsx"')
    book = fastexcel.read_excel(answer.content)
    found = tables(done)
    assert len(book.sheet_names) == 1 + len(found)
    assert all(len(name) <= 31 for name in book.sheet_names)
    months = next(at for at, each in enumerate(found, 1) if each.table.headings[0] == "Månad")
    rows = book.load_sheet(months, header_row=0).to_polars().rows()
    assert rows[0][:5] == ("2025-01", 124, 62, 124, 50.0)
    assert rows[1][1] is None, "February has no data, and that is not nought"


def test_every_row_of_a_long_table_stands_in_the_files_and_none_is_a_formula(done):
    content = annex.csv_files(done.figures, written=NOTHING_WRITTEN)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert set(texts) == {"0.csv"} | {f"{each.number}.csv" for each in tables(done)}
    told = next(text for text in texts.values() if "category 70" in text)
    assert told.count("\r\n") == 71
    assert "\r\n'=category 70;70\r\n" in told
    assert done.figures_sha256 in texts["0.csv"]
    book = fastexcel.read_excel(annex.workbook(done.figures, written=NOTHING_WRITTEN))
    sheet = next(name for name in book.sheet_names if "Deviations" in name)
    assert book.load_sheet(sheet).to_polars().rows()[0] == ("=category 1", 1)


@pytest.mark.parametrize("file_format", ["xlsx", "zip"])
def test_the_same_figures_give_the_same_file(done, file_format):
    make, _ = annex.FORMATS[file_format]
    stored = AnnualReport.objects.get(pk=done.pk)
    first, again = (make(each.figures, written=NOTHING_WRITTEN) for each in (done, stored))
    assert first == again


def test_the_files_have_the_chapters_of_the_report_alone(done):
    chapters = {each.chapter for each in tables(done, written=Written(left_out=["quality"]))}
    assert str(CHAPTERS["quality"].title) not in chapters
    assert len(chapters) == 3


def test_few_calls_are_hidden_in_the_files_too(cooperation, central, january):
    few = draft(cooperation=cooperation)
    few.figures["centrals"][0]["year"]["bands"] |= {"0-5": 2, "5-30": 29}
    found = {each.table.caption: each.table for each in tables(few, language="en")}
    bands = next(t for caption, t in found.items() if "by how long they waited" in caption)
    assert [row.cells[1] for row in bands.rows] == ["", "", 0, 0, 0]
    week = next(table for caption, table in found.items() if "hours of the week" in caption)
    counts = {row.cells[2] for row in week.rows}
    assert not counts & {1, 2, 3, 4}


def test_the_key_figures_of_two_years_stand_in_the_files(cooperation, central, january):
    calls_in_year(central=central, year=2024, months=(12,), source=january)
    made = draft(cooperation=cooperation)
    table = tables(made, language="en")[0].table
    assert [row.cells[:5] for row in table.rows] == [
        ("2024", 124, 62, 124, Decimal("50.0")),
        ("2025", 124, 62, 124, Decimal("50.0")),
    ]


def test_a_year_with_data_and_no_calls_can_be_read_and_taken(cooperation, central):
    calls_in_year(central=central)
    CallHour.objects.all().delete()
    made = draft(cooperation=cooperation)
    told = report_html(figures=made.figures, language="en", written=NOTHING_WRITTEN)
    assert "No calls are registered for 2025" in told
    assert [each.table.rows[0].cells[1:5] for each in tables(made)[:1]] == [(0, 0, 0, "")]


def test_each_edition_is_told_with_its_reason_and_its_files(as_person, done, leader, outsider):
    made = reports.begin_correction(
        report=done, reason="Timane var talde to gonger.", by=leader, at=AFTER_THE_YEAR
    )
    told = as_person(leader).get(address(made, "annual_report_editions")).text
    assert "Timane var talde to gonger." in told
    assert done.documents.first().pdf_sha256 in told
    assert "lvs-2min-v1" in told
    assert (
        address(made, "annual_report_editions")
        in as_person(leader).get(address(made, "annual_report")).text
    )
    assert as_person(outsider).get(address(done, "annual_report_editions")).status_code == 404


def test_a_partner_sees_the_issued_editions_alone(as_person, done, leader, partner_director):
    reports.begin_correction(report=done, reason="Feil.", by=leader, at=AFTER_THE_YEAR)
    found = queries.editions_of(done, user=partner_director)
    assert [each.edition for each in found] == [1]


def test_an_edition_that_was_corrected_leads_to_the_later_one_when_that_is_issued(
    as_person, done, leader, host_director, partner_director
):
    made = reports.begin_correction(report=done, reason="Feil.", by=leader, at=AFTER_THE_YEAR)
    browser, url = as_person(partner_director), address(done, "annual_report")
    assert "A corrected edition is issued" not in browser.get(url).text
    read = {"content_sha256": made.content_sha256, "at": AFTER_THE_YEAR}
    checked(made, by=leader)
    reports.approve(report=made, by=host_director, **read)
    reports.issue(report=made, by=leader, at=AFTER_THE_YEAR)
    told = browser.get(url).text
    assert "A corrected edition is issued" in told
    assert address(made, "annual_report") in told
    assert "edition 2" in browser.get(reverse("annual_reports")).text
