"""The file a spreadsheet opens."""

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from legevakt.lib.tables import Row, Table, as_csv, as_xlsx


def table(*cells):
    headings = tuple(f"h{n}" for n in range(len(cells)))
    return Table(caption="c", headings=headings, rows=(Row(cells=cells),))


def test_numbers_have_a_decimal_comma_and_fields_a_semicolon():
    assert as_csv(table("Oktober", 2811, Decimal("82.6"))) == (
        "\ufeffh0;h1;h2\r\nOktober;2811;82,6\r\n"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_would_run_as_a_formula_is_escaped(start):
    written = as_csv(table(f"{start}1+1"))

    assert f"'{start}1+1" in written


def test_a_text_with_a_semicolon_stays_one_field():
    assert '"a;b"' in as_csv(table("a;b"))


def test_headings_are_escaped_too():
    written = as_csv(Table(caption="c", headings=("=x",), rows=()))

    assert written == "\ufeff'=x\r\n"


def test_a_workbook_keeps_the_last_zero_as_the_screen_does():
    with ZipFile(BytesIO(as_xlsx(table("Oktober", Decimal("76.0"))))) as book:
        assert 'formatCode="0.0"' in book.read("xl/styles.xml").decode()
