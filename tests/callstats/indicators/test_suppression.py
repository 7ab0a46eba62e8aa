"""Small cells are hidden so that nobody can compute them back."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.indicators.suppression import five_points, is_few, suppressed, suppressed_rows

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


ROWS = st.dictionaries(
    st.integers(0, 4),
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda c: (sum(c), *c)),
    max_size=4,
)


def test_a_row_in_which_few_were_late_is_hidden_with_the_next_smallest():
    rows = {"Monday": (90, 70, 20), "Saturday": (40, 30, 10), "Sunday": (9, 7, 2)}

    assert suppressed_rows(rows).cells == {"Saturday", "Sunday"}


def test_the_others_are_hidden_too_where_the_sum_of_a_column_would_be_few():
    rows = {"a": (20, 19, 1), "b": (30, 28, 2), "c": (60, 40, 20)}

    assert suppressed_rows(rows).cells == {"a", "b", "c"}


def test_few_in_all_are_a_published_total_and_hide_no_row_of_others():
    rows = {"a": (20, 19, 1), "b": (30, 28, 2), "c": (60, 60, 0), "d": (0, 0, 0)}

    assert suppressed_rows(rows).cells == {"a", "b"}


def test_rows_of_nothing_are_not_hidden_to_help_others():
    assert suppressed_rows({"a": (4, 4, 0), "b": (0, 0, 0)}).cells == {"a"}


@given(ROWS)
def test_no_row_that_is_shown_has_a_number_of_one_to_four(rows):
    found = suppressed_rows(rows)

    shown = [count for key in rows.keys() - found.cells for count in rows[key]]
    assert not any(map(is_few, shown))


@given(ROWS)
@settings(deadline=None, max_examples=12)  # every table that looks alike is tried
def test_no_count_of_a_hidden_row_can_be_computed(rows):
    """The slow second way: every table of the same shown rows and totals, and as much hidden."""
    found = suppressed_rows(rows)
    if found.hides_total:
        return
    hidden = sorted(found.cells)
    tables = [
        table for table in tables_of(hidden, rows=rows) if suppressed_rows(rows | table) == found
    ]
    for key in hidden:
        for place, count in enumerate(rows[key]):
            if is_few(count):
                assert len({table[key][place] for table in tables}) > 1


def tables_of(hidden, *, rows):
    """The hidden rows in every way that has their sums."""
    in_time, late = (sum(rows[key][place] for key in hidden) for place in (1, 2))
    for first in splits(in_time, parts=len(hidden)):
        for second in splits(late, parts=len(hidden)):
            yield {key: (a + b, a, b) for key, a, b in zip(hidden, first, second, strict=True)}


def splits(whole, *, parts):
    """Small steps away from an even split are enough to show that there are several."""
    for counts in product(range(min(whole, 9) + 1), repeat=max(parts - 1, 0)):
        if sum(counts) <= whole and parts:
            yield (*counts, whole - sum(counts))


def test_a_rough_share_fits_counts_with_another_number_late():
    """Whoever knows that 1 to 4 were late, or in time, cannot tell how many from the share."""
    fitting = {}
    for calls in range(5, 400):
        for few in (1, 2, 3, 4):
            for in_time in (few, calls - few):
                fitting.setdefault(five_points(in_time, calls), set()).add((in_time, calls))
    assert all(len({calls for _, calls in found}) > 1 for found in fitting.values())
