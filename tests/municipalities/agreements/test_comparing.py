"""Two texts compared: no word is lost, and a moved, renamed, new or removed clause is told."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from municipalities.agreements import comparing
from municipalities.agreements.comparing import Change, Passage, differences, word_pieces

TEXTS = st.text(alphabet="ab \n", max_size=60)
PASSAGES = st.lists(st.builds(Passage, heading=st.sampled_from("ABCD"), text=TEXTS), max_size=5)


def told(found):
    return [(each.change, (each.after or each.before).heading) for each in found]


def joined(pieces, *changes):
    return "".join(piece.text for piece in pieces if piece.change in changes)


@given(before=TEXTS, after=TEXTS)
def test_common_and_removed_words_are_the_earlier_text_and_common_and_added_the_later(
    before, after
):
    pieces = word_pieces(before, after)
    assert joined(pieces, Change.SAME, Change.REMOVED) == before
    assert joined(pieces, Change.SAME, Change.ADDED) == after


@given(before=PASSAGES, after=PASSAGES)
def test_every_clause_of_both_is_there_once_and_the_later_ones_in_their_order(before, after):
    found = differences(before, after)
    assert [each.after for each in found if each.after] == after
    key = repr
    assert sorted((each.before for each in found if each.before), key=key) == sorted(
        before, key=key
    )


@given(PASSAGES)
def test_a_text_is_not_different_from_itself(passages):
    unique = list({each.heading: each for each in passages}.values())
    assert {each.change for each in differences(unique, unique)} <= {Change.SAME}


def test_a_clause_that_is_gone_stands_where_it_was():
    before = [Passage(name, name * 3) for name in "ABC"]
    after = [before[0], before[2]]
    assert told(differences(before, after)) == [
        (Change.SAME, "A"),
        (Change.REMOVED, "B"),
        (Change.SAME, "C"),
    ]


def test_a_clause_with_another_heading_and_much_the_same_text_is_changed_not_new():
    before = [Passage("Oppseiing", "Fristen for oppseiing er tolv månader.")]
    after = [
        Passage("Økonomi", "Utgiftene vert delte."),
        Passage("Utmelding", "Fristen for oppseiing er seks månader."),
    ]
    first, second = differences(before, after)
    assert (first.change, second.change) == (Change.ADDED, Change.CHANGED)
    assert joined(second.text, Change.REMOVED).strip() == "tolv"


def test_other_letters_alone_make_a_clause_changed():
    text = "Alver er vert."
    before, after = [Passage("A", text, ("b",))], [Passage("A", text, ("a", "b"))]
    assert [each.change for each in differences(before, after)] == [Change.CHANGED]


def test_a_long_text_is_compared_at_once():
    text = "ord " * 5000
    assert joined(word_pieces(text, text + "til"), Change.ADDED) == "til"


def test_the_examples_of_the_docstrings_hold():
    assert doctest.testmod(comparing).failed == 0
