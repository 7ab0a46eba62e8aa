"""Calls of a table without ids: none is lost, and none is counted twice."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.callstats.sources.tables import parsed, refused

WEAK = {
    "columns": {
        "arrived_at": "Tid",
        "queue": "Kø",
        "outcome": "Status",
        "wait_seconds": "Ventetid",
        "talk_seconds": "Samtaletid",
        "urgency": "Hast",
    },
    "time_formats": ["%d.%m.%Y %H:%M"],
    "outcomes": {"Besvart": "answered", "Lagt på": "abandoned", "Satt over til *": "answered"},
    "id": {"weak": True},
}
HEAD = "Tid;Kø;Status;Ventetid;Samtaletid;Hast\n"


def told(rows: list[str]):
    return parsed(HEAD + "".join(f"{row}\n" for row in rows), WEAK)


def ids(rows: list[str]) -> list[str]:
    return told(rows).calls["external_id"].to_list()


def test_calls_of_one_minute_that_tell_the_same_are_all_calls():
    rows = [
        "24.10.2025 12:00;A;Besvart;0;60;",
        "24.10.2025 12:00;A;Lagt på;0;;",
        "24.10.2025 12:00;A;Besvart;0;60;",
        "24.10.2025 12:00;A;Besvart;0;61;",
    ]

    read = told(rows)

    assert (read.calls.height, read.ignored, read.refused.height) == (4, 0, 0)
    assert read.calls["external_id"].n_unique() == 4
    assert read.calls["external_id"][2] == read.calls["external_id"][0] + "#2"


MINUTE = st.builds(
    "24.10.2025 12:0{};{};{};{};60;{}".format,
    st.integers(0, 2),
    st.sampled_from("AB"),
    st.sampled_from(["Besvart", "Lagt på"]),
    st.integers(0, 1),
    st.sampled_from(["", "grønn"]),
)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(MINUTE, min_size=1, max_size=12), data=st.data())
def test_the_same_rows_are_the_same_calls_whichever_is_first(rows, data):
    other = data.draw(st.permutations(rows))

    assert sorted(ids(rows)) == sorted(ids(other))
    assert len(set(ids(rows))) == len(rows)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(MINUTE, min_size=2, max_size=12), data=st.data())
def test_exports_that_overlap_anywhere_count_no_call_twice(rows, data):
    """Cut in the middle of a minute: a call both tell is one, and none is more than the whole's."""
    begin = data.draw(st.integers(0, len(rows) - 1))
    end = data.draw(st.integers(begin, len(rows)))

    stored = set(ids(rows[:end]) if end else []) | set(ids(rows[begin:]))

    assert stored <= set(ids(rows))
    facts = Counter(row.rsplit(";", 1)[0] for row in rows)
    parts = [Counter(row.rsplit(";", 1)[0] for row in part) for part in (rows[:end], rows[begin:])]
    assert len(stored) == sum(max(part[fact] for part in parts) for fact in facts)


@pytest.mark.parametrize("row", ["24.10.2025 12:00;99900011;Kari;0;;", "99900011;Kari;;;;"])
def test_a_refused_row_has_no_id_made_of_what_may_be_a_caller_s(row):
    read = told([row])

    assert len(refused(read)) == 1
    assert read.refused["external_id"].to_list() == [None]


def test_the_moment_is_part_of_the_key_in_whatever_form_it_is_written():
    rows = [f"17613354{n};A;Besvart;0;60;" for n in (10, 11)]

    read = parsed(HEAD + "\n".join(rows) + "\n", WEAK | {"time_formats": ["epoch"]})

    assert not read.calls["external_id"].str.contains("#").any()


def test_a_name_in_the_status_is_no_part_of_the_key():
    one, other = (ids([f"24.10.2025 12:00;A;Satt over til {name};0;;"]) for name in ("Kari", "Ola"))

    assert one == other
