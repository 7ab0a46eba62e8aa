"""A file of shifts in any of the languages, as CSV or XLSX, and what is refused of it."""

import io
from datetime import date

import pytest
import xlsxwriter

from legevakt.lib import workbooks
from municipalities.doctors import shift_files
from municipalities.doctors.shift_files import TakesPart, UnreadableShifts
from municipalities.doctors.shift_rules import Counts, Key, Row

ALVER = [TakesPart(municipality_id=1, starts_date=date(2022, 1, 1))]
FEDJE = [TakesPart(municipality_id=2, starts_date=date(2022, 1, 1), ends_date=date(2025, 2, 1))]
PARTICIPANTS = {"4631": ALVER, "alver": ALVER, "4633": FEDJE, "fedje": FEDJE, "0301": ALVER}
HEAD = "Kommunenummer;Frå;Til;Skyldige;Leverte;Innleigde;Udekte"
JANUARY = Key(1, date(2025, 1, 1), date(2025, 2, 1))


def read(text, *, encoding="utf-8"):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return shift_files.read(data, participants=PARTICIPANTS)


def refused(*rows):
    return [(each.line, each.field, each.code) for each in read("\n".join([HEAD, *rows])).refused]


def workbook(*rows):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(place, column, cell, day)
                elif isinstance(cell, tuple):
                    sheet.write_formula(place, column, cell[0], None, cell[1])
                else:
                    sheet.write(place, column, cell)
    return written.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n4631;01.01.2025;31.01.2025;10;8;1;1",
        "Kommune;Fra;Til og med;Skyldige;Leverte;Innleide;Udekkede\n"
        "Alver;1.1.2025;31.1.2025;10;8;1;1",
        "owed,delivered,hired,unfilled,municipality,from,to\n10,8,1,1,ALVER,2025-01-01,2025-01-31",
        f"Vakter i legevakta\n\n{HEAD}\n4631 Alver;1.1.2025;31.1.2025;10;8;1;1\nSum;;;10;8;1;1",
    ],
    ids=["nynorsk", "bokmål", "English", "title and sum"],
)
def test_columns_are_known_in_each_language_and_any_order(text):
    found = read(text)
    assert [(row.key, row.counts) for row in found.rows] == [(JANUARY, Counts(10, 8, 1, 1))]
    assert not found.refused


def test_a_file_of_old_windows_is_read_and_what_is_not_told_is_none():
    found = read(
        "Kommune\tFrå\tTil\tSkyldige\tLeverte\nAlver\t1.1.2025\t31.1.2025\t10\t10",
        encoding="cp1252",
    )
    assert found.rows == [Row(2, JANUARY, Counts(10, 10))]


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("9999;1.1.2025;31.1.2025;1;1;0;0", "municipality", "unknown_municipality"),
        ("Bergen;1.1.2025;31.1.2025;1;1;0;0", "municipality", "unknown_municipality"),
        (";1.1.2025;31.1.2025;1;1;0;0", "municipality", "missing_field"),
        ("4633;1.2.2025;28.2.2025;1;1;0;0", "municipality", "not_taking_part"),
        ("4631;31.2.2025;31.3.2025;1;1;0;0", "from", "invalid_date"),
        ("4631;1.1.25;31.1.2025;1;1;0;0", "from", "invalid_date"),
        ("4631;1.1.2025;;1;1;0;0", "to", "missing_field"),
        ("4631;1.1.2025;31.12.2024;1;1;0;0", "to", "ends_before_start"),
        ("4631;1.1.2025;31.1.2025;;1;0;0", "owed", "missing_field"),
        ("4631;1.1.2025;31.1.2025;1;-1;0;0", "delivered", "negative"),
        ("4631;1.1.2025;31.1.2025;1;1,5;0;0", "delivered", "invalid_number"),
        ("4631;1.1.2025;31.1.2025;1;1;fire;0", "hired", "invalid_number"),
        ("4631;1.1.2025;31.1.2025;1;1;0;=A2", "unfilled", "formula"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused_with_its_place(row, field, code):
    assert refused(row) == [(2, field, code)]


def test_lines_are_counted_as_they_stand_in_the_file():
    assert refused("", "4631;1.1.2025;31.1.2025;1;1;0;0", "", "x;;;;;;")[0][0] == 5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\x89PNG\x00\x00", "not_text"),
        (b"PK\x03\x04 no workbook", "broken_sheet"),
        (b"Kommune;Til;Leverte\n", "no_header"),
    ],
)
def test_a_file_that_gives_nothing_says_why(data, code):
    with pytest.raises(UnreadableShifts) as refused:
        read(data)
    assert refused.value.code == code


def test_the_lacking_columns_are_named(monkeypatch):
    with pytest.raises(UnreadableShifts) as refused:
        read("Kommune;Til;Leverte\n")
    assert refused.value.params == {"columns": ["from", "owed"]}
    monkeypatch.setattr(shift_files, "MAX_ROWS", 1)
    with pytest.raises(UnreadableShifts, match="too_many_rows"):
        read(f"{HEAD}\n" + "4631;1.1.2025;31.1.2025;1;1;0;0\n" * 2)


def test_a_workbook_is_read_and_a_formula_only_where_it_has_its_value():
    data = workbook(
        ["Vakter"],
        ["", "Kommune", "Fra", "Til", "Skyldige", "Leverte"],
        ["", 4631, date(2025, 1, 1), date(2025, 1, 31), 10, ("=4+4", 8)],
        ["", "Alver", date(2025, 2, 1), date(2025, 2, 28), 10, ("=4+4", "")],
    )
    found = read(data)
    assert found.rows == [Row(3, JANUARY, Counts(10, 8))]
    assert [(each.line, each.field, each.code) for each in found.refused] == [
        (4, "delivered", "formula")
    ]


def test_a_workbook_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(workbooks, "_SECONDS", 0.01)
    with pytest.raises(UnreadableShifts, match="broken_sheet"):
        read(workbook(["Kommune"]))
