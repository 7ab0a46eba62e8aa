from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.sources import asterisk_queue_log as log
from callstats.sources.frames import CALLS, ParsedCalls, SourceSettings, Unreadable
from tests.callstats.sources.queue_log_by_hand import calls_by_hand

SETTINGS = SourceSettings(profile="asterisk-queue-log", now=datetime(2026, 1, 1, tzinfo=UTC))
T = 1_761_335_400


def parsed(text: str) -> ParsedCalls:
    return log.calls_from(log.events_in(text.encode(), settings=SETTINGS), settings=SETTINGS)


def lines(*told: str) -> str:
    return "".join(f"{T + int(line.split('|')[0])}|{line.split('|', 1)[1]}\n" for line in told)


def one_after_another(*texts: str) -> ParsedCalls:
    """As imports do: stored traces of earlier files are united with the next file's events."""
    stored = log.expand(pl.DataFrame(schema={"external_id": pl.String, "trace": pl.String}))
    for text in texts:
        if text:
            events = log.events_in(text.encode(), settings=SETTINGS)
            united = log.unite(stored, events.frame)
            stored = log.expand(log.compact(united))
    return log.calls_from(replace(events, frame=united), settings=SETTINGS)


def facts(told: ParsedCalls) -> dict[str, dict]:
    rows = told.calls.drop("line").to_dicts()
    return {row["external_id"]: row for row in rows}


def by_hand_form(told: ParsedCalls) -> dict[str, dict]:
    return {
        row["external_id"]: {
            "queue": row["queue"],
            "outcome": row["outcome"],
            "wait": row["wait_seconds"],
            "talk": row["talk_seconds"],
            "forwarded": row["forwarded_to"],
            "legs": len(json.loads(row["legs"])) if row["legs"] else 1,
        }
        for row in told.calls.to_dicts()
    }


def within_two_minutes(told: ParsedCalls) -> int:
    return told.calls.filter(pl.col("outcome") == "answered", pl.col("wait_seconds") <= 120).height


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0), (1, 0, 1)])
def test_two_rotated_files_give_one_evening_in_either_order(older_log, newer_log, order):
    texts = [older_log.read_text(), newer_log.read_text()]

    told = one_after_another(*(texts[n] for n in order))

    assert told.calls.height == 160
    assert told.calls.filter(pl.col("outcome") == "answered").height == 135
    assert within_two_minutes(told) == 120
    assert facts(told) == facts(parsed(texts[0] + texts[1]))


def test_the_older_file_alone_has_calls_still_open(older_log):
    told = parsed(older_log.read_text())

    assert (told.calls.height, told.pending, told.received) == (75, 0, 75)
    assert told.calls.filter(pl.col("outcome") == "incomplete").height == 3
    assert told.first_at == datetime(2025, 10, 24, 19, 50, tzinfo=UTC)


def test_the_newer_file_alone_waits_for_the_beginning_of_calls(newer_log):
    told = parsed(newer_log.read_text())

    assert (told.calls.height, told.pending, told.received) == (85, 5, 90)


def test_the_samples_agree_with_the_slow_way(older_log, newer_log):
    text = older_log.read_text() + newer_log.read_text()

    assert by_hand_form(parsed(text)) == calls_by_hand(text)


def test_calls_have_the_agreed_columns():
    assert dict(parsed(lines("0|a|q|NONE|ABANDON|1|1|4")).calls.schema) == CALLS


def test_an_overflowed_call_is_one_call_with_two_legs():
    told = parsed(
        lines(
            "0|a|main|NONE|ENTERQUEUE||0047|1",
            "60|a|main|NONE|EXITWITHTIMEOUT|1|1|60",
            "60|a|overflow|NONE|ENTERQUEUE||0047|1",
            "130|a|overflow|op|CONNECT|70|x|3",
            "190|a|overflow|op|COMPLETECALLER|70|60|1",
        )
    )

    [call] = told.calls.to_dicts()
    assert (call["queue"], call["outcome"], call["wait_seconds"]) == ("main", "answered", 130)
    assert [leg["outcome"] for leg in json.loads(call["legs"])] == ["timeout", "answered"]


@pytest.mark.parametrize(
    ("end", "outcome", "wait"),
    [
        ("ABANDON|1|1|9", "abandoned", 9),
        ("EXITWITHTIMEOUT|1|1|9", "timeout", 9),
        ("EXITEMPTY|1|1|9", "no_agents", 9),
        ("EXITWITHKEY|1|1|1|9", "callback_requested", 9),
        ("WITHDRAW|1|1|9|", "unknown", 9),
        ("SYSCOMPAT|", "unknown", 9),
        ("RINGNOANSWER|15000", "incomplete", None),
        ("SOMETHINGNEW|1", "incomplete", None),
    ],
)
def test_the_last_line_of_a_leg_is_its_outcome(end, outcome, wait):
    told = parsed(lines("0|a|q|NONE|ENTERQUEUE||0047|1", f"9|a|q|NONE|{end}"))

    assert told.calls.select("outcome", "wait_seconds").row(0) == (outcome, wait)


@pytest.mark.parametrize(
    ("verb", "outcome"), [("FULL", "queue_full"), ("JOINEMPTY", "no_agents"), ("CLOSED", "closed")]
)
def test_a_caller_turned_away_at_the_door_is_a_call_without_a_wait(verb, outcome):
    told = parsed(lines(f"0|a|q|NONE|{verb}|"))

    assert told.calls.select("outcome", "wait_seconds").row(0) == (outcome, None)


def test_a_stop_of_the_exchange_leaves_calls_incomplete_and_says_so():
    told = parsed(
        lines("0|a|q|NONE|ENTERQUEUE||0047|1", "50|NONE|NONE|NONE|QUEUESTART|", "51|b|q|NONE|FULL|")
    )

    assert told.calls.filter(external_id="a")["outcome"][0] == "incomplete"
    assert [(w.code, w.count) for w in told.warnings] == [("cut_off_by_restart", 1)]


def test_a_callid_that_lives_more_than_a_day_is_refused():
    told = parsed(lines("0|a|q|NONE|ENTERQUEUE||0047|1", "90000|a|q|NONE|ABANDON|1|1|9"))

    assert told.calls.is_empty()
    assert told.refused.select("line", "external_id", "code").rows() == [
        (1, "a", "call_spans_a_day")
    ]


def test_a_wait_of_more_than_four_hours_is_refused():
    told = parsed(lines("0|a|q|NONE|ENTERQUEUE||0047|1", "14401|a|q|NONE|ABANDON|1|1|9"))

    assert told.refused.select("line", "field", "code").rows() == [
        (1, "wait_seconds", "implausible_duration")
    ]


@pytest.mark.parametrize(
    "cut",
    ["1761335420|a|q", "17613", "1761335420|a|q|NONE|ABAND", "1761335420|a|q|NONE|ABANDON|1|1"],
)
def test_a_cut_last_line_is_refused_and_the_rest_is_read(cut):
    told = parsed(lines("0|a|q|NONE|ENTERQUEUE||0047|1") + cut)

    assert told.calls["outcome"].to_list() == ["incomplete"]
    assert told.refused.select("line", "code").rows() == [(2, "unreadable_line")]


def test_a_whole_last_line_without_line_feed_is_read():
    told = parsed(lines("0|a|q|NONE|ENTERQUEUE||0047|1", "9|a|q|NONE|ABANDON|1|1|9").rstrip("\n"))

    assert told.calls["outcome"].to_list() == ["abandoned"]


def test_bad_epochs_are_refused_by_line():
    text = lines("0|a|q|NONE|FULL|", "1|b|q|NONE|FULL|") + "then|c|q|NONE|FULL|\n5|d|q|NONE|FULL|\n"

    told = parsed(text)

    assert told.refused.select("line", "code").rows() == [
        (3, "unreadable_line"),
        (4, "implausible_time"),
    ]


def test_no_caller_number_or_agent_survives_the_reading():
    events = log.events_in(
        lines("0|a|q|Ola Nordmann|ENTERQUEUE|url|004712345678|1").encode(), settings=SETTINGS
    )

    kept = str(events.frame.to_dicts()) + log.compact(events.frame)["trace"][0]

    assert "12345678" not in kept
    assert "Nordmann" not in kept


@pytest.mark.parametrize("talk", ["99900011", "4799900011", "99999", "x", "-1", "٧"])
def test_a_talk_of_more_than_a_day_is_none_and_may_be_a_number(talk):
    text = lines(
        "0|a|q|NONE|ENTERQUEUE||0047|1",
        "9|a|q|op|CONNECT|9|x|1",
        f"20|a|q|op|COMPLETECALLER|9|{talk}|1",
    )

    [call] = parsed(text).calls.to_dicts()
    traces = log.compact(log.events_in(text.encode(), settings=SETTINGS).frame)

    assert (call["outcome"], call["talk_seconds"]) == ("answered", None)
    assert "99900011" not in traces["trace"][0]


def test_another_kind_of_text_is_no_queue_log():
    with pytest.raises(Unreadable) as error:
        parsed("Dato;Status\n1;2\n")

    assert (error.value.code, error.value.params["line"]) == ("not_a_queue_log", 1)


def test_a_trace_comes_back_as_it_was(older_log):
    frame = log.read_events(older_log, settings=SETTINGS).frame.with_columns(
        queue=pl.col("queue") + '"\\|æ'
    )

    back = log.expand(log.compact(frame))

    order = ["external_id", "at"]
    assert (
        back.drop("line")
        .sort(order, maintain_order=True)
        .equals(frame.drop("line").sort(order, maintain_order=True))
    )


@st.composite
def logs(draw: st.DrawFn) -> str:
    """A valid log: calls go through queues in turn; several may end and begin in one second."""
    told: list[tuple[int, int, str]] = [(T - 1, 0, "NONE|NONE|NONE|QUEUESTART|")]
    for n in range(draw(st.integers(1, 5))):
        at, seq = T + draw(st.integers(0, 8)), 0
        for queue in draw(st.permutations(["q1", "q2", "q3"]))[: draw(st.integers(1, 3))]:
            end = draw(
                st.sampled_from(["ABANDON", "EXITEMPTY", "EXITWITHTIMEOUT", "FULL", "answer", ""])
            )
            steps = _steps(queue, end, draw)
            for later, line in steps:
                at, seq = at + later, seq + 1
                told.append((at, seq, f"c{n}|{line}"))
            if end in ("ABANDON", ""):
                break
    told.append((at + 100, 0, "NONE|NONE|NONE|CONFIGRELOAD|"))
    return "".join(f"{at}|{line}\n" for at, _, line in sorted(told, key=lambda t: t[:2]))


def _steps(queue: str, end: str, draw: st.DrawFn) -> list[tuple[int, str]]:
    gap = st.integers(0, 2)
    if end == "FULL":
        return [(draw(gap), f"{queue}|NONE|FULL|")]
    steps = [(draw(gap), f"{queue}|NONE|ENTERQUEUE||0047|1")]
    if draw(st.booleans()):
        steps.append((draw(gap), f"{queue}|op|RINGNOANSWER|1000"))
    if end == "answer":
        steps.append((draw(gap), f"{queue}|op|CONNECT|1|x|1"))
        verb = draw(st.sampled_from(["COMPLETEAGENT|1|7|1", "BLINDTRANSFER|200|lege|1|7|1"]))
        steps.append((draw(gap), f"{queue}|op|{verb}"))
    elif end:
        steps.append((draw(gap), f"{queue}|NONE|{end}|1|1|2"))
    return steps


@settings(max_examples=20, deadline=None)
@given(text=logs())
def test_made_up_logs_agree_with_the_slow_way(text):
    assert by_hand_form(parsed(text)) == calls_by_hand(text)


@settings(max_examples=20, deadline=None)
@given(text=logs(), data=st.data())
def test_a_log_split_anywhere_gives_the_same_calls_in_either_order(text, data):
    each = text.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(each)))
    halves = ["".join(each[:at]), "".join(each[at:])]
    whole = facts(parsed(text))

    assert facts(one_after_another(*halves)) == whole
    assert facts(one_after_another(*reversed(halves))) == whole


@settings(max_examples=20, deadline=None)
@given(text=logs(), data=st.data())
def test_importing_any_part_again_changes_nothing(text, data):
    each = text.splitlines(keepends=True)
    at = data.draw(st.integers(1, len(each)))
    part = data.draw(st.sampled_from(["".join(each[:at]), "".join(each[at - 1 :]), text]))

    assert facts(one_after_another(text, part)) == facts(parsed(text))
    assert facts(one_after_another(part, text)) == facts(parsed(text))
    assert facts(one_after_another(part, part)) == facts(parsed(part))


def test_an_event_log_is_evidence_only_between_its_silences():
    calls = [f"{600 * n}|{n}.1|main|NONE|ENTERQUEUE||" for n in range(6)]
    day = 86_400
    told = parsed(
        lines(*calls, f"{day}|NONE|NONE|NONE|QUEUESTART|", f"{day + 60}|9.1|main|NONE|X|")
    )

    hours = [((first.timestamp() - T), (last.timestamp() - T)) for first, last in told.spans]
    assert hours == [(0, 3000), (day, day + 60)]


def test_any_line_is_a_sign_of_life_but_the_rhythm_is_that_of_the_calls():
    burst = [f"{n}|1.1|main|NONE|RINGNOANSWER|1000" for n in range(20)]
    calls = [f"{5 * 3600 * n}|{n + 1}.1|main|NONE|ENTERQUEUE||" for n in range(3)]

    assert len(parsed(lines(*burst, *calls)).spans) == 1
