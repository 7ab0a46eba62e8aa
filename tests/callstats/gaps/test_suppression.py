"""What is told together cannot be taken apart again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from callstats.gaps.suppression import suppressed

COUNTS = st.dictionaries(st.text(alphabet="0123456789", max_size=4), st.integers(0, 12))


def test_cells_of_five_calls_and_more_are_told():
    assert suppressed({"a": 5, "b": 90, "c": 0}) == set()


def test_a_small_cell_takes_the_next_smallest_with_it():
    assert suppressed({"a": 4, "b": 90, "c": 6}) == {"a", "c"}


def test_two_small_cells_of_too_few_calls_take_one_more():
    assert suppressed({"a": 1, "b": 2, "c": 6, "d": 7}) == {"a", "b", "c"}


def test_a_cell_that_is_alone_has_nothing_to_hide_behind():
    assert suppressed({"a": 2}) == {"a"}


@given(COUNTS)
def test_every_small_cell_is_hidden_and_never_alone_where_there_are_others(counts):
    hidden = suppressed(counts)

    assert hidden >= {key for key, calls in counts.items() if 0 < calls < 5}
    with_calls = {key for key, calls in counts.items() if calls}
    assert not hidden or len(hidden) >= 2 or hidden == with_calls
    assert not hidden or sum(counts[key] for key in hidden) >= 5 or hidden == with_calls
