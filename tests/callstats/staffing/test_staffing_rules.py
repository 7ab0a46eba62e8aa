"""Erlang C and Erlang A against published figures, a simulation, an integral, and sense."""

import doctest
import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.staffing import rules
from callstats.staffing.rules import (
    Load,
    all_busy,
    erlang_a,
    erlang_c,
    must_wait,
    operators_needed,
    patience,
)
from tests.callstats.staffing.simulation import simulated

OPERATORS = st.integers(1, 60)
RATES = st.floats(0.01, 600)
HANDLING = st.floats(5, 1800)
PATIENCE = st.floats(1, 7200)
THRESHOLDS = st.floats(0, 1200)
LOADS = st.builds(Load, RATES, HANDLING)
SAME = 1e-9

# The table of the indicator reference, section 5.4: calls an hour, operators, % by Erlang C,
# and % by its simulation of Erlang A with a mean patience of 240 s. Calls last 300 s.
TABLE = [
    (8, 1, 41.7, 62.7),
    (8, 2, 90.2, 91.4),
    (20, 2, 33.7, 67.9),
    (20, 3, 82.4, 87.8),
    (40, 4, 49.6, 78.5),
    (40, 5, 83.2, 90.1),
]


def by_a(operators, load, *, patience=240.0, threshold=120.0):
    return erlang_a(
        operators=operators, load=load, patience_seconds=patience, threshold_seconds=threshold
    )


def by_c(operators, load, *, threshold=120.0):
    return erlang_c(operators=operators, load=load, threshold_seconds=threshold)


def test_the_worked_examples_hold():
    assert doctest.testmod(rules).failed == 0


@pytest.mark.parametrize(("calls", "operators", "percent", "_simulated"), TABLE)
def test_erlang_c_gives_the_reference_to_a_tenth(calls, operators, percent, _simulated):
    assert round(100 * by_c(operators, Load(calls, 300)), 1) == percent


@pytest.mark.parametrize(("calls", "operators", "_percent", "simulated_percent"), TABLE)
def test_erlang_a_is_near_the_simulated_reference(calls, operators, _percent, simulated_percent):
    """The reference simulated: its own chance is why a point is allowed, not our formula."""
    found = 100 * by_a(operators, Load(calls, 300)).in_time
    assert found == pytest.approx(simulated_percent, abs=1)


@pytest.mark.parametrize(("calls", "percent"), [(3, 81.5), (4, 74.5)])
def test_one_operator_falls_below_80_percent_above_three_calls_an_hour(calls, percent):
    assert round(100 * by_c(1, Load(calls, 300)), 1) == percent


def test_the_vector_of_pyworkforce():
    load = Load(200, 180)
    assert by_c(14, load, threshold=20) == pytest.approx(0.88835, abs=5e-6)
    assert must_wait(operators=14, erlangs=load.erlangs) == pytest.approx(0.17413, abs=5e-6)


@settings(deadline=None)
@given(operators=st.integers(1, 25), tenths=st.integers(1, 240))
def test_the_recursion_says_what_the_factorials_say(operators, tenths):
    erlangs = Fraction(tenths, 10)
    terms = [erlangs**j / math.factorial(j) for j in range(operators + 1)]
    busy = terms[-1] / sum(terms)
    assert all_busy(operators=operators, erlangs=float(erlangs)) == pytest.approx(float(busy))
    if erlangs < operators:
        waiting = operators * busy / (operators - erlangs * (1 - busy))
        found = must_wait(operators=operators, erlangs=float(erlangs))
        assert found == pytest.approx(float(waiting))


@pytest.mark.parametrize(
    ("operators", "calls", "mean_patience"),
    [(1, 8, 240), (3, 20, 240), (5, 40, 240), (4, 60, 60), (2, 40, 900)],
)
def test_erlang_a_says_what_a_simulation_says(operators, calls, mean_patience):
    found = by_a(operators, Load(calls, 300), patience=mean_patience)
    seen = simulated(operators=operators, load=Load(calls, 300), patience_seconds=mean_patience)
    assert abs(found.in_time - seen.in_time.mean) < 4 * seen.in_time.error
    assert abs(found.abandoned - seen.abandoned.mean) < 4 * seen.abandoned.error
    assert seen.in_time.error < 0.01


@pytest.mark.parametrize(("operators", "calls"), [(1, 4), (3, 20), (5, 40)])
def test_erlang_c_says_what_a_simulation_says(operators, calls):
    seen = simulated(operators=operators, load=Load(calls, 300), patience_seconds=None)
    found = by_c(operators, Load(calls, 300))
    assert abs(found - seen.in_time.mean) < 4 * seen.in_time.error
    assert seen.abandoned.mean == 0


@settings(deadline=None)
@given(
    operators=st.integers(1, 12),
    load=st.builds(Load, st.floats(0.5, 90), st.floats(60, 600)),
    mean_patience=st.floats(30, 1200),
    threshold=st.floats(1, 300),
)
def test_erlang_a_says_what_the_integral_over_the_wait_says(
    operators, load, mean_patience, threshold
):
    found = by_a(operators, load, patience=mean_patience, threshold=threshold).in_time
    assert found == pytest.approx(
        integral(operators, load, mean_patience=mean_patience, threshold=threshold), abs=1e-6
    )


def integral(operators, load, *, mean_patience, threshold):
    """Baccelli and Hebuterne (1981): the density of the offered wait, by Simpson's rule.

    v(x) = λπ(n−1)·exp(λθ⁻¹(1 − exp(−θx)) − nμx), scaled so that it and P(no wait) make one.
    """
    rate, leaving = load.calls_per_hour / 3600, 1 / mean_patience
    busy_rate = operators / load.handling_seconds
    no_wait = 1 / (rate * all_busy(operators=operators - 1, erlangs=load.erlangs))

    def density(x):
        return math.exp(rate / leaving * -math.expm1(-leaving * x) - busy_rate * x)

    end = threshold
    while density(end) > 1e-13 * max(density(0), density(end / 2)):
        end *= 2
    whole = no_wait + simpson(density, threshold) + simpson(density, end, begin=threshold)
    within = simpson(lambda x: density(x) * math.exp(-leaving * x), threshold)
    return (no_wait + within) / whole


def simpson(function, end, *, begin=0.0, steps=4000):
    width = (end - begin) / steps
    inner = sum((4 if n % 2 else 2) * function(begin + n * width) for n in range(1, steps))
    return width / 3 * (function(begin) + inner + function(end))


@settings(deadline=None)
@given(operators=OPERATORS, load=LOADS, threshold=THRESHOLDS)
def test_shares_lie_between_none_and_all_by_erlang_c(operators, load, threshold):
    assert 0 <= by_c(operators, load, threshold=threshold) <= 1


@settings(deadline=None)
@given(operators=OPERATORS, load=LOADS, mean_patience=PATIENCE, threshold=THRESHOLDS)
def test_shares_lie_between_none_and_all_by_erlang_a(operators, load, mean_patience, threshold):
    found = by_a(operators, load, patience=mean_patience, threshold=threshold)
    assert 0 <= found.in_time <= 1
    assert 0 <= found.abandoned <= 1
    assert found.in_time + found.abandoned <= 1 + SAME


@settings(deadline=None)
@given(operators=OPERATORS, load=LOADS, mean_patience=PATIENCE, threshold=THRESHOLDS)
def test_one_operator_more_is_never_worse(operators, load, mean_patience, threshold):
    fewer, more = (
        by_a(n, load, patience=mean_patience, threshold=threshold)
        for n in (operators, operators + 1)
    )
    assert more.in_time >= fewer.in_time - SAME
    assert more.abandoned <= fewer.abandoned + SAME
    assert by_c(operators + 1, load, threshold=threshold) >= (
        by_c(operators, load, threshold=threshold) - SAME
    )


@settings(deadline=None)
@given(
    operators=OPERATORS,
    load=LOADS,
    growth=st.floats(1, 3),
    mean_patience=PATIENCE,
    threshold=THRESHOLDS,
)
def test_more_calls_are_never_better(operators, load, growth, mean_patience, threshold):
    more = Load(load.calls_per_hour * growth, load.handling_seconds)
    now = by_a(operators, load, patience=mean_patience, threshold=threshold).in_time
    then = by_a(operators, more, patience=mean_patience, threshold=threshold).in_time
    assert then <= now + SAME
    assert by_c(operators, more, threshold=threshold) <= (
        by_c(operators, load, threshold=threshold) + SAME
    )


@settings(deadline=None)
@given(
    operators=OPERATORS,
    load=LOADS,
    mean_patience=PATIENCE,
    threshold=THRESHOLDS,
    longer=st.floats(0, 600),
)
def test_a_longer_threshold_is_never_worse(operators, load, mean_patience, threshold, longer):
    short, long = threshold, threshold + longer
    assert by_a(operators, load, patience=mean_patience, threshold=long).in_time >= (
        by_a(operators, load, patience=mean_patience, threshold=short).in_time - SAME
    )
    assert by_c(operators, load, threshold=long) >= by_c(operators, load, threshold=short) - SAME


@settings(deadline=None)
@given(operators=st.integers(2, 60), part=st.floats(0.01, 0.9), threshold=THRESHOLDS)
def test_endless_patience_is_erlang_c(operators, part, threshold):
    load = Load(part * operators * 3600 / 300, 300)
    found = by_a(operators, load, patience=1e11, threshold=threshold)
    assert found.in_time == pytest.approx(by_c(operators, load, threshold=threshold), abs=1e-6)
    assert found.abandoned == pytest.approx(0, abs=1e-6)


@settings(deadline=None)
@given(operators=OPERATORS, load=LOADS)
def test_without_any_patience_who_finds_all_busy_is_lost(operators, load):
    found = by_a(operators, load, patience=1e-6)
    lost = all_busy(operators=operators, erlangs=load.erlangs)
    assert found.in_time == pytest.approx(1 - lost, abs=1e-5)
    assert found.abandoned == pytest.approx(lost, abs=1e-5)


def test_erlang_a_is_not_always_above_erlang_c():
    """Light load, little patience, long threshold: who had waited would have been in time."""
    load = Load(3, 300)
    assert by_a(1, load, patience=10, threshold=3600).in_time < by_c(1, load, threshold=3600)


@pytest.mark.parametrize(
    ("operators", "load", "mean_patience", "threshold"),
    [
        (2000, Load(20_000, 360), 7200, 1200),
        (1, Load(20_000, 3600), 7200, 1),
        (900, Load(1e-6, 1), 1, 1e6),
        (1, Load(1e-9, 1e6), 1e9, 1e-9),
    ],
)
def test_extreme_figures_give_a_share(operators, load, mean_patience, threshold):
    found = by_a(operators, load, patience=mean_patience, threshold=threshold)
    assert 0 <= found.in_time <= 1
    assert 0 <= found.abandoned <= 1
    assert 0 <= by_c(operators, load, threshold=threshold) <= 1


@settings(deadline=None)
@given(load=LOADS, target=st.floats(0.01, 0.99), mean_patience=PATIENCE)
def test_the_needed_operators_are_the_fewest_that_reach_the_target(load, target, mean_patience):
    for share in (
        lambda n: by_a(n, load, patience=mean_patience).in_time,
        lambda n: by_c(n, load),
    ):
        needed = operators_needed(share=share, target=target)
        assert share(needed) >= target
        assert needed == 1 or share(needed - 1) < target


def test_no_number_of_operators_is_sure_to_answer_everybody():
    with pytest.raises(ValueError, match="below 1"):
        operators_needed(share=lambda n: 1 - 1 / n, target=1)


def test_patience_is_all_waiting_over_those_who_hung_up():
    """Answered after 30 and 90 s, hung up after 60 and 120 s: 300 s of waiting over two."""
    found = patience(waited_seconds=300, abandoned=2)
    assert (found.seconds, found.abandoned, found.is_uncertain) == (150, 2, True)
    assert patience(waited_seconds=7500, abandoned=50).is_uncertain is False


def test_where_nobody_hung_up_the_patience_is_not_known():
    assert patience(waited_seconds=300, abandoned=0).seconds is None
    assert patience(waited_seconds=0, abandoned=3).seconds is None


def test_the_patience_that_callers_were_given_is_found_again():
    seen = simulated(operators=4, load=Load(60, 300), patience_seconds=240)
    found = patience(waited_seconds=seen.waited_seconds, abandoned=seen.hung_up)
    assert found.seconds == pytest.approx(240, rel=4 / math.sqrt(seen.hung_up))
