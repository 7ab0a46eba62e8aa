"""The fifteen pitfalls of telephone exports, one crisp test or more for each, by number."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from callstats.sources import asterisk_queue_log as queue_log
from callstats.sources.durations import milliseconds
from callstats.sources.guessing import guess
from callstats.sources.table import check_mapping
from legevakt.lib.spreadsheets import harmless
from tests.callstats.sources.tables import (
    GOOD,
    HEAD,
    MAPPING,
    codes,
    parsed,
    refused,
    settings,
    unreadable,
)
from tests.callstats.sources.workbooks import Shown, xlsx

ROW = GOOD.rstrip("\n").split(";")
STAMPED_HEAD = "Id;Inn;Kø;Status;Svart;Slutt\n"
STAMPED = MAPPING | {
    "columns": {
        "id": "Id",
        "arrived_at": "Inn",
        "queue": "Kø",
        "outcome": "Status",
        "answered_at": "Svart",
        "ended_at": "Slutt",
    }
}


def at_text(moment: str, form: str) -> list[datetime]:
    """The arrivals of one row that tells `moment`."""
    row = f"a;{moment};m;Besvart;;\n"
    return (
        parsed(STAMPED_HEAD + row, STAMPED | {"time_formats": [form]}).calls["arrived_at"].to_list()
    )


def length(text: str, **options) -> int | None:
    return milliseconds(pl.Series([text]), **options)[0]


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_01_the_delimiter_is_found_over_titles_and_footers(mark):
    text = "Rapport; oktober, alle\n\n" + (HEAD + GOOD * 3 + "Sum;3\n").replace(";", mark)
    mapping = MAPPING | {"footer_regex": "^Sum"}

    told = guess(text.encode(), file_name="a.csv", zone="Europe/Oslo")

    assert (told.delimiter, told.header_line) == (mark, 3)
    assert parsed(text, mapping).calls.height == 1
    assert parsed(text, mapping).refused.height == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_02_each_encoding_is_read_where_it_is_told(encoding):
    text = (HEAD + GOOD.replace("main", "Kø Æ")).replace(";", "\t")

    told = parsed(text.encode(encoding), MAPPING | {"encoding": encoding})

    assert told.calls["queue"].to_list() == ["Kø Æ"]


def test_02_a_stray_byte_in_one_field_is_named_by_its_line():
    data = (HEAD + GOOD).encode() + b"a2;24.10.2025;21:51:03;S\xf8r;Besvart;9\n"

    assert unreadable(data).code == "wrong_encoding"
    assert unreadable(data).params["line"] == 3
    told = guess(data, file_name="a.csv", zone="Europe/Oslo")
    assert "mixed_encoding" in told.warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,5", 12_500),
        ("1.234,5", 1_234_500),
        ("1 234,5", 1_234_500),
        ("1\u00a0234,5", 1_234_500),
        ("1.02:03:04", 93_784_000),
        ("1:30", 90_000),
        ("90", 90_000),
        ("00:01:30", 90_000),
        ("1m30s", 90_000),
        ("1 min. 30 sek.", 90_000),
        ("PT1M30S", 90_000),
        ("90000 ms", 90_000),
    ],
)
def test_03_lengths_are_read_as_they_are_written(text, expected):
    assert length(text, decimal=",") == expected


def test_03_two_parts_are_minutes_and_seconds_or_by_the_mapping_hours_and_minutes():
    assert (length("1:30"), length("1:30", short_clock="hm")) == (90_000, 5_400_000)
    text = HEAD + GOOD.replace("00:01:30", "0:02")

    by_the_mapping = parsed(text, MAPPING | {"short_clock": "hm"}).calls["wait_seconds"]

    assert parsed(text).calls["wait_seconds"].to_list() == [2]
    assert by_the_mapping.to_list() == [120]


@pytest.mark.parametrize(
    ("wait", "code"),
    [
        ("-5", "negative_duration"),
        ("99:00:00", "implausible_duration"),
        ("soon", "invalid_duration"),
    ],
)
def test_03_absurd_lengths_are_errors_of_their_row(wait, code):
    assert refused(parsed(HEAD + GOOD.replace("00:01:30", wait))) == [(2, "wait_seconds", code)]


def test_04_day_numbers_and_day_fractions_are_times_to_the_second():
    rows = [HEAD.strip().split(";"), ["a", "24.10.2025", 0.396006944, *ROW[3:]]]
    rows += [["b", 45954, Shown(0.396006944, "time"), *ROW[3:]]]

    told = parsed(xlsx([["Tittel"], [], *rows]))

    assert set(told.calls["arrived_at"]) == {datetime(2025, 10, 24, 7, 30, 15, tzinfo=UTC)}


def test_04_the_calendar_of_1904_is_four_years_and_a_day_away():
    row = ["a", 45954 - 1462, "09:30:15", *ROW[3:]]

    told = parsed(xlsx([HEAD.strip().split(";"), row], date_1904=True))

    assert told.calls["arrived_at"].dt.date().to_list() == [date(2025, 10, 24)]


@pytest.mark.parametrize(
    ("moment", "form"),
    [
        ("1.3.2025 9:05:07", "%d.%m.%Y %H:%M:%S"),
        ("01.03.25 09:05:07", "%d.%m.%y %H:%M:%S"),
        ("3/1/2025 9:05:07 AM", "%m/%d/%Y %I:%M:%S %p"),
        ("20250301 090507", "%Y%m%d %H%M%S"),
        ("2025-03-01T08:05:07Z", "rfc3339"),
        ("2025-03-01T09:05:07+01:00", "rfc3339"),
        ("2025-03-01 09:05:07", "%Y-%m-%d %H:%M:%S"),
    ],
)
def test_05_each_way_of_writing_a_moment_is_read(moment, form):
    assert at_text(moment, form) == [datetime(2025, 3, 1, 8, 5, 7, tzinfo=UTC)]


def test_05_an_order_that_one_row_contradicts_refuses_the_file_and_two_that_fit_warn():
    both = HEAD + GOOD.replace("24.10", "04.10")
    american = MAPPING | {"time_formats": ["%m.%d.%Y %H:%M:%S"]}

    assert codes(parsed(both)) == codes(parsed(both, american)) == ["date_order_unproven"]
    assert unreadable(both + GOOD, american).code == "wrong_date_order"


def test_06_the_gap_hour_is_refused_and_the_fold_hour_never_guessed_silently():
    gap = parsed(HEAD + GOOD.replace("24.10.2025;21:51", "30.03.2025;02:30"))
    fold = parsed(HEAD + GOOD.replace("24.10.2025;21:51", "26.10.2025;02:30"))

    assert refused(gap) == [(2, "arrived_at", "nonexistent_time")]
    assert (fold.calls["time_quality"].to_list(), codes(fold)) == (
        ["ambiguous"],
        ["ambiguous_time"],
    )


@pytest.mark.parametrize(
    ("arrived", "answered", "seconds"),
    [
        ("26.10.2025 01:59:30", "26.10.2025 03:00:30", 7260),
        ("30.03.2025 01:59:30", "30.03.2025 03:00:30", 60),
    ],
)
def test_06_waits_are_told_in_utc_over_the_change_of_hour(arrived, answered, seconds):
    told = parsed(STAMPED_HEAD + f"a;{arrived};m;Besvart;{answered};\n", STAMPED)

    assert told.calls["wait_seconds"].to_list() == [seconds]


@pytest.mark.parametrize(("day", "hours"), [(date(2025, 10, 26), 25), (date(2025, 3, 30), 23)])
def test_07_a_day_is_as_long_as_its_clock_and_a_call_is_of_the_day_it_arrived(day, hours):
    first, last = (f"{d:%d.%m.%Y} 00:00:00" for d in (day, day + timedelta(days=1)))
    rows = f"a;{first};m;Besvart;;\nb;{last};m;Besvart;;\n"
    rows += f"c;{day:%d.%m.%Y} 23:59:50;m;Besvart;{last};\n"

    calls = parsed(STAMPED_HEAD + rows, STAMPED).calls

    assert calls["arrived_at"][1] - calls["arrived_at"][0] == timedelta(hours=hours)
    assert calls["arrived_at"][2] < calls["arrived_at"][1]


def test_08_one_call_in_two_queues_is_one_call_and_a_redial_is_another():
    rows = "s1;24.10.2025 20:00:00;main;Videre;;24.10.2025 20:00:30\n"
    rows += "s1;24.10.2025 20:00:30;over;Besvart;24.10.2025 20:00:50;\n"
    rows += "s2;24.10.2025 20:00:31;main;Lagt på;;24.10.2025 20:00:40\n"
    legs = {"kind": "row-per-leg", "group": ["Id"], "wait": "stamps"}
    outcomes = MAPPING["outcomes"] | {"Videre": "unknown"}

    told = parsed(STAMPED_HEAD + rows, STAMPED | legs | {"outcomes": outcomes})

    assert told.calls["wait_seconds"].to_list() == [50, 9]


def test_08_internal_and_outbound_calls_are_filtered_by_the_mapping_and_counted():
    text = HEAD.replace("\n", ";Retning\n") + GOOD.replace("\n", ";Inn\n")
    text += GOOD.replace("a1", "a2").replace("\n", ";Ut\n")

    told = parsed(text, MAPPING | {"filters": [{"column": "Retning", "in": ["inn"]}]})

    assert (told.calls["external_id"].to_list(), told.ignored) == (["a1"], 1)


def test_09_ring_offers_are_not_calls(log_settings, tmp_path):
    log = tmp_path / "queue_log"
    log.write_text(
        "1761335463|c1|q|NONE|ENTERQUEUE||0047|1\n"
        "1761335470|c1|q|SIP/1|RINGNOANSWER|7000\n1761335475|c1|q|SIP/2|RINGNOANSWER|5000\n"
        "1761335480|c1|q|SIP/1|CONNECT|17|c2|3\n1761335500|c1|q|SIP/1|COMPLETECALLER|17|20|1\n"
    )

    told = queue_log.calls_from(
        queue_log.read_events(log, settings=log_settings), settings=log_settings
    )

    assert told.calls.select("outcome", "wait_seconds").rows() == [("answered", 17)]


def test_10_a_voicemail_that_answers_is_not_an_operator():
    outcomes = MAPPING["outcomes"] | {"Besvart av telefonsvarer*": "voicemail"}
    text = HEAD + GOOD.replace("Besvart", "Besvart av telefonsvarer 2")

    assert parsed(text, MAPPING | {"outcomes": outcomes}).calls["outcome"].item() == "voicemail"


def test_11_the_same_call_again_is_counted_once_and_another_story_is_listed():
    told = parsed(HEAD + GOOD + GOOD + GOOD.replace("Besvart", "Lagt på"))

    assert (told.calls.height, told.ignored) == (1, 1)
    assert refused(told) == [(4, "id", "duplicate_in_file")]


def test_12_a_cut_last_line_and_ragged_rows_are_refused_and_an_empty_last_column_is_not():
    text = HEAD + GOOD.replace("\n", ";\n") + "a2;24.10\na3;x;y;z;1;2;3\n" + GOOD[:20]

    told = parsed(text.replace("\n", "\r\n"))

    assert told.calls.height == 1
    assert refused(told) == [(n, None, "ragged_row") for n in (3, 4, 5)]


def test_12_the_header_of_a_file_joined_to_another_is_no_row():
    told = parsed(HEAD + GOOD + "\ufeff" + HEAD + GOOD.replace("a1", "a2"))

    assert (told.calls.height, told.refused.height, told.ignored) == (2, 0, 1)


def test_12_a_file_of_lines_that_end_in_cr_alone_is_read():
    assert parsed((HEAD + GOOD).replace("\n", "\r")).calls.height == 1


def test_12_nul_bytes_are_no_text_and_the_line_is_named():
    assert unreadable((HEAD + "a\x00b\n").encode()).params == {"line": 2}


def test_13_large_ids_and_leading_zeros_are_kept_and_rounded_ids_refused():
    ids = ["00123", "1234567890123456789", "1,23457E+18"]

    told = parsed(HEAD + "".join(GOOD.replace("a1", one) for one in ids))

    assert told.calls["external_id"].to_list() == ids[:2]
    assert refused(told) == [(4, "id", "lossy_id")]


@pytest.mark.parametrize("text", ["=1+1", "+47", "-1", "@SUM(A1)"])
def test_13_no_text_from_outside_is_a_formula_in_an_export(text):
    assert harmless(text).startswith("'")


def test_14_columns_of_callers_and_names_are_never_taken():
    text = HEAD.replace("\n", ";A-nummer;Agent;Opptak\n")
    text += GOOD.replace("\n", ";22334455;Kari Nordmann;https://x/1.wav\n") + "a2;x\n"

    told = parsed(text)

    kept = told.calls.write_csv() + told.refused.write_csv()
    assert not any(secret in kept for secret in ("22334455", "Kari", "wav"))
    roles = guess(text.encode(), file_name="a.csv", zone="Europe/Oslo").roles
    assert not {"A-nummer", "Agent", "Opptak"} & set(roles)


def test_15_a_call_while_closed_is_kept_with_its_outcome():
    outcomes = MAPPING["outcomes"] | {"Stengt": "closed"}

    told = parsed(HEAD + GOOD.replace("Besvart", "Stengt"), MAPPING | {"outcomes": outcomes})

    assert told.calls["outcome"].to_list() == ["closed"]


def test_a_table_without_ids_has_weak_keys_and_says_so():
    columns = {k: v for k, v in MAPPING["columns"].items() if k != "id"}
    weak = check_mapping(MAPPING | {"columns": columns, "id": {"weak": True}})

    assert codes(parsed(HEAD + GOOD, weak)) == ["weak_key"]
    assert settings(weak).mapping == weak
