"""An accounts file as CSV and XLSX to the lines of a pool, and what is refused of it."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from municipalities.costs.accounts import headings
from municipalities.costs.accounts.errors import UnreadableAccounts
from municipalities.costs.accounts.files import Reading, read
from municipalities.costs.accounts.kostra import usual_treatments
from municipalities.costs.accounts.previews import sums_of_lines

SAMPLE = Path("tests/samples/accounts/rekneskap_t1.csv").read_bytes()
COLUMNS = {
    "unit": "Ansvar",
    "function": "Funksjon",
    "art": "Art",
    "text": "Artstekst",
    "month": "Periode",
    "project": "Prosjekt",
    "budget": "Budsjett",
    "amount": "Rekneskap",
}
SELECTION = {
    "legevakt": {"unit": ["3420"]},
    "lvs": {"unit": ["3421"]},
    "daytime": {"unit": ["3422"], "function": ["241"]},
}
HEAD = "Funksjon;Art;Beløp"
SMALL = {"function": "Funksjon", "art": "Art", "amount": "Beløp"}


def how(pool="legevakt", **changes):
    given = {
        "columns": COLUMNS,
        "selection": SELECTION,
        "treatments": usual_treatments(),
        "up_to_month": 4,
    }
    return Reading(pool=pool, year=2025, **given | changes)


def small(text, **changes):
    data = text if isinstance(text, bytes) else text.encode()
    return read(data, how=how(**{"columns": SMALL, "selection": {}} | changes))


def workbook(*rows):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, tuple):
                    sheet.write_formula(place, column, cell[0], None, cell[1])
                else:
                    sheet.write(place, column, cell)
    return written.getvalue()


def refused(data, **changes):
    with pytest.raises(UnreadableAccounts) as caught:
        small(data, **changes)
    return caught.value


def test_each_pool_gets_its_rows_and_nothing_is_lost():
    """The second way: the file's own lines, summed by their first characters."""
    rows = [line.split(";") for line in SAMPLE.decode("utf-8-sig").splitlines()]
    for pool, unit in (("legevakt", "3420"), ("lvs", "3421"), ("daytime", "3422")):
        found = read(SAMPLE, how=how(pool))
        own = [row for row in rows if row[0].startswith(unit)]

        assert len(found.lines) == len(own)
        assert found.total == sum(Decimal(row[7].replace(",", ".")) for row in own)
        assert found.rows_read == len(found.lines) + found.rows_left_out
        assert found.left_out["without_codes"] == 3
        assert found.of_others == 0
    assert {each.month for each in found.lines} == {1, 2, 3, 4}


def test_own_revenue_is_deducted_and_the_partners_payment_is_not():
    sums = sums_of_lines(read(SAMPLE, how=how()))

    assert sums.net == sums.gross - sums.own_revenue
    assert sums.from_partners == 1_800_000
    assert sums.own_revenue > 0
    assert sums.gross == sums.wages + sums.running + sums.capital


def test_the_budget_column_is_read_by_itself():
    found = read(SAMPLE, how=how(value="budget"))

    assert all(line.month is None for line in found.lines)
    assert found.left_out["without_amount"] > 0
    assert next(line.amount for line in found.lines if line.art == "190") == 1_159_000


@pytest.mark.parametrize(
    "data",
    [
        f"{HEAD}\n290;010;1234,50\n290;700;-100\n",
        f"{HEAD}\r\n290;10;1 234,5\r\n290;700;−100,00\r\n".encode("utf-8-sig"),
        "Løyving;Funksjon;Art;Beløp\nø;290;010 Fastløn;1234.50\nø;290;700;-100".encode("cp1252"),
        "Funksjon\tArt\tBeløp\n290\t010\t1234,50\n290\t700\t-100",
        'Funksjon,Art,Beløp\n290,010,"1234,50"\n290,700,-100',
        "Beløp;Art;Funksjon\n1234,50;010;290\n-100;700;290",
        workbook(
            ["Rekneskap", "", ""],
            ["Funksjon", "Art", "Beløp"],
            [290, 10, 1234.5],
            [290, 700, ("=-50-50", -100)],
            ["Sum", "", ("=SUM(C3:C4)", 1134.5)],
        ),
    ],
    ids=["UTF-8", "BOM and hard blanks", "Latin-1", "tab", "comma", "order", "XLSX"],
)
def test_files_of_every_kind_tell_the_same(data):
    found = small(data)

    assert [(line.function, line.art, line.amount) for line in found.lines] == [
        ("290", "010", Decimal("1234.50")),
        ("290", "700", Decimal("-100.00")),
    ]


def test_revenue_without_a_minus_gets_it():
    found = small(f"{HEAD}\n290;010;1000\n290;700;100", is_revenue_positive=True)
    assert [line.amount for line in found.lines] == [1000, -100]


@pytest.mark.parametrize(
    ("rows", "row", "field", "code"),
    [
        ("290;777;1", 2, "art", "unknown_art"),
        ("290;010;1\n290;10100;1", 3, "art", "not_a_code"),
        ("٢٩٠;010;1", 2, "function", "not_a_code"),
        (";010;1", 2, "function", "empty"),
        ("290;010;1.234", 2, "amount", "ambiguous"),
        ("290;010;1.234,50", 2, "amount", "ambiguous"),
        ("290;010;Kari Nordmann", 2, "amount", "not_an_amount"),
        ("290;010;=A1", 2, "amount", "formula"),
        ("290;010;999999999999,00", 2, "amount", "too_large"),
        ("290;010;1;2", 2, "", "more_cells_than_headings"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_nothing_is_taken(rows, row, field, code):
    error = refused(f"{HEAD}\n{rows}")

    assert error.code == "rows_refused"
    fault = error.faults[0]
    assert (fault.row, fault.field, fault.code) == (row, field, code)
    assert "Nordmann" not in fault.given


def test_an_art_that_the_cooperation_has_chosen_is_known():
    found = small(f"{HEAD}\n290;777;1", treatments=usual_treatments() | {"777": "running"})
    assert found.lines[0].treatment == "running"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n", "empty_file"),
        (b"PK\x03\x04broken", "broken_sheet"),
        (b"\x00\x01\x02", "not_text"),
        (b"x" * (headings.MAX_BYTES + 1), "too_large"),
        ("Funksjon;Art\n290;010", "missing_column"),
        ("Funksjon;Art;Beløp;Beløp\n290;010;1;2", "heading_twice"),
        (f"{HEAD}\n;;5\nSum;;6", "no_lines"),
        (HEAD + "\n;;1" * headings.MAX_ROWS, "too_many_rows"),
    ],
    ids=["empty", "blank", "broken", "binary", "large", "column", "alike", "sums", "rows"],
)
def test_a_file_that_tells_nothing_is_refused(data, code):
    assert refused(data).code == code


def test_a_formula_that_no_program_has_worked_out_is_refused():
    sheet = workbook(["Funksjon", "Art", "Beløp"], [290, 10, ("=1+1", "")])
    assert refused(sheet).faults[0].code == "formula"


def test_a_mapping_that_forgets_the_pool_or_a_column_is_refused():
    selection = {"lvs": {"unit": ["3421"]}}
    assert refused(f"{HEAD}\n290;010;1", selection=selection).code == "no_selection"
    assert refused(f"{HEAD}\n290;010;1", value="budget").code == "field_without_column"


def test_lines_that_another_pool_takes_too_are_counted():
    both = {"legevakt": {"function": ["290"]}, "lvs": {"art": ["010"], "function": ["290"]}}
    found = small(f"{HEAD}\n290;010;1\n290;020;1\n241;010;1", selection=both)
    assert (len(found.lines), found.of_others, found.left_out) == (2, 1, {"of_others": 1})


@pytest.mark.parametrize(
    ("period", "code"),
    [("202505", "after_the_month"), ("202404", "other_year"), ("17", "not_a_month")],
)
def test_months_must_be_of_the_year_and_within_what_is_asked(period, code):
    columns = SMALL | {"month": "Periode"}
    assert refused(f"{HEAD};Periode\n290;010;1;{period}", columns=columns).faults[0].code == code


def test_closing_entries_count_in_december():
    columns = SMALL | {"month": "Periode"}
    found = small(f"{HEAD};Periode\n290;010;1;202513", columns=columns, up_to_month=12)
    assert found.lines[0].month == 12


def test_headings_are_guessed_from_the_file():
    assert headings.guessed(headings.rows_of(SAMPLE)) == COLUMNS


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(usual_treatments())),
            st.decimals(min_value=-(10**9), max_value=10**9, places=2),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_what_is_written_is_read_to_the_ore(lines):
    rows = "".join(f"\n290;{art};{str(amount).replace('.', ',')}" for art, amount in lines)
    found = small(HEAD + rows)
    assert [(line.art, line.amount) for line in found.lines] == lines
