"""A chapter with a table of 2,000 rows: it is cut, says so, and is rendered in bounded time."""

import re
import subprocess
import time
from dataclasses import replace

import pytest

from legevakt.lib.tables import Row, Table
from municipalities.queries import Page
from reporting.annual_report.chapters import CHAPTERS, Section
from reporting.annual_report.document.chapters import MOST_ROWS, chapters_of
from reporting.annual_report.document.drawing import pdf_of
from reporting.annual_report.document.written import NOTHING_WRITTEN
from reporting.annual_report.figures import figures_for
from tests.factories.reporting import AFTER_THE_YEAR, calls_in_year

ROWS = 2_000


@pytest.fixture
def figures(cooperation, central):
    calls_in_year(central=central)
    return figures_for(cooperation=cooperation, year=2025, at=AFTER_THE_YEAR)


def with_rows(monkeypatch, count):
    """The chapter on economy tells one table of so many rows."""
    rows = tuple(Row((f"Line {number}", number)) for number in range(1, count + 1))
    table = Table("Many", ("Line", "Number"), rows)
    section = Section(key="many", title="Many lines", page=Page(lead="", tables=(table,)))
    chapter = replace(CHAPTERS["economy"], sections=lambda _figures: (section,))
    monkeypatch.setitem(CHAPTERS, "economy", chapter)


def tables(figures):
    chapters = chapters_of(figures, written=NOTHING_WRITTEN)
    economy = next(each for each in chapters if each["code"] == "economy")
    return economy["sections"][0]["tables"]


def test_a_long_table_is_cut_and_says_how_much_of_it_is_shown(figures, monkeypatch):
    with_rows(monkeypatch, ROWS)
    (table,) = tables(figures)

    assert len(table["rows"]) == MOST_ROWS == 60
    assert table["rows"][-1][0] == "Line 60"
    assert table["more"] == "60 of 2,000 rows are shown here. The annex has them all."


@pytest.mark.parametrize(("count", "is_cut"), [(1, False), (60, False), (61, True)])
def test_only_a_longer_table_is_cut(figures, monkeypatch, count, is_cut):
    with_rows(monkeypatch, count)
    (table,) = tables(figures)

    assert bool(table["more"]) == is_cut
    assert len(table["rows"]) == min(count, MOST_ROWS)


def test_a_table_without_rows_is_left_out(figures, monkeypatch):
    with_rows(monkeypatch, 0)

    assert tables(figures) == []


@pytest.mark.pdf
def test_the_file_with_a_long_table_is_made_in_bounded_time(figures, monkeypatch):
    with_rows(monkeypatch, 1)
    began = time.monotonic()
    pdf_of(figures=figures, language="nn")
    short = time.monotonic() - began
    with_rows(monkeypatch, ROWS)
    began = time.monotonic()
    content = pdf_of(figures=figures, language="nn")
    long = time.monotonic() - began

    assert long < 2 * short + 5, f"{long:.1f} s against {short:.1f} s with one row"
    words = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    read = re.findall(r"Line (\d+)", words.stdout.decode())
    assert read == [str(number) for number in range(1, MOST_ROWS + 1)]
