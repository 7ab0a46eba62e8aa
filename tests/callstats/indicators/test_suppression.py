"""Small cells are hidden so that nobody can compute them back."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from callstats.indicators.suppression import is_few, suppressed

CELLS = st.dictionaries(st.integers(0, 30), st.integers(0, 60), max_size=12)
# Many small and equal ones: there a subtraction or a division gives most away.
TIGHT = st.dictionaries(st.integers(0, 5), st.integers(0, 8), max_size=4)


def test_few_are_one_to_four():
    assert [calls for calls in range(8) if is_few(calls)] == [1, 2, 3, 4]


def test_the_next_smallest_is_hidden_beside_a_single_small_one():
    found = suppressed({"Alver": 30, "Austrheim": 9, "Fedje": 2})

    assert (found.cells, found.hides_total) == ({"Fedje", "Austrheim"}, False)


def test_nothing_is_hidden_where_nothing_is_small():
    assert suppressed({"Alver": 30, "Fedje": 0}).cells == set()


def test_two_small_ones_that_differ_hide_each_other():
    assert suppressed({"Alver": 30, "Fedje": 2, "Solund": 3}).cells == {"Fedje", "Solund"}


def test_small_ones_that_are_alike_are_found_by_a_division_so_a_third_is_hidden():
    assert suppressed({"Alver": 30, "Fedje": 1, "Solund": 1, "Gulen": 7}).cells == {
        "Fedje",
        "Solund",
        "Gulen",
    }


def test_all_that_equal_the_next_smallest_are_hidden():
    assert suppressed({"a": 5, "b": 5, "c": 1, "d": 1, "e": 9}).cells == {"a", "b", "c", "d"}


def test_those_of_none_are_hidden_only_where_no_other_is_left():
    assert suppressed({"a": 4, "b": 4, "c": 0}).cells == {"a", "b", "c"}
    assert suppressed({"a": 4, "b": 9, "c": 0}).cells == {"a", "b"}


def test_a_small_total_is_hidden_itself():
    found = suppressed({"Fedje": 2, "Alver": 0})

    assert (found.cells, found.hides_total) == ({"Fedje"}, True)


def test_the_total_is_hidden_where_nothing_else_is_left_to_hide():
    assert suppressed({"a": 4, "b": 4}).hides_total


def test_what_is_hidden_in_another_column_is_hidden_in_this():
    found = suppressed({"a": 40, "b": 50, "c": 60}, beside={"a"})

    assert found.cells == {"a", "b"}


@given(CELLS)
def test_no_number_of_one_to_four_is_shown(cells):
    found = suppressed(cells)

    assert not any(is_few(calls) for key, calls in cells.items() if key not in found.cells)
    assert found.hides_total or not is_few(sum(cells.values()))


@given(CELLS)
def test_no_cell_is_hidden_alone_beside_its_total(cells):
    found = suppressed(cells)

    assert found.hides_total or len(found.cells) != 1


@given(CELLS)
def test_nothing_is_hidden_without_a_small_cell(cells):
    assert any(map(is_few, cells.values())) or suppressed(cells).cells == set()


@given(CELLS, st.randoms())
def test_only_the_numbers_decide_and_not_their_order(cells, random):
    keys = list(cells)
    random.shuffle(keys)

    assert suppressed({key: cells[key] for key in keys}) == suppressed(cells)


@given(TIGHT)
def test_a_reader_who_knows_the_rule_cannot_tell_any_hidden_cell(cells):
    """The slow second way: every table that would look the same is tried."""
    found = suppressed(cells)
    if not found.hides_total:
        possible = list(tables_that_look_like(cells, found))
        assert all(len({table[key] for table in possible}) > 1 for key in found.cells)


def tables_that_look_like(cells, found):
    """Those with the same shown cells, the same total, and the same cells hidden."""
    hidden = sorted(found.cells)
    left = sum(cells[key] for key in hidden)
    for counts in product(range(left + 1), repeat=max(len(hidden) - 1, 0)):
        if sum(counts) <= left and hidden:
            table = cells | dict(zip(hidden, (*counts, left - sum(counts)), strict=True))
            if suppressed(table) == found:
                yield table
