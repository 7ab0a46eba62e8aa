from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.sources import table
from callstats.sources.frames import CALLS, ParsedCalls, SourceSettings, Unreadable
from callstats.sources.table_lines import rows_of

MAPPING = {
    "delimiter": ";",
    "decimal": ",",
    "columns": {
        "id": "Id",
        "arrived_at": ["Dato", "Klokkeslett"],
        "queue": "Kø",
        "outcome": "Status",
        "wait_seconds": "Ventetid",
    },
    "time_formats": ["%d.%m.%Y %H:%M:%S"],
    "outcomes": {"Besvart": "answered", "Lagt på": "abandoned"},
}
HEAD = "Id;Dato;Klokkeslett;Kø;Status;Ventetid\n"
GOOD = "a1;24.10.2025;21:51:03;main;Besvart;00:01:30\n"
STAMPED = {
    "columns": {
        "id": "Id",
        "arrived_at": "Inn",
        "queue": "Kø",
        "outcome": "Status",
        "answered_at": "Svart",
        "ended_at": "Slutt",
        "wait_seconds": "Ventetid",
    },
    "time_formats": ["%d.%m.%Y %H:%M:%S"],
    "outcomes": {"Besvart": "answered", "Lagt på": "abandoned"},
}
STAMPED_HEAD = "Id;Inn;Kø;Status;Svart;Slutt;Ventetid\n"


def parsed(text: str, mapping: dict = MAPPING) -> ParsedCalls:
    settings = SourceSettings(profile="table", now=datetime(2026, 1, 1, tzinfo=UTC))
    return table.calls_in(text, mapping=table.check_mapping(mapping), settings=settings)


def refused(told: ParsedCalls) -> list[tuple]:
    return told.refused.select("line", "field", "code").rows()


def unreadable(text: str, mapping: dict = MAPPING) -> Unreadable:
    with pytest.raises(Unreadable) as error:
        parsed(text, mapping)
    return error.value


def stamped(row: str, **changes) -> ParsedCalls:
    return parsed(STAMPED_HEAD + row + "\n", STAMPED | changes)


def test_a_norwegian_row_becomes_a_call():
    told = parsed(HEAD + GOOD)

    [call] = told.calls.to_dicts()
    assert dict(told.calls.schema) == CALLS
    assert call["line"] == 2
    assert call["arrived_at"] == datetime(2025, 10, 24, 19, 51, 3, tzinfo=UTC)
    assert call["arrived_text"] == "24.10.2025 21:51:03"
    assert (call["outcome"], call["wait_seconds"]) == ("answered", Decimal(90))
    assert (told.received, told.ignored, told.pending) == (1, 0, 0)


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (";24.10.2025;21:51:03;main;Besvart;9", "id", "missing_field"),
        ("a;;;main;Besvart;9", "arrived_at", "missing_field"),
        ("a;24.10.2025;21:51:03;;Besvart;9", "queue", "missing_field"),
        ("a;24.10.2025;21:51:03;main;;9", "outcome", "missing_field"),
        ("a;24.10.2025;21:51:03;main;Kanskje;9", "outcome", "unknown_outcome"),
        ("a;i går;21:51:03;main;Besvart;9", "arrived_at", "invalid_time"),
        ("a;01.01.1970;21:51:03;main;Besvart;9", "arrived_at", "implausible_time"),
        ("a;01.01.2027;21:51:03;main;Besvart;9", "arrived_at", "implausible_time"),
        ("a;30.03.2025;02:30:00;main;Besvart;9", "arrived_at", "nonexistent_time"),
        ("a;24.10.2025;21:51:03;main;Besvart;-9", "wait_seconds", "negative_duration"),
        ("a;24.10.2025;21:51:03;main;Besvart;lenge", "wait_seconds", "invalid_duration"),
        ("a;24.10.2025;21:51:03;main;Besvart;04:00:01", "wait_seconds", "implausible_duration"),
    ],
)
def test_a_row_that_is_no_call_is_refused_by_line_and_field(row, field, code):
    told = parsed(HEAD + GOOD + row + "\n")

    assert refused(told) == [(3, field, code)]
    assert told.calls.height == 1
    assert told.received == 2


def test_a_refused_row_keeps_its_own_text_but_never_a_name():
    told = parsed(HEAD + "a;24.10.2025;21:51:03;main;Ukjend;9\nb;24.10.2025;21:51:03;;x;9\n")

    assert told.refused["value"].to_list() == ["Ukjend", None]


@pytest.mark.parametrize(
    "status", ["+4799900011", "999 00 011", "Ringte 99900011", "Satt over til Kari " * 3]
)
def test_a_status_that_holds_a_number_or_a_note_is_not_kept(status):
    told = parsed(HEAD + f"a;24.10.2025;21:51:03;main;{status};9\n")

    assert told.refused.select("code", "value").rows() == [("unknown_outcome", None)]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("a;24.10.2025 21:51:03;m;Besvart;24.10.2025 21:50:00;;", "answered_at"),
        ("a;24.10.2025 21:51:03;m;Lagt på;;24.10.2025 21:50:00;", "ended_at"),
    ],
)
def test_an_impossible_order_is_refused(row, field):
    assert refused(stamped(row)) == [(2, field, "impossible_order")]


def test_without_a_wait_column_the_stamps_tell_it_in_utc_over_the_change_of_hour():
    told = stamped("a;26.10.2025 01:59:30;m;Besvart;26.10.2025 03:00:30;;")

    assert told.calls["wait_seconds"][0] == Decimal(2 * 3600 + 60)


def test_the_source_s_own_wait_is_used_and_a_difference_is_a_warning():
    told = stamped("a;24.10.2025 21:51:03;m;Besvart;24.10.2025 21:52:03;;57")

    assert told.calls["wait_seconds"][0] == 57
    assert [(w.code, w.count, w.line) for w in told.warnings] == [
        ("wait_differs_from_stamps", 1, 2)
    ]


def test_an_answered_call_without_any_wait_has_an_unknown_wait():
    told = stamped("a;24.10.2025 21:51:03;m;Besvart;;;")

    assert told.calls.select("outcome", "wait_seconds").row(0) == ("answered", None)


def test_the_doubled_hour_by_row_order_is_marked():
    rows = ["01:59:00", "02:50:00", "02:10:00", "03:30:00"]
    told = parsed(HEAD + "".join(f"a{n};26.10.2025;{t};m;Besvart;1\n" for n, t in enumerate(rows)))

    assert told.calls["time_quality"].to_list() == ["exact", "resolved", "resolved", "exact"]
    assert told.calls["arrived_at"].is_sorted()


def test_an_ambiguous_time_is_counted():
    told = parsed(HEAD + "a;26.10.2025;02:10:00;m;Besvart;1\n")

    assert told.calls["arrived_at"][0] == datetime(2025, 10, 26, 0, 10, tzinfo=UTC)
    assert [(w.code, w.count) for w in told.warnings] == [("ambiguous_time", 1)]


def test_furniture_around_the_rows_is_ignored_and_counted():
    text = "Rapport;;\n" + HEAD + GOOD + "\n" + HEAD + GOOD.replace("a1", "a2") + "Sum: 2;;\n"

    told = parsed(text, MAPPING | {"header_line": "^Id;", "footer_regex": "^Sum:"})

    assert (told.calls.height, told.refused.height, told.ignored) == (2, 0, 4)
    assert told.calls["line"].to_list() == [3, 6]


def test_ragged_rows_are_refused_by_line_and_an_empty_last_column_is_not():
    text = (
        HEAD
        + GOOD
        + "a2;24.10.2025\n"
        + GOOD.replace("a1", "a3").replace("\n", ";\n")
        + "a;b;c;d;e;f;g\n"
    )

    told = parsed(text.replace("\n", "\r\n"))

    assert refused(told) == [(3, None, "ragged_row"), (5, None, "ragged_row")]
    assert told.calls["external_id"].to_list() == ["a1", "a3"]


def test_quoted_fields_may_run_over_lines_and_line_numbers_still_hold():
    text = HEAD + '"a;1";24.10.2025;21:51:03;"to\nlinjer";Besvart;9\n' + GOOD

    told = parsed(text)

    assert told.calls.select("line", "external_id").rows() == [(2, "a;1"), (4, "a1")]


def test_a_forgotten_quote_does_not_swallow_the_file():
    text = HEAD + 'a;24.10.2025;21:51:03;"main;Besvart;9\n' + GOOD * 100

    assert (unreadable(text).code, unreadable(text).params) == ("unclosed_quote", {"line": 2})


def test_an_id_told_twice_is_ignored_or_refused_by_what_it_tells():
    text = HEAD + GOOD + GOOD + GOOD.replace("01:30", "01:31")

    told = parsed(text)

    assert (told.calls.height, told.ignored, told.received) == (1, 1, 2)
    assert refused(told) == [(4, "id", "duplicate_in_file")]


def test_a_table_without_ids_needs_the_mapping_to_say_so():
    columns = {k: v for k, v in MAPPING["columns"].items() if k != "id"}

    assert unreadable(HEAD, MAPPING | {"columns": columns}).params == {"key": "columns.id"}
    told = parsed(HEAD + GOOD, MAPPING | {"columns": columns, "id": {"weak": True}})
    assert told.calls["external_id"].str.contains("^weak:[0-9a-f]{32}$").all()
    assert [w.code for w in told.warnings] == ["weak_key"]


def test_without_an_outcome_column_the_answer_s_moment_tells_answered():
    columns = {k: v for k, v in STAMPED["columns"].items() if k != "outcome"}
    told = stamped("a;24.10.2025 21:51:03;m;;;;9", columns=columns)

    assert told.calls["outcome"][0] == "unknown"


def test_a_wrong_date_order_refuses_the_file():
    american = MAPPING | {"time_formats": ["%m.%d.%Y %H:%M:%S"]}

    assert (
        unreadable(HEAD + GOOD, american).code,
        unreadable(HEAD + GOOD, american).params["line"],
    ) == (
        "wrong_date_order",
        2,
    )


def test_dates_that_fit_both_orders_are_warned_about():
    told = parsed(HEAD + GOOD.replace("24.10", "04.10"))

    assert [w.code for w in told.warnings] == ["date_order_unproven"]


def test_a_file_that_does_not_fit_its_mapping_is_named():
    comma = HEAD.replace(";", ",") + GOOD.replace(";", ",")

    assert unreadable(comma).code == "wrong_delimiter"
    assert unreadable("Id;Dato\n1;2\n").params["columns"] == [
        "Klokkeslett",
        "Kø",
        "Status",
        "Ventetid",
    ]
    assert unreadable(HEAD, MAPPING | {"header_line": 9}).code == "no_header"
    assert unreadable(HEAD, MAPPING | {"header_line": "^Nei"}).code == "no_header"


def test_the_delimiter_is_found_by_the_header_when_not_told():
    told = parsed(HEAD.replace(";", "\t") + GOOD.replace(";", "\t"), MAPPING | {"delimiter": None})

    assert told.calls.height == 1


def test_a_header_with_no_rows_is_no_call():
    assert parsed(HEAD).received == 0


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"colour": 1}, "colour"),
        ({"zone": "Europe/Bergen"}, "zone"),
        ({"encoding": "utf-99"}, "encoding"),
        ({"delimiter": "::"}, "delimiter"),
        ({"decimal": "'"}, "decimal"),
        ({"columns": {"name": "Navn"}}, "columns"),
        ({"columns": ["Id"]}, "columns"),
        ({"time_formats": []}, "time_formats"),
        ({"time_formats": ["%d.%m.%Y", "%m.%d.%Y"]}, "time_formats"),
        ({"outcomes": {"Besvart": "yes"}}, "outcomes"),
        ({"outcomes": {}}, "outcomes"),
        ({"header_line": 0}, "header_line"),
        ({"footer_regex": "("}, "footer_regex"),
        ({"duration_unit": "h"}, "duration_unit"),
        ({"id": {"weak": "yes"}}, "id"),
    ],
)
def test_a_bad_mapping_names_its_key(change, key):
    with pytest.raises(Unreadable) as error:
        table.check_mapping(MAPPING | change)

    assert (error.value.code, error.value.params) == ("bad_mapping", {"key": key})


@pytest.fixture
def windows_file(tmp_path):
    path = tmp_path / "anrop.csv"
    path.write_bytes((HEAD + GOOD).encode("cp1252"))
    return path


def read(path, **changes) -> ParsedCalls:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    settings = SourceSettings(profile="table", now=now, mapping=MAPPING | changes)
    return table.read_calls(path, settings=settings)


def test_a_file_in_windows_1252_is_read_when_the_mapping_says_so(windows_file):
    assert read(windows_file, encoding="windows-1252").calls["queue"].to_list() == ["main"]


def test_a_file_in_another_encoding_than_the_mapping_s_is_named(windows_file):
    with pytest.raises(Unreadable) as error:
        read(windows_file)

    assert (error.value.code, error.value.params["line"]) == ("wrong_encoding", 1)


FIELD = st.text(st.sampled_from('ab ;"'), max_size=4)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(FIELD, min_size=1, max_size=4), max_size=6))
def test_columns_and_the_csv_module_read_the_same(rows):
    """A line that is never plain sends the whole text to the csv module."""
    mapping = {"delimiter": ";", "columns": {"id": "x", "queue": "y", "outcome": "z"}}
    quoted = [";".join('"' + field.replace('"', '""') + '"' for field in row) for row in rows]
    text = "x;y;z\n" + "".join(f"{line}\n" for line in quoted)

    fast = rows_of(text, mapping)
    slow = rows_of(text + '1;"2\n2";3\n', mapping)

    last = len(rows) + 2
    assert fast.frame.equals(slow.frame.filter(pl.col("line") != last))
    assert fast.refused.equals(slow.refused)
