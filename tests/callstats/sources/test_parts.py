"""A large file read in parts tells what the whole tells."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.sources import canonical, parts
from callstats.sources.frames import SourceSettings, Unreadable

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = SourceSettings(profile="canonical", now=NOW)
FIRST = datetime(2025, 3, 29, 20, tzinfo=UTC)
HEADER = "id,arrived_at,queue,outcome,wait_seconds\n"


def line(number: int, *, wait: object = 10, queue: str = "main") -> str:
    at = FIRST + timedelta(minutes=number)
    return f"c{number},{at.isoformat()},{queue},answered,{wait}\n"


def in_parts(path, size: int) -> list:
    before = parts.FIRST_BYTES, parts.PART_BYTES
    parts.FIRST_BYTES, parts.PART_BYTES = size, 2 * size
    try:
        return list(canonical.read_parts(path, settings=SETTINGS))
    finally:
        parts.FIRST_BYTES, parts.PART_BYTES = before


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("parts") / "calls.csv"


@settings(max_examples=20, deadline=None)
@given(
    waits=st.lists(st.sampled_from([10, 0, "120.4", -1, "soon"]), min_size=1, max_size=20),
    queues=st.sampled_from(["main", '"two, parts"', '"over\nlines"', '"said ""yes"""']),
    size=st.integers(60, 400),
)
def test_the_parts_tell_what_the_whole_tells(path, waits, queues, size):
    rows = [line(n, wait=wait, queue=queues) for n, wait in enumerate(waits)]
    path.write_text(HEADER + "".join(rows))
    whole = canonical.read_calls(path, settings=SETTINGS)
    told = in_parts(path, size)
    assert pl.concat([part.calls for part in told]).equals(whole.calls)
    assert pl.concat([part.refused for part in told]).equals(whole.refused)
    for count in ("received", "ignored", "pending"):
        assert sum(getattr(part, count) for part in told) == getattr(whole, count)


def test_no_hole_is_made_where_a_file_is_parted(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text(HEADER + "".join(line(90 * n) for n in range(40)))
    told = in_parts(path, 500)
    assert len(told) > 2
    for before, after in pairwise(told):
        assert after.spans[0][0] == before.spans[-1][1]


def hours_told(told: list) -> set:
    """Each hour that lies in a span."""
    every = [FIRST + timedelta(hours=n) for n in range(100)]
    spans = [span for part in told for span in part.spans]
    return {at for at in every if any(first <= at <= last for first, last in spans)}


def test_nor_where_the_newest_call_stands_first(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text(HEADER + "".join(line(90 * n) for n in reversed(range(40))))
    told = in_parts(path, 500)
    assert len(told) > 2
    assert hours_told(told) == hours_told([canonical.read_calls(path, settings=SETTINGS)])


def test_nor_by_a_part_of_which_no_row_is_a_call(tmp_path):
    path = tmp_path / "calls.csv"
    rows = [line(90 * n) for n in range(40)]
    path.write_text(HEADER + "".join([*rows[:20], *["no call\n"] * 300, *rows[20:]]))
    told = in_parts(path, 500)
    assert not all(part.calls.height for part in told)
    assert hours_told(told) == hours_told([canonical.read_calls(path, settings=SETTINGS)])


@pytest.mark.parametrize("start", [b"\xff\xfe", b"\xfe\xff"])
def test_what_has_no_line_ends_of_its_own_is_not_parted(tmp_path, start):
    path = tmp_path / "calls.csv"
    path.write_bytes(start + b"x" * (parts.PART_BYTES + 1))
    assert not parts.is_large(path)


def test_a_file_without_line_feeds_is_read_as_a_whole(tmp_path):
    """Its header would be all of it, and the calls after that none."""
    path = tmp_path / "calls.csv"
    path.write_bytes((HEADER + "".join(line(n) for n in range(30))).replace("\n", "\r").encode())
    (only,) = in_parts(path, 500)
    assert (only.received, only.calls["line"].to_list()) == (30, list(range(2, 32)))


def test_a_large_file_of_no_lines_at_all_is_no_import_of_nothing(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_bytes(b"\0" * 3000)
    with pytest.raises(Unreadable, match="not_text"):
        in_parts(path, 500)


def test_what_cannot_be_read_in_a_later_part_is_told_by_its_line_in_the_file(tmp_path):
    path = tmp_path / "calls.csv"
    rows = [line(n) for n in range(30)]
    path.write_text(HEADER + "".join(rows) + line(30, queue='"never ends') + "".join(rows))

    with pytest.raises(Unreadable) as error:
        in_parts(path, 500)

    assert (error.value.code, error.value.params) == ("unclosed_quote", {"line": 32})


def test_json_is_read_as_a_whole(tmp_path):
    path = tmp_path / "calls.json"
    path.write_text('{"calls": [' + " " * 500 + "]}")
    (only,) = in_parts(path, 100)
    assert only.received == 0
