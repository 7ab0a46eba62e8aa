"""Several rows a call."""

import json
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.callstats.sources.tables import codes, parsed, refused

HEAD = "Samtale;Inn;Kø;Status;Svart;Slutt;Vent;Tale\n"
LEGS = {
    "kind": "row-per-leg",
    "group": ["Samtale"],
    "wait": "stamps",
    "columns": {
        "arrived_at": "Inn",
        "queue": "Kø",
        "outcome": "Status",
        "answered_at": "Svart",
        "ended_at": "Slutt",
        "wait_seconds": "Vent",
        "talk_seconds": "Tale",
    },
    "time_formats": ["%Y-%m-%d %H:%M:%S"],
    "outcomes": {"ok": "answered", "lost": "abandoned", "passed": "unknown"},
}
FIRST = "s1;2025-10-24 20:00:00;main;passed;;2025-10-24 20:00:30;30;\n"
SECOND = "s1;2025-10-24 20:00:30;over;ok;2025-10-24 20:00:50;2025-10-24 20:02:00;20;70\n"
THIRD = "s1;2025-10-24 20:02:00;doctor;ok;2025-10-24 20:02:10;2025-10-24 20:03:00;10;50\n"


def test_the_legs_of_a_call_are_one_call_in_time_order():
    told = parsed(HEAD + THIRD + SECOND + FIRST, LEGS)

    [call] = told.calls.to_dicts()
    assert (call["external_id"], call["queue"], call["outcome"]) == ("s1", "main", "answered")
    assert call["arrived_text"] == "2025-10-24 20:00:00"
    assert (call["wait_seconds"], call["talk_seconds"]) == (50, 120)
    assert call["ended_at"].isoformat() == "2025-10-24T18:03:00+00:00"
    assert [leg["queue"] for leg in json.loads(call["legs"])] == ["main", "over", "doctor"]
    assert (told.received, told.refused.height) == (1, 0)


def test_the_wait_may_be_the_sum_or_the_column_of_the_leg_that_answered():
    text = HEAD + FIRST + SECOND + THIRD

    assert parsed(text, LEGS | {"wait": "sum_of_legs"}).calls["wait_seconds"].to_list() == [50]
    assert parsed(text, LEGS | {"wait": "column"}).calls["wait_seconds"].to_list() == [20]
    assert parsed(text, LEGS | {"wait": "unknown"}).calls["wait_seconds"].to_list() == [None]


def test_a_sum_with_an_unknown_part_is_unknown():
    text = HEAD + FIRST.replace(";30;", ";;") + SECOND

    assert parsed(text, LEGS | {"wait": "sum_of_legs"}).calls["wait_seconds"].to_list() == [None]


def test_without_an_answer_the_last_leg_that_knows_tells_how_it_ended():
    lost = FIRST.replace("passed", "lost")
    passed = FIRST.replace("20:00:00", "20:00:10")

    told = parsed(HEAD + passed + lost, LEGS)

    assert told.calls.select("outcome", "wait_seconds").row(0) == ("abandoned", Decimal(30))


def test_one_wrong_leg_refuses_the_whole_call_and_no_other():
    wrong = SECOND.replace(";ok;", ";?;")

    told = parsed(HEAD + FIRST + wrong + FIRST.replace("s1", "s2"), LEGS)

    assert refused(told) == [(2, "group", "leg_refused"), (3, "outcome", "unknown_outcome")]
    assert told.calls["external_id"].to_list() == ["s2"]


def test_a_leg_told_twice_is_counted_once():
    told = parsed(HEAD + FIRST + SECOND + SECOND, LEGS)

    assert (told.calls["talk_seconds"].to_list(), told.ignored) == ([70], 1)


def test_a_leg_of_no_call_is_refused():
    assert refused(parsed(HEAD + FIRST.replace("s1", ""), LEGS)) == [(2, "group", "missing_field")]


def test_legs_that_wait_longer_than_a_call_can_are_refused_as_a_call():
    late = SECOND.replace("10-24", "10-25")

    told = parsed(HEAD + FIRST + late, LEGS)

    assert refused(told) == [(2, "wait_seconds", "implausible_duration")]
    assert codes(told) == []


@settings(deadline=None, max_examples=24)
@given(st.permutations([FIRST, SECOND, THIRD, FIRST.replace("s1", "s2")]))
def test_the_order_of_the_rows_tells_nothing(rows):
    told = parsed(HEAD + "".join(rows), LEGS).calls.sort("external_id").drop("line")

    again = parsed(HEAD + FIRST + SECOND + THIRD + FIRST.replace("s1", "s2"), LEGS)
    assert told.equals(again.calls.drop("line"))
