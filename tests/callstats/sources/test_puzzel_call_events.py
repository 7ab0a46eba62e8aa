from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.sources import puzzel_call_events as puzzel
from callstats.sources.frames import CALLS, REFUSED, ParsedCalls, SourceSettings, Unreadable
from tests.callstats.sources.conftest import SAMPLES

SAMPLE = SAMPLES / "puzzel-call-events" / "call_events.csv"
OSLO = ZoneInfo("Europe/Oslo")
HEADER = (
    "rec_id,customer_key,call_id,call_sequence,media_type_id,dte_start,duration_tot_sec,"
    "duration_speak_sec,dte_speak_start,source,destination,queue_key,event_type,result_code,ciq"
)
ID = "1234567890123456781"


def settings_with(mapping: dict | None = None) -> SourceSettings:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return SourceSettings(profile="puzzel-call-events", now=now, mapping=mapping)


def parsed(text: str, mapping: dict | None = None) -> ParsedCalls:
    return puzzel.calls_in(text, settings=settings_with(mapping))


def event(kind: str, at: str, **changes) -> dict:
    usual = {
        "rec_id": "",
        "customer_key": "00000",
        "call_id": ID,
        "media_type_id": "1",
        "dte_start": at if "-" in at else f"2025-10-24 {at}.000",
        "duration_tot_sec": "0",
        "duration_speak_sec": "0",
        "source": "00000001",
        "queue_key": "legevakt" if kind in "qc" else "",
        "event_type": kind,
        "result_code": "k",
    }
    return usual | {"destination": "00116117" if kind == "i" else "00000101"} | changes


def answer(at: str, speak: int = 60, **changes) -> dict:
    start = event("c", at)["dte_start"]
    told = {"dte_speak_start": start, "duration_speak_sec": str(speak)}
    return event("c", at, **told, duration_tot_sec=str(speak), **changes)


def export(*events: dict, mapping: dict | None = None) -> ParsedCalls:
    return parsed(written(*events), mapping)


def written(*events: dict) -> str:
    """Sequence numbers and record ids in the order given, unless told."""
    lines, seen = [HEADER], {}
    for number, one in enumerate(events, 1):
        seen[one["call_id"]] = seen.get(one["call_id"], 0) + 1
        numbered = {"call_sequence": str(seen[one["call_id"]])} | one
        numbered["rec_id"] = numbered["rec_id"] or str(number)
        lines.append(",".join(numbered.get(name, "") for name in HEADER.split(",")))
    return "\n".join(lines) + "\n"


def refused(told: ParsedCalls) -> list[tuple]:
    return told.refused.select("line", "field", "code").rows()


def test_the_sample_gives_the_figures_counted_by_hand():
    told = puzzel.read_calls(SAMPLE, settings=settings_with())

    calls = told.calls
    assert dict(calls.schema) == CALLS
    assert (calls.height, told.refused.height, told.received, told.pending) == (7, 0, 7, 0)
    assert dict(calls["outcome"].value_counts().rows()) == {
        "answered": 3,
        "abandoned": 1,
        "callback_requested": 1,
        "no_agents": 1,
        "ended_before_queue": 1,
    }
    answered = calls.filter(pl.col("outcome") == "answered")
    assert answered["wait_seconds"].to_list() == [
        Decimal("120.000"),
        Decimal("120.001"),
        Decimal("70.000"),
    ]
    assert answered.filter(pl.col("wait_seconds") <= 120).height == 2
    assert told.ignored == 4 + 2  # the outbound call's events, and the chat's


def test_a_call_arrives_with_its_first_queue_event_and_every_long_id_keeps_its_digits():
    call = puzzel.read_calls(SAMPLE, settings=settings_with()).calls.row(0, named=True)

    assert call["external_id"] == ID
    assert call["arrived_at"] == datetime(2025, 10, 24, 16, 0, 12, 500_000, tzinfo=UTC)
    assert call["arrived_text"] == "2025-10-24 18:00:12.500"
    assert (call["queue"], call["number"]) == ("legevakt", None)
    assert (call["talk_seconds"], call["announcement_seconds"]) == (200, Decimal("12.5"))
    assert call["ended_at"] - call["answered_at"] == timedelta(seconds=200)


def test_a_call_that_ends_in_the_menu_is_known_by_the_number_called():
    calls = puzzel.read_calls(SAMPLE, settings=settings_with()).calls

    [call] = calls.filter(pl.col("outcome") == "ended_before_queue").to_dicts()
    assert (call["queue"], call["number"], call["wait_seconds"]) == (None, "00116117", None)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter):
    text = SAMPLE.read_text().replace(",", delimiter)

    assert parsed(text).calls.equals(parsed(SAMPLE.read_text()).calls)


def test_conversations_without_speak_time_are_offers():
    offers = [event("c", f"18:00:{s}", result_code="t") for s in (10, 30, 50)]

    told = export(event("q", "18:00:00", result_code="h", duration_tot_sec="70"), *offers)

    assert told.calls.select("outcome", "wait_seconds").rows() == [("abandoned", 70)]


def test_an_answer_whose_speak_time_is_rounded_to_nothing_is_an_answer():
    told = export(event("q", "18:00:00"), answer("18:00:30", speak=0))

    assert told.calls.select("outcome", "wait_seconds").rows() == [("answered", 30)]


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("h", "abandoned"),
        ("t ", "timeout"),
        ("f", "queue_full"),
        ("S", "no_agents"),
        ("q", "callback_requested"),
        ("a", "unknown"),
        ("?", "unknown"),
        ("k", "unknown"),
    ],
)
def test_the_last_queue_s_result_tells_how_an_unanswered_call_ended(code, outcome):
    first = event("q", "18:00:00", duration_tot_sec="60", result_code="t")
    last = event("q", "18:01:00", duration_tot_sec="30", result_code=code, queue_key="bakvakt")

    told = export(first, last)

    assert told.calls.select("queue", "outcome", "wait_seconds").rows() == [
        ("legevakt", outcome, 90)
    ]


@pytest.mark.parametrize("ciq", ["a", ""])
def test_the_leg_of_a_call_back_is_no_second_call_and_no_answer(ciq):
    order = [event("i", "18:00:00"), event("q", "18:00:05", result_code="q", duration_tot_sec="40")]
    legs = [answer("18:30:00", ciq=ciq), answer("18:30:20", ciq="c" if ciq else "")]

    ordered, called = export(*order), export(*order, *legs)

    assert called.calls.select("outcome", "wait_seconds").rows() == [("callback_requested", 40)]
    assert called.calls.equals(ordered.calls)


def test_events_written_anew_after_a_call_back_replace_the_old_ones():
    old = event("q", "18:00:00", result_code="h", duration_tot_sec="9", rec_id="5")
    new = old | {"rec_id": "70", "call_sequence": "1", "duration_tot_sec": "8"}

    told = export(new, old | {"call_sequence": "1"})

    assert told.calls["wait_seconds"].to_list() == [8]
    assert told.ignored == 1


def test_a_call_exported_again_is_the_same_call():
    text = SAMPLE.read_text().splitlines()
    later = "\n".join([text[0], *text[9:]]) + "\n"

    again = parsed(later).calls

    assert set(again["external_id"]) < set(parsed(SAMPLE.read_text()).calls["external_id"])


@pytest.mark.parametrize(
    "wrong", ["1.23456789012346E+18", "1,23E+18", "1234567890123456768.0", "12.5"]
)
def test_an_id_that_has_lost_its_digits_is_refused(wrong):
    told = export(event("q", "18:00:00", result_code="h", call_id=f'"{wrong}"'))

    assert refused(told) == [(2, "id", "lossy_id")]
    assert told.received == 1


def test_ids_that_all_end_in_zeros_have_been_through_a_spreadsheet():
    ids = ["1234567890123450000", "1234567890123460000"]
    events = [event("q", "18:00:00", result_code="h", call_id=call_id) for call_id in ids]

    assert [row[2] for row in refused(export(*events))] == ["lossy_id", "lossy_id"]
    assert export(*events, event("q", "18:00:00", result_code="h")).calls.height == 3


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"call_id": ""}, "id", "missing_field"),
        ({"call_id": "abc"}, "id", "invalid_number"),
        ({"call_sequence": "x"}, "call_sequence", "invalid_number"),
        ({"dte_start": "24.10.2025 18:00"}, "arrived_at", "invalid_time"),
        ({"dte_start": "2025-03-30 02:30:00.000"}, "arrived_at", "nonexistent_time"),
        ({"dte_start": "1970-01-01 00:00:00.000"}, "arrived_at", "implausible_time"),
        ({"dte_speak_start": "00:12.5"}, "answered_at", "invalid_time"),
        ({"queue_key": "NULL"}, "queue", "missing_field"),
        ({"result_code": ""}, "outcome", "missing_field"),
        ({"result_code": "x"}, "outcome", "unknown_outcome"),
        ({"duration_tot_sec": "lenge"}, "wait_seconds", "invalid_duration"),
        ({"duration_tot_sec": "-4"}, "wait_seconds", "negative_duration"),
        ({"duration_tot_sec": "14401"}, "wait_seconds", "implausible_duration"),
        ({"duration_tot_sec": "9" * 12}, "wait_seconds", "implausible_duration"),
    ],
)
def test_a_call_that_cannot_be_told_is_refused_by_line_and_the_others_stay(change, field, code):
    good = event("q", "18:00:00", result_code="h", call_id="7")

    told = export(good, event("q", "18:00:00", result_code="h", call_id="8") | change)

    assert refused(told) == [(3, field, code)]
    assert (told.calls.height, told.received) == (1, 2)


def test_an_answer_before_the_arrival_is_refused():
    told = export(event("q", "18:00:00"), answer("17:59:00"))

    assert refused(told) == [(2, "answered_at", "impossible_order")]


def test_a_beginning_days_before_the_arrival_is_refused():
    long_ago = event("i", "2020-10-24 18:00:00.000")

    told = export(long_ago, event("q", "18:00:00", result_code="h"))

    assert refused(told) == [(2, "announcement_seconds", "implausible_duration")]


def test_a_call_whose_beginning_is_not_in_the_export_waits_for_it():
    told = export(event("q", "18:00:00", call_id="1", call_sequence="3"), event("i", "18:00:00"))

    assert (told.pending, told.received, told.calls.height) == (1, 2, 1)


def test_a_torn_row_casts_doubt_on_the_calls_beside_it():
    three = [event("q", "18:00:00", result_code="h", call_id=str(n)) for n in (1, 2, 3)]
    text = written(*three).rstrip("\n")[:-20]

    told = parsed(text)

    assert refused(told) == [(3, None, "cut_off"), (4, None, "ragged_row")]
    assert told.calls["external_id"].to_list() == ["1"]


def test_the_phone_s_media_type_is_a_setting():
    chat = event("q", "18:00:00", result_code="h", media_type_id="4")

    assert export(chat).ignored == 1
    assert export(chat, mapping={"phone_media_types": ["4"]}).calls.height == 1


@pytest.mark.parametrize(
    "mapping", [{"colour": 1}, {"phone_media_types": []}, {"phone_media_types": [1]}]
)
def test_a_bad_setting_names_its_key(mapping):
    with pytest.raises(Unreadable) as error:
        parsed(HEADER, mapping)

    assert (error.value.code, error.value.params) == ("bad_mapping", {"key": next(iter(mapping))})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rapport\n1;2;3\n", "no_header"),
        ('{"calls": []}', "no_header"),
        ("call_id,dte_start\n1,2\n", "missing_columns"),
        (HEADER.replace(",", "!") + "\n", "missing_columns"),
    ],
)
def test_a_foreign_file_is_named(text, code):
    with pytest.raises(Unreadable) as error:
        parsed(text)

    assert error.value.code == code


def test_an_empty_export_is_no_call():
    assert export().received == 0


def test_over_the_change_to_winter_time_the_wait_is_counted_in_utc():
    told = export(
        event("q", "2025-10-26 01:59:30.000", duration_tot_sec="60"),
        answer("2025-10-26 02:00:30.000"),
    )

    [call] = told.calls.to_dicts()
    assert call["answered_at"] == datetime(2025, 10, 26, 0, 0, 30, tzinfo=UTC)
    assert (call["wait_seconds"], call["time_quality"]) == (60, "resolved")


def test_an_answer_after_the_doubled_hour_tells_which_of_the_two_the_call_came_in():
    told = export(
        event("q", "2025-10-26 02:59:30.000", duration_tot_sec="60"),
        answer("2025-10-26 03:00:30.000"),
    )

    [call] = told.calls.to_dicts()
    assert call["arrived_at"] == datetime(2025, 10, 26, 1, 59, 30, tzinfo=UTC)
    assert (call["wait_seconds"], call["time_quality"]) == (60, "resolved")


def test_a_clock_that_steps_back_within_a_call_tells_both_hours():
    told = export(
        event("q", "2025-10-26 02:59:30.000", duration_tot_sec="60"),
        answer("2025-10-26 02:00:30.000"),
    )

    [call] = told.calls.to_dicts()
    assert call["arrived_at"] == datetime(2025, 10, 26, 0, 59, 30, tzinfo=UTC)
    assert (call["wait_seconds"], call["time_quality"]) == (60, "resolved")


def test_the_order_of_the_calls_tells_the_hour_and_without_it_the_time_is_ambiguous():
    clocks = ["01:30", "02:44", "02:49", "02:45", "02:16", "02:11", "02:05", "03:20"]
    events = [
        event("q", f"2025-10-26 {at}:00.000", call_id=str(9 - n), result_code="h")
        for n, at in enumerate(clocks)
    ]

    told, alone = export(*events), export(events[1])

    hours = told.calls["arrived_at"].dt.hour().to_list()
    assert hours == [23, 0, 0, 0, 1, 1, 0, 2]
    assert told.calls["time_quality"].to_list() == [
        "exact",
        *["resolved"] * 5,
        "ambiguous",
        "exact",
    ]
    assert alone.calls["time_quality"].to_list() == ["ambiguous"]
    assert [(w.code, w.count) for w in alone.warnings] == [("ambiguous_time", 1)]


def test_a_wait_out_of_the_doubled_hour_is_unknown_when_nothing_tells_which_hour():
    told = export(event("q", "2025-10-26 02:30:00.000"), answer("2025-10-26 03:10:00.000"))

    assert told.calls.select("wait_seconds", "time_quality").rows() == [(None, "ambiguous")]


def test_events_a_little_out_of_order_are_no_change_of_the_clock():
    told = export(
        event("q", "2025-10-26 02:30:00.100", result_code="t"),
        event("q", "2025-10-26 02:30:00.000", result_code="h", duration_tot_sec="5"),
    )

    assert told.calls["time_quality"].to_list() == ["ambiguous"]


def test_an_answer_in_the_hour_that_never_was_is_refused():
    told = export(event("q", "2025-03-30 01:59:30.000"), answer("2025-03-30 02:00:30.000"))

    assert refused(told) == [(3, "arrived_at", "nonexistent_time")]


def test_over_the_change_to_summer_time_the_wait_is_counted_in_utc():
    told = export(event("q", "2025-03-30 01:59:30.000"), answer("2025-03-30 03:00:30.000"))

    assert told.calls.select("wait_seconds", "time_quality").rows() == [(60, "exact")]


def test_no_caller_s_number_comes_out():
    told = puzzel.read_calls(SAMPLE, settings=settings_with())
    shifted = export(
        event("q", "Ola 00000001-", result_code="h"),
        event("q", "18:00:00", result_code="00000002", call_id="00000003x"),
    )

    shown = str(told.calls.to_dicts()) + str(shifted.refused.to_dicts())
    numbers = [f"0000000{n}" for n in range(10)] + [f"0000010{n}" for n in range(10)]
    assert not any(trace in shown for trace in ("Ola", *numbers))
    assert shifted.refused.height == 2


MOMENTS = st.integers(0, 295 * 24 * 3_600_000).map(
    lambda ms: (
        datetime(2025, 1, 1, tzinfo=OSLO).astimezone(UTC) + timedelta(milliseconds=ms)
    ).astimezone(OSLO)
)
A_CALL = st.fixed_dictionaries(
    {
        "local": MOMENTS,
        "menu": st.integers(0, 300),
        "wait": st.integers(0, 3600),
        "offers": st.integers(0, 3),
        "code": st.sampled_from(["answered", "h", "t", "f", "s", "q"]),
        "talk": st.integers(1, 7200),
    }
)


def local(moment: datetime, seconds: int) -> str:
    """So many seconds later, as the clock on the wall then shows."""
    later = (moment.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(OSLO)
    return f"{later:%Y-%m-%d %H:%M:%S}.{later.microsecond // 1000:03d}"


def rendered(call_id: str, call: dict) -> list[dict]:
    begun, menu, wait, code = (call[name] for name in ("local", "menu", "wait", "code"))
    answered = code == "answered"
    events = [
        event("i", local(begun, 0), duration_tot_sec=str(menu)),
        event(
            "q",
            local(begun, menu),
            duration_tot_sec=str(wait),
            result_code="k" if answered else code,
        ),
        *(event("c", local(begun, menu), result_code="t") for _ in range(call["offers"])),
    ]
    if answered:
        events.append(answer(local(begun, menu + wait), speak=call["talk"]))
    return [one | {"call_id": call_id} for one in events]


@settings(deadline=None, max_examples=30)
@given(st.lists(A_CALL, max_size=8))
def test_calls_written_as_events_come_back_as_they_were(calls):
    codes = {"h": "abandoned", "t": "timeout", "f": "queue_full", "s": "no_agents"}
    outcomes = codes | {"q": "callback_requested", "answered": "answered"}
    events = [one for n, call in enumerate(calls) for one in rendered(f"{ID[:-2]}{n}", call)]

    told = export(*events)

    seen = told.calls.select("arrived_at", "outcome", "wait_seconds", "announcement_seconds").rows()
    assert seen == [
        (
            call["local"].astimezone(UTC) + timedelta(seconds=call["menu"]),
            outcomes[call["code"]],
            call["wait"],
            call["menu"],
        )
        for call in calls
    ]


IN_THE_NIGHT = st.integers(0, 5 * 3_600).map(
    lambda seconds: datetime(2025, 10, 25, 22, tzinfo=UTC) + timedelta(seconds=seconds)
)
AT_NIGHT = st.tuples(
    st.fixed_dictionaries(
        {
            "local": IN_THE_NIGHT,
            "menu": st.integers(0, 60),
            "wait": st.integers(0, 1800),
            "offers": st.integers(0, 2),
            "code": st.sampled_from(["answered", "h"]),
            "talk": st.integers(1, 1800),
        }
    ),
    st.integers(0, 300),
)


@settings(deadline=None, max_examples=80)
@given(st.lists(AT_NIGHT, max_size=8))
def test_in_the_night_of_two_hours_what_is_not_called_ambiguous_is_right(calls):
    """Written in the order of the calls' ends, each up to five minutes late, as Puzzel does."""

    def written_at(told: tuple) -> datetime:
        call, delay = told
        talk = call["talk"] if call["code"] == "answered" else 0
        return call["local"] + timedelta(seconds=call["menu"] + call["wait"] + talk + delay)

    calls = [call for call, _ in sorted(calls, key=written_at)]
    events = [one for n, call in enumerate(calls) for one in rendered(f"{ID[:-2]}{n}", call)]

    told = export(*events)

    assert told.calls.height == len(calls)
    for seen, call in zip(told.calls.sort("external_id").to_dicts(), calls, strict=True):
        if seen["time_quality"] != "ambiguous":
            assert seen["arrived_at"] == call["local"] + timedelta(seconds=call["menu"])
            assert seen["wait_seconds"] == call["wait"]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_torn_file_gives_calls_refusals_or_a_named_error(data):
    whole = SAMPLE.read_text()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    dirt = data.draw(st.text(max_size=12))
    try:
        told = parsed(whole[:start] + dirt + whole[end:])
    except Unreadable:
        return
    assert dict(told.calls.schema) == CALLS
    assert dict(told.refused.schema) == REFUSED
    assert told.received == told.calls.height + told.refused.height + told.pending
