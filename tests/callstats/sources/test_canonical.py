from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.sources import canonical, canonical_row
from callstats.sources.frames import CALLS, OUTCOMES, ParsedCalls, SourceSettings, Unreadable
from callstats.sources.registry import PROFILES

SETTINGS = SourceSettings(profile="canonical", now=datetime(2026, 2, 1, tzinfo=UTC))
CALL = {
    "id": "a-000123",
    "arrived_at": "2026-01-05T18:02:11+01:00",
    "number": "116117",
    "queue": "main",
    "outcome": "answered",
    "answered_at": "2026-01-05T18:03:40+01:00",
    "wait_seconds": 89,
    "ended_at": "2026-01-05T18:07:02+01:00",
    "talk_seconds": 202.5,
    "video": False,
    "version": 2,
}


def parsed(*rows) -> ParsedCalls:
    return canonical.calls_from_rows(list(rows), settings=SETTINGS)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_of_csv_may_end_in_each_way(end):
    lines = ("id,arrived_at,queue,outcome", "a,2026-01-05T18:02:11Z,main,abandoned", "")
    read = canonical.calls_in_csv(end.join(lines).encode(), settings=SETTINGS)
    assert read.calls["line"].to_list() == [2]


def test_a_first_line_too_long_to_hold_names_is_told_as_such():
    with pytest.raises(Unreadable, match="missing_columns"):
        canonical.calls_in_csv(b"x" * 200_000, settings=SETTINGS)


def test_a_wait_two_seconds_from_the_stamps_is_within_the_tolerance():
    told = CALL | {"wait_seconds": "2.4", "answered_at": "2026-01-05T18:02:15.4+01:00"}
    assert parsed(told).warnings == ()
    (warning,) = parsed(told | {"wait_seconds": "2.399"}).warnings
    assert warning.code == "wait_differs_from_stamps"


def test_no_length_written_at_length_is_remembered():
    before = canonical_row.remembered_seconds.cache_info().currsize
    call = parsed(CALL | {"talk_seconds": "7" + "." + "0" * 10_000}).calls
    assert call["talk_seconds"].to_list() == [Decimal("7.000")]
    known = canonical_row.remembered_seconds.cache_info().currsize
    assert known <= before + 1  # the wait


def test_the_vendor_s_example_is_a_call():
    [call] = parsed(CALL).calls.to_dicts()

    assert call["arrived_at"] == datetime(2026, 1, 5, 17, 2, 11, tzinfo=UTC)
    assert (call["wait_seconds"], call["talk_seconds"]) == (Decimal(89), Decimal("202.5"))
    assert (call["number"], call["version"], call["video"]) == ("116117", 2, False)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"caller": "47123456"}, "caller", "unknown_field"),
        ({"id": ""}, "id", "missing_field"),
        ({"id": {"a": 1}}, "id", "unknown_value"),
        ({"queue": None, "number": None}, "queue", "missing_field"),
        ({"arrived_at": "2026-01-05T18:02:11"}, "arrived_at", "invalid_time"),
        ({"arrived_at": 1767632531}, "arrived_at", "invalid_time"),
        ({"arrived_at": "1970-01-01T00:00:00Z"}, "arrived_at", "implausible_time"),
        ({"outcome": "maybe"}, "outcome", "unknown_outcome"),
        ({"wait_seconds": -1}, "wait_seconds", "negative_duration"),
        ({"wait_seconds": "NaN"}, "wait_seconds", "invalid_duration"),
        ({"wait_seconds": True}, "wait_seconds", "invalid_duration"),
        ({"wait_seconds": 14_401}, "wait_seconds", "implausible_duration"),
        ({"answered_at": "2026-01-05T18:02:10+01:00"}, "answered_at", "impossible_order"),
        ({"ended_at": "2026-01-05T18:03:00+01:00"}, "ended_at", "impossible_order"),
        ({"number": "Ola"}, "number", "invalid_number"),
        ({"version": 1.5}, "version", "invalid_number"),
        ({"video": "kanskje"}, "video", "unknown_value"),
        ({"forwarded_to": "police"}, "forwarded_to", "unknown_value"),
        ({"legs": [{"queue": "q", "agent": "x"}]}, "legs.agent", "unknown_field"),
        ({"legs": "q"}, "legs", "unknown_value"),
    ],
)
def test_a_wrong_row_is_refused_by_index_and_field(change, field, code):
    told = parsed(CALL, CALL | {"id": "b"} | change)

    assert told.refused.select("line", "index", "field", "code").rows() == [(2, 1, field, code)]
    assert (told.calls.height, told.received) == (1, 2)


def test_a_row_that_is_no_object_is_refused():
    assert parsed([1]).refused["code"].to_list() == ["missing_field"]


def test_legs_are_kept_when_there_are_several():
    leg = {"queue": "main", "entered_at": CALL["arrived_at"], "outcome": "timeout"}

    told = parsed(
        CALL | {"legs": [leg, leg | {"queue": "overflow"}]}, CALL | {"id": "b", "legs": [leg]}
    )

    assert [leg["queue"] for leg in json.loads(told.calls["legs"][0])] == ["main", "overflow"]
    assert told.calls["legs"][1] is None


def test_a_repeated_row_is_ignored_and_a_contradicting_one_refused():
    told = parsed(CALL, CALL, CALL | {"talk_seconds": 1})

    assert (told.calls.height, told.ignored, told.received) == (1, 1, 2)
    assert told.refused.select("index", "code").rows() == [(2, "duplicate_in_file")]


def test_ndjson_names_the_broken_line():
    good = json.dumps(CALL).encode()

    assert len(canonical.read_ndjson(good + b"\n\n" + good)) == 2
    with pytest.raises(Unreadable) as error:
        canonical.read_ndjson(good + b"\n{")
    assert (error.value.code, error.value.params) == ("invalid_json", {"line": 2})


def test_csv_names_an_unknown_column():
    with pytest.raises(Unreadable) as error:
        canonical.read_csv(b"id,caller\n1,2\n")

    assert (error.value.code, error.value.params) == ("unknown_field", {"field": "caller"})


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_csv_with_other_marks_than_commas_says_so(mark):
    data = f"id{mark}arrived_at{mark}outcome\n1{mark}2{mark}3\n".encode()
    for read in (canonical.read_csv, lambda data: canonical.calls_in_csv(data, settings=SETTINGS)):
        with pytest.raises(Unreadable) as error:
            read(data)

        assert error.value.code == "wrong_delimiter"
        assert error.value.params == {"delimiter": ",", "line": 1}


def test_csv_names_a_column_that_stands_twice():
    for read in (canonical.read_csv, lambda data: canonical.calls_in_csv(data, settings=SETTINGS)):
        with pytest.raises(Unreadable) as error:
            read(b"id,arrived_at,outcome,queue,id\n1,2,3,4,5\n")

        assert (error.value.code, error.value.params["columns"]) == ("ambiguous_columns", ["id"])


@pytest.mark.parametrize("name", ["+4799900011", "999 00 011", "tlf99900011"])
def test_a_number_in_place_of_a_field_s_name_is_not_kept(name):
    told = parsed(CALL | {name: 1}, CALL | {"legs": [{"queue": "q", name: 1}]})
    with pytest.raises(Unreadable) as error:
        canonical.read_csv(f"id,{name}\n1,2\n".encode())

    assert told.refused["field"].to_list() == ["?", "legs.?"]
    assert error.value.params == {"field": "?"}


@pytest.mark.parametrize("outcome", ["+4799900011", "999 00 011", "answered by Kari " * 3])
def test_an_outcome_that_holds_a_number_or_a_note_is_not_kept(outcome):
    told = parsed(CALL | {"outcome": outcome}, CALL | {"outcome": "besvart"})

    assert told.refused.select("code", "value").rows() == [
        ("unknown_outcome", None),
        ("unknown_outcome", "besvart"),
    ]


def test_a_leg_with_a_letter_that_no_table_can_hold_is_refused():
    leg = {"queue": "main", "entered_at": CALL["arrived_at"]}
    legs = [leg, leg | {"queue": "more\x00"}]

    told = parsed(CALL, CALL | {"id": "b", "legs": legs})

    assert told.refused.select("index", "field", "code").rows() == [(1, "legs", "unknown_value")]
    assert told.calls.height == 1


@pytest.mark.parametrize("form", ["object", "covered", "wide", "one", "list", "lines", "csv"])
def test_a_file_is_told_apart_by_how_it_begins(tmp_path, form):
    path = tmp_path / "calls"
    row = {k: v for k, v in CALL.items() if k != "video"}
    path.write_text(
        {
            "object": json.dumps({"calls": [row]}),
            "covered": json.dumps({"covers_from": "2026-01-05T00:00:00Z", "calls": [row]}),
            "wide": json.dumps({"covers_from": None, "calls": [row]}, indent=2),
            "one": json.dumps(row, indent=2),
            "list": json.dumps([row]),
            "lines": json.dumps(row) + "\n",
            "csv": ",".join(row) + "\n" + ",".join(map(str, row.values())) + "\n",
        }[form]
    )

    told = canonical.read_calls(path, settings=SETTINGS)

    assert told.calls.drop("line").rows() == parsed(row).calls.drop("line").rows()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"covers_from": null,\n "calls": [\n}', 3),
        ('{"id": "a"}\n{"id": \n', 2),
        ('{"id": "a"}}\n{"id": "b"}\n', 1),
        ('{"calls": [\n', 2),
    ],
)
def test_a_broken_file_is_told_by_its_line(tmp_path, text, line):
    path = tmp_path / "calls"
    path.write_text(text)

    with pytest.raises(Unreadable) as error:
        canonical.read_calls(path, settings=SETTINGS)

    assert (error.value.code, error.value.params) == ("invalid_json", {"line": line})


MOMENTS = st.integers(-5, 20_000).map(
    lambda n: (datetime(2026, 1, 5, 17, tzinfo=UTC) + timedelta(seconds=n)).isoformat()
)
ROWS = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "b", "c", ""]),
        "arrived_at": MOMENTS | st.sampled_from(["", "x", "1999-12-31T23:59:59Z"]),
        "outcome": st.sampled_from(sorted(OUTCOMES)) | st.just("x"),
        "queue": st.sampled_from(["main", ""]),
        "number": st.sampled_from(["116 117", "", "Ola"]),
        "answered_at": MOMENTS | st.just(""),
        "ended_at": MOMENTS | st.just(""),
        "wait_seconds": st.integers(-2, 15_000).map(str) | st.sampled_from(["", "1.2345", "x"]),
        "talk_seconds": st.sampled_from(["", "90", "-1"]),
        "forwarded_to": st.sampled_from(["", "amk", "police"]),
        "video": st.sampled_from(["", "true", "false", "perhaps"]),
        "version": st.sampled_from(["", "3", "x"]),
    }
)


@settings(deadline=None, max_examples=50)
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_the_columns_and_the_plain_way_give_the_same_answer(rows):
    text = ",".join(rows[0]) + "\n" + "".join(",".join(row.values()) + "\n" for row in rows)

    slow = canonical.calls_from_rows(canonical.read_csv(text.encode()), settings=SETTINGS)
    fast = canonical.calls_in_csv(text.encode(), settings=SETTINGS)

    told = ["external_id", "field", "code"]
    assert fast.calls.drop("line").rows() == slow.calls.drop("line").rows()
    assert fast.refused.select(told).rows() == slow.refused.select(told).rows()
    assert (fast.received, fast.ignored) == (slow.received, slow.ignored)
    assert fast.warnings == tuple(
        type(w)(code=w.code, count=w.count, line=w.line + 1) for w in slow.warnings
    )


def test_every_profile_has_the_doors_of_its_kind():
    for name, profile in PROFILES.items():
        doors = (
            ("read_events", "unite", "calls_from") if profile.kind == "events" else ("read_calls",)
        )
        assert profile.name == name
        assert all(callable(getattr(profile.module, door)) for door in doors)


def test_no_calls_is_an_empty_frame():
    told = parsed()

    assert dict(told.calls.schema) == CALLS
    assert (told.received, told.first_at) == (0, None)


def test_a_number_that_is_none_is_refused_without_its_text():
    [refused] = parsed(CALL | {"number": "4x7000001"}).refused.to_dicts()

    assert (refused["field"], refused["value"]) == ("number", None)
