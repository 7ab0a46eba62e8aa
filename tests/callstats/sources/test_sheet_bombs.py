"""Workbooks made to be slow to read: a refusal by name, or the calls, within a few seconds."""

from __future__ import annotations

import time

import pytest

from callstats.sources import sheet_reading
from callstats.sources.frames import Unreadable
from tests.callstats.sources import workbooks
from tests.callstats.sources.tables import parsed, unreadable
from tests.callstats.sources.workbooks import cell, part, with_members, xlsx, zipped

HEAD = ["Id", "Dato", "Klokkeslett", "Kø", "Status", "Ventetid"]
ROW = ["a1", "24.10.2025", "21:51:03", "main", "Besvart", "00:01:30"]
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"
# Well under the size of any true workbook when packed.
MANY = 200_000
SECONDS = 8
REFUSALS = ("broken_spreadsheet", "archive_too_large", "missing_columns", "empty_file")


@pytest.fixture(autouse=True)
def soon():
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SECONDS


def told(data: bytes) -> str:
    """The refusal's name, or how many calls."""
    try:
        return str(parsed(data).calls.height)
    except Unreadable as error:
        return error.code


def changed(name: str, old: bytes, new: bytes) -> bytes:
    data = xlsx([HEAD, ROW])
    before = part(data, name)
    assert old in before
    return with_members(data, {name: before.replace(old, new, 1)})


def ods_of(text: bytes) -> bytes:
    data = workbooks.ods([[cell("Id")]])
    after = part(data, "content.xml").replace(b"<table:table-row>", text + b"<table:table-row>", 1)
    return with_members(data, {"content.xml": after})


@pytest.mark.parametrize(
    "text",
    [
        b'<table:table-row number-rows-repeated="2">' * MANY,
        b"<table:table-row " * MANY,
        b"<table:table-cell " * MANY,
        b"<table:table-row " + b'a="" ' * MANY,
        b'<table:table-row number-rows-repeated="' + b"9" * MANY,
    ],
)
def test_an_ods_of_rows_that_never_end(text):
    assert told(ods_of(text)) in REFUSALS


@pytest.mark.parametrize(
    "text",
    [
        b"<!--" + b'<sheet name="" ' * MANY + b"-->",
        b"<!--" + b'<x:sheet name="' * MANY + b"-->",
        b"<" + b"a:" * MANY,
        b'<a b="' + b" id=" * MANY,
    ],
)
def test_a_list_of_sheets_in_which_there_is_much_to_look_for(text):
    assert told(changed(BOOK, b"<sheets>", text + b"<sheets>")) in ("1", "broken_spreadsheet")


def test_links_to_sheets_that_never_end():
    data = changed(LINKS, b"<Relationship ", b"<Relationship " * MANY)

    assert told(data) == "broken_spreadsheet"


@pytest.mark.parametrize(
    "text",
    [
        b"<c " * MANY,
        b"<c " + b'r="A1" ' * MANY,
        b'<c r="A1"><f>' * MANY,
        b'<c r="A1"><f>' + b" " * MANY,
        b'<c r="A1"><f/>' + b" " * MANY + b"<v>" + b" " * MANY,
        b'<c r="A1"><f><v>' + b"<v>" * MANY,
    ],
)
def test_formulas_that_never_end(text):
    data = changed(SHEET, b"<sheetData>", b"<sheetData>" + b"<f/>" + text)

    assert told(data) in ("1", "broken_spreadsheet", "missing_columns", "empty_file")


def test_a_list_of_sheets_as_large_as_a_book():
    data = changed(BOOK, b"<sheets>", b"<!--" + b"0" * 20_000_000 + b"-->" + b"<sheets>")

    assert unreadable(data).code == "archive_too_large"


def test_a_text_that_is_laughed_a_billion_times():
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)
    ).encode()
    data = changed(BOOK, b"<workbook ", b"<!DOCTYPE workbook [" + laughs + b"]><workbook ")
    data = with_members(data, {BOOK: part(data, BOOK).replace(b"<sheets>", b"&l9;<sheets>")})

    assert told(data) in ("1", "broken_spreadsheet")


def test_a_text_that_a_million_cells_share_is_not_told_a_million_times(monkeypatch):
    monkeypatch.setattr(sheet_reading, "MAX_UNPACKED", 1_000)
    sheet = sheet_reading.sheet_in(xlsx([HEAD, *[["x" * 200] * 6] * 10]))

    with pytest.raises(Unreadable) as error:
        sheet_reading._packed(sheet)

    assert error.value.code == "archive_too_large"


def test_opening_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(sheet_reading, "_SECONDS", 0.01)

    assert unreadable(xlsx([HEAD, ROW])).code == "broken_spreadsheet"


def test_no_part_of_a_workbook_is_unpacked_where_it_is_sent(monkeypatch):
    """The process that serves people reads the table of contents alone."""
    good, bad = xlsx([HEAD, ROW]), zipped({"content.xml": "x"})
    monkeypatch.setattr("zipfile.ZipFile.open", None)
    monkeypatch.setattr("zipfile.ZipFile.read", None)

    assert parsed(good).calls.height == 1
    assert unreadable(bad).code == "broken_spreadsheet"
