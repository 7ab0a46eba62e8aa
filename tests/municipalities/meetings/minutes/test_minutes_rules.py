"""What two people wrote at once, and the fingerprint of what is frozen."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.meetings.minutes import rules

MARK = st.sampled_from("123")
PARTS = st.fixed_dictionaries({"a": MARK}, optional={"b": MARK})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def test_the_examples_are_right():
    assert doctest.testmod(rules).failed == 0


@given(mine=PARTS, base=PARTS, now=PARTS)
def test_no_words_are_lost_without_a_word(mine, base, now):
    merge = rules.merge(mine=mine, base=base, now=now)

    for name, mark in mine.items():
        stored = mark if name in merge.to_write else now.get(name)
        is_mine_kept = stored == mark or name in merge.both or mark == base.get(name)
        is_theirs_kept = stored == now.get(name) or base.get(name) == now.get(name)
        assert is_mine_kept
        assert is_theirs_kept


@given(content=st.dictionaries(st.text(), JSON))
def test_the_fingerprint_is_of_what_is_said_and_not_of_its_order(content):
    turned = dict(reversed(content.items()))

    assert rules.sha256_of(turned) == rules.sha256_of(content)


def test_a_figure_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        rules.sha256_of({"share": float("nan")})


@given(forum=st.text(min_size=1, max_size=120), number=st.integers(1, 9999))
def test_the_name_in_the_register_has_room(forum, number):
    name = rules.register_name(case=f"Sak {number}/25", forum=forum, forum_id=number)

    assert len(name) <= rules.REGISTER_NAME_LENGTH
