import io
from datetime import date, time
from decimal import Decimal

import pytest
import xlsxwriter

from callstats.sources import asterisk_queue_log, sheet_reading, table
from callstats.sources.frames import Unreadable
from tests.callstats.sources import workbooks
from tests.callstats.sources.tables import MAPPING, NOW, parsed, refused, settings, unreadable
from tests.callstats.sources.workbooks import Shown, cell, part, with_members, xls, xlsx, zipped

HEAD = ["Id", "Dato", "Klokkeslett", "Kø", "Status", "Ventetid"]
ROW = ["a1", "24.10.2025", "21:51:03", "main", "Besvart", "00:01:30"]
AT = "2025-10-24T19:51:03+00:00"
# 45954.910451388886 in the 1900 system
MOMENT = 45954.910451388886
ALONE = MAPPING | {"columns": MAPPING["columns"] | {"arrived_at": "Dato"}}


def arrivals(data: bytes, mapping: dict = MAPPING) -> list[str]:
    return [at.isoformat() for at in parsed(data, mapping).calls["arrived_at"]]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_text_cells_are_read_as_a_csv_is(make):
    told = parsed(
        make([["Rapport"], [], HEAD, ROW, [None], ["Sum: 1"]]), MAPPING | {"footer_regex": "^Sum"}
    )

    [call] = told.calls.to_dicts()
    assert (call["line"], call["arrived_at"].isoformat()) == (4, AT)
    assert (call["queue"], call["wait_seconds"]) == ("main", Decimal(90))
    assert (told.received, told.ignored) == (1, 4)


MIXED = [
    (Shown(date(2025, 10, 24), "date"), Shown(time(21, 51, 3), "time")),
    (Shown(date(2025, 10, 24), "date"), 0.9104513889),
    ("24.10.2025", 0.910451389),
    ("24.10.2025", Shown(time(21, 51, 3), "time")),
    (45954, 0.9104513889),
    (Shown(date(2025, 10, 24), "date"), "21:51:03"),
]


def test_day_and_clock_may_be_any_mix_of_text_and_number():
    rows = [[n, day, clock, *ROW[3:]] for n, (day, clock) in enumerate(MIXED)]

    assert arrivals(xlsx([HEAD, *rows])) == [AT] * len(MIXED)


@pytest.mark.parametrize("is_1904", [False, True])
def test_both_calendars_tell_the_same_moment(is_1904):
    serial = MOMENT - (1462 if is_1904 else 0)
    rows = [HEAD, ["a", Shown(serial, "moment"), *ROW[2:]]]
    rows += [["b", serial, *ROW[2:]]]
    rows += [["c", "24.10.2025 21:51:03", *ROW[2:]]]

    assert arrivals(xlsx(rows, date_1904=is_1904), ALONE) == [AT] * 3
    assert arrivals(xls(rows, is_1904=is_1904), ALONE) == [AT] * 3


WAITS = [
    (Shown(time(0, 1, 30), "time"), 90),
    (Shown(0.001041667, "time"), 90),
    (Shown(0.05, "span"), 4320),
    ("1:30", 90),
    (90, 90),
    (12.5, Decimal("12.5")),
]


@pytest.mark.parametrize("is_1904", [False, True])
def test_a_wait_may_be_a_clock_a_span_or_a_number(is_1904):
    rows = [[n, *ROW[1:5], shown] for n, (shown, _) in enumerate(WAITS)]

    told = parsed(xlsx([HEAD, *rows], date_1904=is_1904))

    assert told.calls["wait_seconds"].to_list() == [seconds for _, seconds in WAITS]


def test_a_bare_fraction_of_a_day_is_a_wait_where_the_mapping_says_so():
    told = parsed(xlsx([HEAD, [*ROW[:5], 0.001041667]]), MAPPING | {"duration_unit": "d"})

    assert told.calls["wait_seconds"].to_list() == [90]


def test_numbers_are_written_without_a_point_and_text_keeps_its_zeros():
    told = parsed(xlsx([HEAD, [301, *ROW[1:]], ["0301", *ROW[1:]]]))

    assert told.calls["external_id"].to_list() == ["301", "0301"]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_large_number_has_lost_its_digits_and_a_text_has_not(make):
    ids = [1234567890123456789, "1234567890123456789", "1234567890123457024", 9007199254740991]

    told = parsed(make([HEAD, *([one, *ROW[1:]] for one in ids)]))

    assert refused(told) == [(2, None, "lossy_id")]
    assert told.calls["external_id"].to_list() == [ids[1], ids[2], "9007199254740991"]


def test_ods_is_read_with_its_dates_and_times():
    rows = [[cell(name) for name in HEAD]]
    rows += [[cell("301", "float"), cell("2025-10-24", "date"), cell("PT21H51M03S", "time")]]
    rows[1] += [cell("main"), cell("Besvart"), cell("PT00H01M30S", "time")]

    [call] = parsed(workbooks.ods(rows)).calls.to_dicts()

    assert (call["external_id"], call["arrived_at"].isoformat()) == ("301", AT)
    assert call["wait_seconds"] == 90


def book_of_three() -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        book.add_worksheet("Tom")
        hidden = book.add_worksheet("Skjult")
        workbooks.fill(book, hidden, [HEAD, ["hidden", *ROW[1:]]])
        hidden.hide()
        workbooks.fill(book, book.add_worksheet("Anrop & kø"), [HEAD, ROW])
    return kept.getvalue()


def test_the_first_visible_sheet_with_text_is_taken_unless_one_is_named():
    read = {
        wanted: parsed(book_of_three(), MAPPING | {"sheet": wanted}).calls["external_id"].to_list()
        for wanted in (None, "Anrop & kø", 3, 2)
    }

    assert read == {None: ["a1"], "Anrop & kø": ["a1"], 3: ["a1"], 2: ["hidden"]}
    assert unreadable(book_of_three(), MAPPING | {"sheet": "Ark9"}).code == "no_sheet"
    assert unreadable(book_of_three(), MAPPING | {"sheet": 4}).params == {"sheet": 4}
    assert unreadable(book_of_three(), MAPPING | {"sheet": 1}).code == "empty_file"


def test_merged_titles_and_junk_in_the_zip_are_no_hindrance():
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:F1", "Anrop i oktober")
        for c, (name, value) in enumerate(zip(HEAD, ROW, strict=True)):
            sheet.write(2, c, name)
            sheet.write(3, c, value)
    junk = {"__MACOSX/._a.xlsx": b"\x00\x05", "docProps/thumb.jpeg": b"\xff\xd8"}

    told = parsed(with_members(kept.getvalue(), junk))

    assert (told.calls["line"].to_list(), told.ignored) == ([4], 2)


def test_a_formula_gives_its_stored_value_and_without_one_the_row_is_refused():
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Anrop & kø")
        workbooks.fill(book, sheet, [[*HEAD, "Merk"], ROW, ["a2", *ROW[1:]], ["a3", *ROW[1:]]])
        sheet.write_formula("F2", "=30+30", value=60)
        sheet.write_formula("F3", "=30+30", value="")
        sheet.write_formula("G4", "=1+1", value="")

    told = parsed(kept.getvalue())

    assert told.calls.select("external_id", "wait_seconds").rows() == [("a1", 60), ("a3", 90)]
    assert refused(told) == [(3, None, "formula_without_value")]


def test_columns_by_number_count_from_a_even_where_a_is_empty():
    columns = {"id": 2, "arrived_at": [3, 4], "queue": 5, "outcome": 6, "wait_seconds": 7}

    told = parsed(xlsx([[None, *ROW]]), MAPPING | {"columns": columns, "header_line": "none"})

    assert told.calls["external_id"].to_list() == ["a1"]


def bomb() -> bytes:
    return with_members(xlsx([HEAD]), {"xl/worksheets/sheet1.xml": b"0" * 300_000_000})


def lying_bomb() -> bytes:
    """A member that declares a thousandth of what it unpacks to."""
    data = zipped({"xl/workbook.xml": "<workbook/>", "big.xml": b"0" * 20_000_000})
    return data.replace((20_000_000).to_bytes(4, "little"), (20_000).to_bytes(4, "little"))


def sparse_bomb() -> bytes:
    """Two cells, so far apart that the sheet between them fits no memory."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "Id")
        sheet.write("XFD1048576", "Id")
    return kept.getvalue()


def repeating_bomb() -> bytes:
    wide = cell("Id").replace(
        "<table:table-cell ", '<table:table-cell table:number-columns-repeated="16000" '
    )
    data = workbooks.ods([[wide]])
    return with_members(
        data,
        {
            "content.xml": part(data, "content.xml").replace(
                b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">'
            )
        },
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xlsx([HEAD, ROW])[:2000], "broken_spreadsheet"),
        (xlsx([HEAD, ROW])[:-30], "broken_spreadsheet"),
        (b"PK\x03\x04" + b"x" * 100, "broken_spreadsheet"),
        (OLE + b"rest", "broken_spreadsheet"),
        (xls([HEAD, ROW])[:600], "broken_spreadsheet"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_spreadsheet"),
        (zipped({"calls.csv": "a;b"}), "archive_not_supported"),
        (zipped({"xl/workbook.xml": "<not xml"}), "broken_spreadsheet"),
        (with_members(xlsx([HEAD]), {"xl/worksheets/sheet1.xml": "<a"}), "broken_spreadsheet"),
        (bomb(), "archive_too_large"),
        (lying_bomb(), "broken_spreadsheet"),
        (sparse_bomb(), "archive_too_large"),
        (repeating_bomb(), "archive_too_large"),
        (xlsx([]), "empty_file"),
        (xlsx([["Id", "Dato"], ["1", "2"]]), "missing_columns"),
    ],
)
def test_a_workbook_that_gives_no_calls_is_named(data, code):
    assert unreadable(data).code == code


def test_an_encrypted_ods_is_named():
    manifest = '<manifest:encryption-data manifest:checksum="x"/>'
    locked = zipped({"content.xml": "x", "META-INF/manifest.xml": manifest})

    assert unreadable(locked).code == "encrypted_spreadsheet"


def test_only_the_table_takes_a_workbook(tmp_path, log_settings):
    path = tmp_path / "anrop.xlsx"
    path.write_bytes(xlsx([HEAD, ROW]))

    assert table.read_calls(path, settings=settings()).calls.height == 1
    with pytest.raises(Unreadable) as error:
        asterisk_queue_log.read_events(path, settings=log_settings)
    assert error.value.code == "spreadsheet_not_supported"
    assert log_settings.now == NOW


def test_a_workbook_that_ends_the_process_that_opens_it_ends_no_other(monkeypatch):
    monkeypatch.setattr(sheet_reading, "_MODULE", "callstats.sources.no_such_module")

    assert unreadable(xlsx([HEAD, ROW])).code == "broken_spreadsheet"
