"""Files of deviations: both forms, both written forms of Norwegian, and everything refused."""

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from municipalities.quality.deviations import files
from municipalities.quality.deviations.headings import month_of, state_of
from municipalities.quality.deviations.taken import Counted
from municipalities.quality.files import UnreadableFile

TODAY = date(2021, 2, 10)
HUSTADVIKA = (4, 2, 8, 68, 36, 42, 77, 65, 65, 84)
MONTHS = ["jan", "feb", "mars", "april", "mai", "juni", "juli", "aug", "sept", "okt", "nov", "des"]


def how(**changes):
    told = {"categories": ["HMS", "Legemiddel"], "severities": ["Låg", "Høg"], "today": TODAY}
    return files.Reading(**told | changes)


def read(text, **changes):
    return files.read(text.encode(), how=how(**changes))


def refused(text, **changes):
    with pytest.raises(UnreadableFile) as caught:
        read(text, **changes)
    return caught.value


def workbook(rows):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return written.getvalue()


def hustadvika():
    return [
        ["Avvik i Hustadvika"],
        ["Kategori", "Status", *(f"{name} 2020" for name in MONTHS), "Sum"],
        ["HMS", "Lukket", "", "", *HUSTADVIKA, 451],
        ["Sum", "", "", "", *HUSTADVIKA, 451],
    ]


def test_months_as_columns_are_read_and_an_empty_column_is_missing():
    found = files.read(workbook(hustadvika()), how=how())

    assert list(found.months) == [date(2020, month, 1) for month in range(3, 13)]
    assert sum(each.how_many for rows in found.months.values() for each in rows) == 451
    assert (found.rows_read, found.sums_left_out) == (2, 1)


def test_an_explicit_nought_is_a_month_without_deviations():
    found = read("Kategori;Status;jan 2020;feb 2020\nHMS;lukka;0;\n")

    assert found.months == {date(2020, 1, 1): ()}


@pytest.mark.parametrize(
    "text",
    [
        "Månad;Kategori;Alvorsgrad;Status;Tal\n2020-03;HMS;Låg;Lukka;4\n",
        "Måned;Kategori;Alvorlighetsgrad;Status;Antall\nmars 2020;hms;låg;Lukket;4\n",
        "År,Måned,Kategori,Alvorlighetsgrad,Status,Antall\n2020,3,HMS,Låg,Avsluttet,4\n",
        "Periode\tOmråde\tAlvorsgrad\tTilstand\tAntal\n03.2020\tHMS\tLåg\tavslutta\t4\n",
    ],
)
def test_a_row_for_each_count_is_read_with_headings_in_both_written_forms(text):
    assert read(text).months == {date(2020, 3, 1): (Counted("HMS", "Låg", "closed", 4),)}


def test_what_the_file_does_not_say_is_taken_from_the_form():
    found = read("Måned;Kategori;Antall\nmars;HMS;4\n", year=2020, state="new")

    assert found.months == {date(2020, 3, 1): (Counted("HMS", "", "new", 4),)}


def test_a_file_that_cannot_be_understood_is_refused():
    for text, code in (
        ("", "empty_file"),
        ("a;b\n1;2\n", "no_headings"),
        ("Måned;Status;Antall\n2020-03;Ny;1\n", "missing_column"),
        ("Måned;Kategori;Status\n2020-03;HMS;Ny\n", "missing_column"),
        ("Måned;Kategori;Antall\n2020-03;HMS;1\n", "no_state"),
        ("Kategori;Status\nHMS;Ny\n", "no_months"),
        ("Kategori;Status;mars;april\nHMS;Ny;1;2\n", "no_months"),
        ("Kategori;Status;mars 2020;2020-03\nHMS;Ny;1;2\n", "months_twice"),
        ("Kategori;Status;feb 2021\nHMS;Ny;1\n", "columns_not_over"),
        ("Måned;Mnd;Kategori;Status;Antall\n1;2;HMS;Ny;1\n", "heading_twice"),
    ):
        assert refused(text).code == code, text


def test_columns_of_texts_names_and_cases_are_refused_by_name():
    for heading in ("Beskrivelse", "Meldar", "Pasient", "Saksnr"):
        for text in (
            f"Måned;Kategori;Status;Antall;{heading}\n2020-03;HMS;Ny;1;Kari Nordmann\n",
            f"Kategori;Status;{heading};mars 2020\nHMS;Ny;Kari Nordmann;1\n",
        ):
            error = refused(text)

            assert (error.code, error.facts) == ("strange_columns", {"columns": heading})


def test_every_bad_cell_is_named_by_row_and_column_and_no_text_is_repeated():
    error = refused(
        "Måned;Kategori;Status;Antall\n2020-03;HMS;Kari;4\n2020-13;HMS;Ny;-1\n2021-02;HMS;Ny;1\n"
        ";HMS;Ny;1\n2020-05;;Ny;1\n2020-06;HMS;Ny;1\n2020-06;HMS;Ny;1\n"
    )

    assert [(each.row, each.column, each.code, each.given) for each in error.faults] == [
        (2, "Status", "not_a_state", ""),
        (3, "Måned", "not_a_month", "2020-13"),
        (3, "Antall", "not_a_count", "-1"),
        (4, "Måned", "not_over", "2021-02"),
        (5, "Måned", "empty", ""),
        (6, "Kategori", "empty", ""),
        (8, "Kategori", "twice", ""),
    ]


def test_unknown_names_are_named_and_added_only_when_asked():
    text = "Måned;Kategori;Alvorsgrad;Status;Antall\n2020-03;Bemanning;Kritisk;Ny;1\n"

    error = refused(text)
    found = read(text, is_added=True)

    assert (error.code, error.facts) == ("unknown_names", {"names": "Bemanning, Kritisk"})
    assert (found.new_categories, found.new_severities) == (("Bemanning",), ("Kritisk",))


def test_a_column_of_texts_that_is_called_category_is_refused():
    rows = "".join(f"2020-03;Ei hending nummer {n};Ny;1\n" for n in range(40))

    error = refused(f"Måned;Kategori;Status;Antall\n{rows}", is_added=True)

    assert error.code == "too_many_names"


@given(st.integers(1, 12), st.integers(2000, 2099))
def test_a_month_is_the_same_in_every_way_of_writing_it(month, year):
    ways = [
        f"{year}-{month:02}",
        f"{month:02}.{year}",
        f"{year}{month:02}",
        f"{year}-{month:02}-01",
    ]
    named = f"{MONTHS[month - 1]} {year}"

    assert {month_of(each, year=None) for each in [*ways, named]} == {date(year, month, 1)}
    assert month_of(MONTHS[month - 1], year=year) == date(year, month, 1)


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text):
    month_of(text, year=2020)
    assert state_of(text) in {None, "new", "in_progress", "measures", "closed"}
