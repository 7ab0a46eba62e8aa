"""Reports of counts: which columns, which periods, and what is no count."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from callstats.sources.aggregate_headers import meaning
from callstats.sources.aggregate_table import LINES, PERIODS, aggregates_in, read_aggregates
from callstats.sources.frames import Unreadable
from municipalities.models import LineClass
from tests.callstats.sources.workbooks import (
    Shown,
    cell,
    fill,
    ods,
    part,
    with_members,
    xls,
    xlsx,
    zipped,
)

SAMPLES = Path(__file__).parents[2] / "samples" / "aggregates"
NOW = datetime(2025, 11, 10, 12, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")
HEADER = "period_from,period_to,line,offered,answered,abandoned,within_20,within_120"


def read(text, *, zone="Europe/Oslo", now=NOW):
    return aggregates_in(text, zone=zone, now=now)


def refused(parsed):
    return [(row["line"], row["field"], row["code"]) for row in parsed.refused.to_dicts()]


def period(start, end="", *, header="period_from,period_to,offered,answered"):
    """(local begin, local end) of one row, or the refusal's (field, code)."""
    parsed = read(f"{header}\n{start},{end},1,1\n")
    if parsed.rows.is_empty():
        return refused(parsed)[0][1:]
    row = parsed.rows.to_dicts()[0]
    moments = (row["starts_at"].astimezone(OSLO), row["ends_at"].astimezone(OSLO))
    return tuple(f"{moment:%Y-%m-%dT%H:%M:%S%z}" for moment in moments)


def test_a_monthly_report_in_nynorsk_is_read_by_its_own_header():
    parsed = read_aggregates(SAMPLES / "monthly_nynorsk.csv", zone="Europe/Oslo", now=NOW)

    assert parsed.rows.columns == [*PERIODS, "within_20", "within_120"]
    assert parsed.rows.drop("starts_at", "ends_at").rows() == [
        (4, "116117", 4210, 3702, 430, 1905, 3204),
        (5, "lokal8", 812, 760, 41, 402, 700),
        (6, "116117", 3980, 3611, 300, 2011, 3190),
        (7, "lokal8", 790, 745, None, 420, 702),
    ]
    assert parsed.rows["starts_at"][0] == datetime(2025, 8, 1, tzinfo=OSLO)
    assert parsed.rows["ends_at"][0] == datetime(2025, 9, 1, tzinfo=OSLO)
    assert (parsed.received, parsed.ignored, parsed.shares) == (4, 3, ("Svarprosent",))
    assert parsed.refused.is_empty()


def test_quarters_of_the_doubled_hour_are_told_apart_by_their_offset():
    parsed = read_aggregates(SAMPLES / "quarters_canonical.tsv", zone="Europe/Oslo", now=NOW)

    assert [moment.hour for moment in parsed.rows["starts_at"]] == [23, 0, 1, 2]
    assert refused(parsed) == [(5, "period_from", "ambiguous_time")]
    assert parsed.received == 5


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("within_20", "within_20"),
        ("Besvart innen 20 sek", "within_20"),
        ("Svara innan 2 min.", "within_120"),
        ("Answered within 60 seconds", "within_60"),
        ("≤ 20 s", "within_20"),
        ("Innen 20", None),
        ("within 20", None),
        ("Andel innen 20 sek", None),
        ("% within 20 s", None),
        ("within_0", None),
        ("< 20 s", None),
        ("Mottekne anrop", "offered"),
        ("Avbrotne", "abandoned"),
        ("Period_From", "period_from"),
    ],
)
def test_a_column_is_known_by_its_name(text, field):
    assert meaning(text) == field


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-10", "", ("2025-10-01T00:00:00+0200", "2025-11-01T00:00:00+0100")),
        ("10.2025", "", ("2025-10-01T00:00:00+0200", "2025-11-01T00:00:00+0100")),
        ("Oktober 2025", "", ("2025-10-01T00:00:00+0200", "2025-11-01T00:00:00+0100")),
        ("1.9.2025", "", ("2025-09-01T00:00:00+0200", "2025-09-02T00:00:00+0200")),
        ("26.10.2025", "", ("2025-10-26T00:00:00+0200", "2025-10-27T00:00:00+0100")),
        ("2025-10-01", "2025-10-08", ("2025-10-01T00:00:00+0200", "2025-10-08T00:00:00+0200")),
    ],
)
def test_a_period_is_a_month_a_day_or_from_to(start, end, expected):
    assert period(start, end) == expected


def test_an_hour_beside_a_changed_clock_is_an_hour_long():
    for start, end in [
        ("2025-10-26 01:00", "2025-10-26 02:00"),
        ("2025-03-30 01:00", "2025-03-30 02:00"),
        ("2025-10-26 03:00", "2025-10-26 04:00"),
    ]:
        parsed = read(f"period_from,period_to,offered,answered\n{start},{end},1,1\n")
        row = parsed.rows.to_dicts()[0]
        assert row["ends_at"] - row["starts_at"] == timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        ("", "2025-10-02", ("period_from", "missing_field")),
        ("10/31/2025", "", ("period_from", "invalid_time")),
        ("2025-13", "", ("period_from", "invalid_time")),
        ("2025-10-01 08:00", "", ("period_to", "missing_field")),
        ("2025-10-01 08:00", "later", ("period_to", "invalid_time")),
        ("2025-10-02", "2025-10-02", ("period_to", "ends_before_start")),
        ("2025-10-26 02:15", "2025-10-26 02:30", ("period_from", "ambiguous_time")),
        ("2025-10-26 01:15", "2025-10-26 02:30", ("period_to", "ambiguous_time")),
        ("2025-03-30 02:15", "2025-03-30 03:15", ("period_from", "nonexistent_time")),
        ("1999-01", "", ("period_from", "implausible_time")),
        ("2026-01", "", ("period_from", "implausible_time")),
        ("2025-11", "", ("period_to", "period_not_over")),
    ],
)
def test_a_period_that_cannot_be_known_is_refused(start, end, fault):
    assert period(start, end) == fault


@pytest.mark.parametrize(
    ("last", "end"),
    [
        ("31.10.2025", "2025-11-01T00:00:00+0100"),
        ("31.10.2025 23:59:59", "2025-11-01T00:00:00+0100"),
        ("31.10.2025 23:59", "2025-11-01T00:00:00+0100"),
        ("31.10.2025 08:00", "2025-10-31T08:00:00+0100"),
        ("10.2025", "2025-11-01T00:00:00+0100"),
    ],
)
def test_a_last_day_belongs_to_the_period(last, end):
    told = period("1.10.2025", last, header="Fra dato,Til og med,Tilbudt,Besvart")
    assert told == ("2025-10-01T00:00:00+0200", end)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("12", 12),
        ("1 234", 1234),
        ("1\u00a0234\u00a0567", 1234567),
        ("1.234", 1234),
        ("1'234", 1234),
        ("12.0", 12),
        ("0", 0),
        ("", "missing_field"),
        ("-", "missing_field"),
        ("83 %", "percent_not_count"),
        ("0,83", "percent_not_count"),
        ("0.834", "percent_not_count"),
        ("83,5", "invalid_number"),
        ("-5", "invalid_number"),
        ("12 34", "invalid_number"),
        ("mange", "invalid_number"),
        ("9999999999", "invalid_number"),
    ],
)
def test_a_count_is_a_whole_number_and_never_a_share(cell, told):
    parsed = read(f"Dato;Tilbudt;Besvart\n1.10.2025;{cell};0\n")
    if isinstance(told, int):
        assert parsed.rows["offered"].to_list() == [told]
    else:
        assert refused(parsed) == [(2, "offered", told)]


@given(st.integers(0, 999_999_999), st.sampled_from(["", " ", "\u00a0", "\u202f", ".", "'"]))
def test_thousands_may_be_set_apart(number, mark):
    text = f"{number:,}".replace(",", mark)
    parsed = read(f"Dato;Tilbudt;Besvart\n1.10.2025;{text};0\n")
    assert parsed.rows["offered"].to_list() == [number]


def test_a_row_is_refused_and_the_others_are_kept():
    parsed = read(f"{HEADER}\n2025-10-01,,116117,9,8,1,5,7\n2025-10-02,,kø 4,9,8,1,5,7\n")
    assert parsed.rows.height == 1
    assert refused(parsed) == [(3, "line", "unknown_value")]
    assert parsed.received == 2


def test_the_same_period_twice_is_ignored_or_refused_by_its_counts():
    again = "2025-10-01,,,9,8,,,\n"
    parsed = read(f"{HEADER}\n{again}{again}2025-10-01,,,9,7,,,\n2025-10-01,,116117,5,5,,,\n")
    assert parsed.rows["line"].to_list() == [2, 5]
    assert refused(parsed) == [(4, "period_from", "duplicate_in_file")]
    assert parsed.ignored == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id,arrived_at,wait_seconds\na,2025-10-01T08:00:00Z,3\n", "calls_not_aggregates"),
        ("1761300000|17.1|q|NONE|ENTERQUEUE||x|1\n", "calls_not_aggregates"),
        ('{"calls": [{"arrived_at": "2025-10-01T08:00:00Z"}]}', "calls_not_aggregates"),
        ("Dato;Kø;Ventetid;Status\n1.10.2025;1;12;Besvart\n", "calls_not_aggregates"),
        ("Måned;Besvart;Andel innen 20 sek\n2025-10;90;80\n", "percent_not_count"),
        ("Måned;Svarprosent\n2025-10;90\n", "no_header"),
        ("Dato;Besvart;Tapt\n1.10.2025;5;1\n", "missing_columns"),
        ("Dato;Tilbudt;Besvart;Lost;Abandoned\n1.10.2025;5;1;1;1\n", "ambiguous_columns"),
        ("hei\npå deg\n", "no_header"),
        ("", "empty_file"),
    ],
)
def test_what_is_no_report_of_counts_is_named(text, code, tmp_path):
    path = tmp_path / "report.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable) as error:
        read_aggregates(path, zone="Europe/Oslo", now=NOW)
    assert error.value.code == code


def test_an_old_encoding_is_read(tmp_path):
    path = tmp_path / "report.csv"
    path.write_bytes("Måned;Tilbudt;Besvart\n2025-09;5;4\n".encode("cp1252"))
    assert read_aggregates(path, zone="Europe/Oslo", now=NOW).rows.height == 1


def test_the_lines_of_a_report_are_those_of_a_central():
    assert set(LINES.values()) == set(LineClass.values)


@given(st.text(alphabet='0123456789.,;:%- \t\n"|abcÅ/T+Z', max_size=300))
def test_any_text_is_read_or_refused_by_name(text):
    try:
        parsed = read("Dato;Til;Linje;Tilbudt;Besvart;Tapt;Innen 20 s\n" + text)
    except Unreadable:
        return
    assert parsed.received == parsed.rows.height + parsed.refused.height
    assert parsed.refused["code"].null_count() == 0


COUNTS = ["Måned", "Tilbudt", "Besvart", "Innen 120 s"]


def in_file(data: bytes, tmp_path):
    path = tmp_path / "report"
    path.write_bytes(data)
    return read_aggregates(path, zone="Europe/Oslo", now=NOW)


def starts(parsed):
    return [moment.astimezone(OSLO).strftime("%Y-%m-%d") for moment in parsed.rows["starts_at"]]


@pytest.mark.parametrize("book", [xlsx, xls])
def test_a_workbook_of_months_is_read_as_a_csv_is(book, tmp_path):
    months = [Shown(date(2025, month, 1), "date") for month in (8, 9)]
    rows = [["Rapport"], [], COUNTS, [months[0], 4210, 3702, 3204], [months[1], 3980, 3611, 3190]]

    parsed = in_file(book([*rows, ["Sum", 8190, 7313, 6394]]), tmp_path)

    assert parsed.rows.select("line", "offered", "answered", "within_120").rows() == [
        (4, 4210, 3702, 3204),
        (5, 3980, 3611, 3190),
    ]
    assert starts(parsed) == ["2025-08-01", "2025-09-01"]
    assert parsed.rows["ends_at"][0] == parsed.rows["starts_at"][1]


def test_an_ods_of_days_ends_with_its_last_day(tmp_path):
    texts = [cell(name) for name in ("Fra", "Til", "Tilbudt", "Besvart")]
    row = [cell("2025-10-24", "date"), cell("2025-10-26", "date")]
    row += [cell("12", "float"), cell("9", "float")]

    parsed = in_file(ods([texts, row]), tmp_path)

    ends = parsed.rows["ends_at"][0].astimezone(OSLO)
    assert (starts(parsed), ends.strftime("%Y-%m-%dT%H")) == (["2025-10-24"], "2025-10-27T00")


def test_the_report_is_found_behind_a_cover_sheet(tmp_path):
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("Om rapporten"), [["Laga av"], ["HDO"]])
        fill(book, book.add_worksheet("Tal"), [COUNTS, ["2025-09", 3980, 3611, 3190]])

    assert in_file(kept.getvalue(), tmp_path).rows["offered"].to_list() == [3980]


def test_a_share_and_a_formula_without_its_value_are_no_counts(tmp_path):
    rows = [COUNTS, ["2025-08", 4210, 3702, 0.79], ["2025-09", 3980, 3611, 3190]]
    with_formula = xlsx(rows)
    sheet = "xl/worksheets/sheet1.xml"
    told = part(with_formula, sheet).decode().replace("<v>3190</v>", "<f>SUM(A1:A2)</f>")

    parsed = in_file(with_members(with_formula, {sheet: told}), tmp_path)

    assert refused(parsed) == [
        (2, "within_120", "percent_not_count"),
        (3, "within_120", "invalid_number"),
    ]


def test_a_zip_that_is_no_workbook_is_named(tmp_path):
    with pytest.raises(Unreadable) as refusal:
        in_file(zipped({"log.csv": "a;b"}), tmp_path)
    assert refusal.value.code == "archive_not_supported"


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("Måned", "01.10.2025", "2025-11-01"),
        ("Månad:", "2025-10-01", "2025-11-01"),
        ("Dato", "01.10.2025", "2025-10-02"),
    ],
)
def test_the_first_day_is_the_month_only_in_a_column_of_months(header, first, last):
    parsed = read(f"{header};Tilbudt;Besvart\n{first};10;9\n")

    assert parsed.rows["ends_at"][0].astimezone(OSLO).strftime("%Y-%m-%d") == last
