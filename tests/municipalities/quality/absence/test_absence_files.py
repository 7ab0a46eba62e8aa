"""Files of sickness absence: headings in both written forms, and everything refused."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from municipalities.quality.absence import files
from municipalities.quality.absence.files import Told
from municipalities.quality.files import UnreadableFile

TODAY = date(2025, 11, 10)
HEAD = "År;Kvartal;Enhet;Ansatte;Avtalte dagsverk;Legemeldt;Egenmeldt;Korttid;Langtid\n"
FOUND = Told(2025, 2, "Legevakta", 40, *map(Decimal, ("2000", "110.5", "30", "50.5", "90")))


def read(text, **changes):
    data = text if isinstance(text, bytes) else text.encode()
    return files.read(data, **{"units": [], "year": None, "today": TODAY} | changes)


def refused(text, **changes):
    with pytest.raises(UnreadableFile) as caught:
        read(text, **changes)
    return caught.value


@pytest.mark.parametrize("quarter", ["2", "Q2", "2. kvartal", "2.0", "2025-2", "K2 2025", "2025K2"])
def test_a_quarter_is_read_in_its_ways(quarter):
    text = f"{HEAD}2025;{quarter};Legevakta;40;2 000;110,5;30;50,5;90\n"

    assert read(text).rows == (FOUND,)


def test_a_workbook_in_nynorsk_is_read_and_its_sums_left_out():
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        heading = "Kvartal|Eining|Tilsette|Avtalte dagsverk|Legemeldt|Eigenmeldt"
        sheet.write_row(0, 0, heading.split("|"))
        sheet.write_row(1, 0, [2, "legevakta", 40, 2000, 110.5, 30])
        sheet.write_row(2, 0, ["Sum", "", 40, 2000, 110.5, 30])

    found = read(written.getvalue(), year=2025, units=["Legevakta"])

    assert found.rows == (FOUND._replace(short=None, long=None),)
    assert found.sums_left_out == 1


def test_every_bad_cell_is_named_by_row_and_column():
    error = refused(
        HEAD + "2025;5;A;40;2000;1;1;1;1\n2025;4;A;40;2000;1;1;1;1\n2025;1;;x;2000;-1;1;1;1\n"
        "2025;1;B;40;1;1;1;1;1\n2025;1;C;40;100;1;1;1;\n2025;1;D;40;100;1;1;1;2\n"
        "2025;1;E;4;0;0;0;;\n2025;1;F;4;9;0;0;;\n2025;1;f;4;9;0;0;;\n"
    )

    assert [(each.row, each.column, each.code) for each in error.faults] == [
        (2, "Kvartal", "not_a_quarter"),
        (3, "Kvartal", "quarter_not_over"),
        (4, "Enhet", "empty"),
        (4, "Ansatte", "not_a_count"),
        (4, "Legemeldt", "not_days"),
        (5, "Legemeldt", "more_than_agreed"),
        (6, "Langtid", "half_a_split"),
        (7, "Korttid", "split_is_not_all"),
        (8, "Avtalte dagsverk", "nothing_agreed"),
        (10, "Enhet", "twice"),
    ]


def test_a_file_that_cannot_be_understood_is_refused():
    for text, code in (
        ("", "empty_file"),
        (HEAD, "no_rows"),
        ("Enhet;Ansatte\nA;3\n", "missing_column"),
        (HEAD.replace("\n", ";Diagnose\n") + "2025;1;A;40;9;1;1;1;1;J06\n", "strange_columns"),
        (HEAD.replace("\n", ";\n") + "2025;1;A;40;9;1;1;1;1;Kari\n", "strange_columns"),
        (HEAD.replace("År", "Kvartal"), "heading_twice"),
    ):
        assert refused(text).code == code, text


def test_a_quarter_needs_its_year():
    text = HEAD.replace("År;", "") + "1;A;40;90;1;1;1;1\n"

    assert refused(text).faults[0].code == "quarter_without_year"
    assert read(text, year=2024).rows[0][:2] == (2024, 1)
