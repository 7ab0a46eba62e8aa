from __future__ import annotations

import json
from datetime import UTC, datetime

import polars as pl
import pytest

from callstats.sources import telia_samtalelogg as telia
from callstats.sources.frames import CALLS, ParsedCalls, SourceSettings, Unreadable
from callstats.sources.registry import PROFILES
from tests.callstats.sources.conftest import SAMPLES

SETTINGS = SourceSettings(profile="telia-samtalelogg", now=datetime(2026, 1, 1, tzinfo=UTC))
FOLDER = SAMPLES / "telia-samtalelogg"
HEAD = "Tidspunkt;Innringer;Aksessnummer;Kø;Ventetid;Samtaletid;Snakket med;Status\n"


def parsed(text: str) -> ParsedCalls:
    return telia.calls_in(text, settings=SETTINGS)


def row(**changes: str) -> str:
    told = {
        "at": "24.10.2025 21:50:03",
        "caller": "00000001",
        "number": "116117",
        "queue": "Legevakt",
        "wait": "00:01:30",
        "talk": "00:02:00",
        "agent": "Operatør A",
        "status": "Besvart",
    } | changes
    return ";".join(told.values()) + "\n"


def figures(told: ParsedCalls) -> tuple[int, int, int]:
    answered = told.calls.filter(outcome="answered")
    return told.calls.height, answered.height, answered.filter(pl.col("wait_seconds") <= 120).height


@pytest.mark.parametrize(
    ("name", "pending"), [("samtalelogg_cp1252.csv", 1), ("anropslogg_bom.csv", 0)]
)
def test_the_samples_are_read_whatever_their_encoding_and_names(name, pending):
    told = telia.read_calls(FOLDER / name, settings=SETTINGS)

    assert figures(told) == (7, 5, 4)
    assert (told.received, told.pending, told.refused.height) == (7 + pending, pending, 0)
    assert dict(told.calls.schema) == CALLS
    assert sorted(told.calls["queue"].unique()) == ["Legevakt", "Legevakt natt"]
    assert [w.code for w in told.warnings] == ["weak_key"]


def test_the_order_of_the_rows_changes_nothing():
    text = (FOLDER / "samtalelogg_cp1252.csv").read_text(encoding="cp1252")
    head, *rows = text.splitlines(keepends=True)

    one, other = parsed(text), parsed(head + "".join(reversed(rows)))

    columns = ["external_id", "arrived_at", "outcome", "wait_seconds"]
    assert one.calls.select(columns).sort(columns).equals(other.calls.select(columns).sort(columns))


def test_a_row_becomes_a_call():
    [call] = parsed(HEAD + row()).calls.to_dicts()

    assert call["arrived_at"] == datetime(2025, 10, 24, 19, 50, 3, tzinfo=UTC)
    assert (call["number"], call["queue"]) == ("116117", "Legevakt")
    assert (call["wait_seconds"], call["talk_seconds"]) == (90, 120)


@pytest.mark.parametrize(
    ("status", "talk", "outcome", "forwarded"),
    [
        ("Besvart", "00:02:00", "answered", None),
        ("Satt over til Operatør B", "00:02:00", "answered", "other"),
        ("Forlot kø", "", "abandoned", None),
        ("Tidsavbrudd", "00:02:00", "answered", None),
        ("Tidsavbrudd", "00:00:00", "timeout", None),
        ("Tidsavbrudd", "", "timeout", None),
    ],
)
def test_the_status_of_the_first_part_and_the_talk_of_the_whole_give_the_outcome(
    status, talk, outcome, forwarded
):
    told = parsed(HEAD + row(status=status, talk=talk))

    assert told.calls.select("outcome", "forwarded_to").rows() == [(outcome, forwarded)]


def test_a_call_that_is_not_over_waits_for_a_later_export():
    told = parsed(HEAD + row() + row(at="24.10.2025 21:59:00", status="Ingen status enda"))

    assert (told.calls.height, told.pending, told.received) == (1, 1, 2)


def test_two_callers_of_one_second_are_two_calls_and_a_repeated_row_is_one():
    told = parsed(HEAD + row() + row(caller="00000002") + row())

    assert (told.calls.height, told.ignored) == (2, 1)
    assert told.calls["external_id"].is_unique().all()


def test_an_id_of_the_file_s_own_is_used():
    told = parsed("Samtale-ID;" + HEAD + "abc-1;" + row())

    assert told.calls["external_id"].to_list() == ["abc-1"]
    assert told.warnings == ()


def test_day_and_month_are_not_asked_about():
    told = parsed(HEAD + row(at="4.10.2025 21:50:03"))

    assert told.calls["arrived_at"].to_list() == [datetime(2025, 10, 4, 19, 50, 3, tzinfo=UTC)]
    assert [w.code for w in told.warnings] == ["weak_key"]


def test_no_caller_and_no_operator_is_kept():
    text = HEAD + row(status="Satt over til Kari") + row(status="Overført til Kari", wait="1")

    told = parsed(text)

    kept = json.dumps([told.calls.to_dicts(), told.refused.to_dicts()], default=str)
    assert not [word for word in ("00000001", "Operatør", "Kari", "kari") if word in kept]
    assert told.refused.select("line", "code", "value").rows() == [
        (3, "unknown_outcome", "overført")
    ]


def test_a_time_that_never_was_is_refused():
    told = parsed(HEAD + row(at="30.03.2025 02:30:00"))

    assert told.refused.select("line", "field", "code").rows() == [
        (2, "arrived_at", "nonexistent_time")
    ]


@pytest.mark.parametrize("name", ["ace_report.csv", "korapport.csv"])
def test_a_report_of_sums_is_refused(name):
    with pytest.raises(Unreadable) as error:
        telia.read_calls(FOLDER / name, settings=SETTINGS)

    assert error.value.code == "aggregates_not_calls"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tidspunkt;Kø;Ventetid;Status\n", "missing_columns"),
        ("noe;annet\n1;2\n", "no_header"),
    ],
)
def test_a_file_without_the_columns_says_so(text, code):
    with pytest.raises(Unreadable) as error:
        parsed(text)

    assert error.value.code == code
    assert error.value.params.get("columns", ["Samtaletid"]) == ["Samtaletid"]


def test_it_is_said_to_be_unproven():
    assert not PROFILES["telia-samtalelogg"].proven
    assert "UNPROVEN" in (telia.__doc__ or "")
