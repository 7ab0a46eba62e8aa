"""The invoice basis: rows that a machine can import, and their sums beside."""

import csv
import io
from dataclasses import replace
from decimal import Decimal
from zipfile import ZipFile

import fastexcel
import pytest
from django.utils.translation import override

from legevakt.lib.tables import as_csv, as_xlsx, download
from municipalities.costs.invoicing.basis import Entry, Posting, invoice_basis, sums
from tests.factories.claims import FEDJE, LATER, a_bare_claim, a_claim, a_line, credit_of

POSTING = Posting(unit_and_project="3410/7001")


def entry(claim, posting=POSTING):
    return Entry(claim=claim, municipality_number="4633", posting=posting)


def test_a_row_says_all_that_the_accounts_need():
    (row,) = invoice_basis([entry(a_claim(a_line("7167071")))]).rows
    assert row.cells == (
        "LV2026-0007",
        "4633",
        "Fedje kommune",
        "944041036",
        "4633-17",
        "Legevakt, 1. kvartal 2026",
        "2026-01-01",
        "2026-03-31",
        Decimal("7167071.00"),
        "O",
        "750",
        "290",
        "3410/7001",
        "350",
        "2026-04-01",
    )


def test_every_row_has_a_cell_for_every_heading():
    table = invoice_basis([entry(a_claim()), entry(a_bare_claim())])
    assert {len(row.cells) for row in table.rows} == {len(table.headings)}
    assert len(set(table.headings)) == len(table.headings)


def test_no_row_is_a_sum_and_the_sums_stand_beside():
    claim = a_claim()
    entries = [entry(claim), entry(credit_of(claim, **LATER)), entry(a_claim(a_line("10")))]

    amounts = [row.cells[8] for row in invoice_basis(entries).rows]

    assert amounts == [Decimal(each) for each in ("1000.50", "-0.25", "-1000.50", "0.25", "10.00")]
    assert [row.cells[1:] for row in sums(entries).rows] == [
        (2, Decimal("1010.25")),
        (1, Decimal("-1000.25")),
        (3, Decimal("10.00")),
    ]


def test_no_claims_sum_to_nought():
    assert invoice_basis([]).rows == ()
    assert [row.cells[1:] for row in sums([]).rows] == [(0, Decimal("0.00"))] * 3


def test_the_order_number_stands_where_there_is_no_reference():
    claim = a_bare_claim(buyer_reference="", order_reference="PO-1")
    assert invoice_basis([entry(claim)]).rows[0].cells[4] == "PO-1"


def test_csv_is_read_back_to_the_ore_with_leading_noughts():
    oslo = Entry(claim=a_claim(), municipality_number="0301", posting=POSTING)
    written = as_csv(invoice_basis([oslo])).removeprefix("\ufeff")

    first, second = list(csv.reader(io.StringIO(written), delimiter=";"))[1:]

    assert (first[1], first[8], second[8]) == ("0301", "1000,50", "-0,25")


def test_a_workbook_has_amounts_as_numbers_and_numbers_of_things_as_text():
    data = as_xlsx(invoice_basis([entry(a_claim())]))
    read = fastexcel.read_excel(data).load_sheet(0).to_polars()
    assert read.row(1)[1:9] == (
        "4633",
        "Fedje kommune",
        "944041036",
        "4633-17",
        "Legevakt, 1. kvartal 2026",
        "2026-01-01",
        "2026-03-31",
        -0.25,
    )


def test_a_text_is_never_run_as_a_formula():
    claim = a_claim(customer=replace(FEDJE, name="=1+1"), buyer_reference="@x")
    table = invoice_basis([entry(claim)])
    assert ";'=1+1;" in as_csv(table)
    with ZipFile(io.BytesIO(as_xlsx(table))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_it_is_downloaded_by_the_name_that_is_asked_for(file_format):
    table = invoice_basis([entry(a_claim())])
    answer = download(table, file_format=file_format, name="grunnlag")
    assert f'"grunnlag.{file_format}"' in answer["Content-Disposition"]


def test_days_and_codes_are_the_same_in_every_language():
    entries = [entry(a_claim())]
    with override("nn"):
        rows = invoice_basis(entries).rows
    assert rows == invoice_basis(entries).rows
