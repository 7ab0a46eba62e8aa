"""A third that demands, and how a minimum topic stands, each with a slow second way."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.meetings.agenda.rules import Covered, Treatment, covered, is_demanded

NOW = datetime(2025, 11, 10, tzinfo=UTC)
DAYS = {"before": -30, "now": 0, "soon": 20, "later": 40}


def treatment(when, outcome):
    return Treatment(
        meeting=DAYS[when],
        starts_at=NOW + timedelta(days=DAYS[when]),
        outcome=outcome,
        is_final=False,
    )


@pytest.mark.parametrize(
    ("participants", "needed"), [(1, 1), (2, 1), (3, 1), (4, 2), (6, 2), (7, 3), (8, 3), (9, 3)]
)
def test_a_third_is_counted_exactly(participants, needed):
    assert is_demanded(supporters=needed, participants=participants)
    assert not is_demanded(supporters=needed - 1, participants=participants)


@given(supporters=st.integers(1, 500), participants=st.integers(1, 500))
def test_a_third_is_the_same_in_fractions(supporters, participants):
    share = Fraction(supporters, participants)
    asked = {"supporters": supporters, "participants": participants}
    assert is_demanded(**asked) == (share >= Fraction(1, 3))


@given(supporters=st.integers(0, 500), participants=st.integers(0, 500), more=st.integers(0, 50))
def test_more_supporters_never_undo_a_demand(supporters, participants, more):
    if is_demanded(supporters=supporters, participants=participants):
        assert is_demanded(supporters=supporters + more, participants=participants)


@pytest.mark.parametrize(
    ("treatments", "expected"),
    [
        ([], Covered.MISSING),
        ([("before", "treated")], Covered.COVERED),
        ([("before", "postponed")], Covered.POSTPONED),
        ([("before", "none")], Covered.MISSING),
        ([("before", "withdrawn")], Covered.MISSING),
        ([("now", "none")], Covered.PLANNED),
        ([("before", "postponed"), ("soon", "none")], Covered.PLANNED),
        ([("before", "postponed"), ("now", "treated")], Covered.COVERED),
        ([("before", "treated"), ("now", "postponed")], Covered.COVERED),
    ],
)
def test_a_topic_stands_as_its_meetings_say(treatments, expected):
    assert covered([treatment(*each) for each in treatments], now=NOW) == expected


OUTCOMES = st.sampled_from(["none", "treated", "postponed", "withdrawn"])


@given(outcomes=st.dictionaries(st.sampled_from(sorted(DAYS)), OUTCOMES), data=st.data())
def test_a_topic_stands_the_same_in_whatever_order_its_meetings_come(outcomes, data):
    whole = [treatment(*each) for each in outcomes.items()]
    shuffled = data.draw(st.permutations(whole))

    assert covered(shuffled, now=NOW) == covered(whole, now=NOW)
    assert (covered(whole, now=NOW) == Covered.COVERED) == ("treated" in outcomes.values())
