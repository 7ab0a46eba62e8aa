"""Calls by wait: in bins, by how they ended."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstats.indicators.counting import Counted
from callstats.indicators.waits import _bins, wait_distribution
from callstats.models import CallHour
from callstats.queries import default_definition
from legevakt.lib.periods import Period
from tests.factories.municipalities import PublicNumberFactory

OCTOBER = Period.month(2025, 10)
LINES = ("116117", "lokal8")


@pytest.fixture
def store(central):
    def store(outcome, waits_ms, *, unknown=0, hour=8, line=None):
        CallHour.objects.create(
            central=central,
            line=line or central.numbers.order_by("pk").first(),
            hour_at=datetime(2025, 10, 6, hour, tzinfo=UTC),
            outcome=outcome,
            calls=len(waits_ms) + unknown,
            ambiguous_calls=0,
            waits_ms=waits_ms,
            talk_seconds=0,
        )

    return store


def counted(central, edges=(10, 20)):
    return wait_distribution(centrals=[central], period=OCTOBER, line_classes=LINES, edges=edges)


def test_a_wait_at_an_edge_is_within_it(central, store):
    store("answered", [0, 10_000, 10_001, 20_000, 20_001])

    assert [each.answered for each in counted(central).bins] == [2, 2, 1]
    assert [(each.after_seconds, each.upto_seconds) for each in counted(central).bins] == [
        (0, 10),
        (10, 20),
        (20, None),
    ]


def test_calls_are_told_apart_by_how_they_ended(central, store):
    store("answered", [5_000, 5_000])
    store("abandoned", [15_000])
    store("queue_full", [15_000])
    store("callback_requested", [99_000])

    first, second, last = counted(central).bins
    assert (first.answered, first.unanswered) == (2, 0)
    assert (second.abandoned, second.others, second.unanswered) == (1, 1, 2)
    assert (last.others, last.calls) == (1, 1)


def test_unknown_waits_are_in_no_bin_and_counted(central, store):
    store("answered", [5_000], unknown=2)
    store("abandoned", [], unknown=1)

    found = counted(central)
    assert (found.unknown_answered, found.unknown_unanswered, found.calls) == (2, 1, 4)


def test_what_ended_before_the_queue_is_no_call_of_it(central, store):
    store("ended_before_queue", [], unknown=3)

    assert counted(central).calls == 0


def test_other_lines_and_other_months_are_not_counted(central, store):
    store("answered", [1_000], line=PublicNumberFactory(central=central, line_class="other"))

    assert counted(central).calls == 0


def test_nobody_called(central):
    found = counted(central, edges=default_edges())

    assert found.calls == 0
    assert len(found.bins) == len(default_edges()) + 1


def default_edges():
    return (default_definition().limit_seconds, 600)


@given(
    waits=st.lists(st.integers(0, 100_000)),
    edges=st.sets(st.integers(1, 90), min_size=1),
    unknown=st.integers(0, 5),
)
def test_the_bins_count_every_known_wait_once(waits, edges, unknown):
    rising = sorted(edges)
    within = {edge: sum(wait <= 1000 * edge for wait in waits) for edge in rising}
    calls = Counted(calls=len(waits) + unknown, unknown=unknown, within=within)

    found = _bins({"answered": calls}, edges=rising)

    assert sum(each.answered for each in found) == len(waits)
    for each in found:
        inside = [
            wait
            for wait in waits
            if (wait > 1000 * each.after_seconds or each.after_seconds == 0)
            and (each.upto_seconds is None or wait <= 1000 * each.upto_seconds)
        ]
        assert each.answered == len(inside)
