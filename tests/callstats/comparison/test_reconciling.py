"""A series beside our calls: what is compared with what, and what can explain the rest."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from callstats.annotations.models import Annotation, AnnotationKind
from callstats.calls.models import FeedHour
from callstats.comparison import operations, reconciling
from callstats.comparison.rules import Agreement, Counted, Obstacle, Reasons
from callstats.exclusions.models import ExcludedHour, Exclusion
from callstats.imports.models import ImportState
from callstats.indicators.definitions import default_definition
from legevakt.lib.periods import Period
from tests.factories.aggregates import AggregateSeriesFactory, stored
from tests.factories.callstats import CallImportFactory, SourceFactory, call
from tests.factories.callstats import stored as stored_calls
from tests.factories.municipalities import CentralFactory

pytestmark = pytest.mark.django_db
LVS = default_definition()
OCTOBER = Period.month(2025, 10)
YEAR = Period.year(2025)
NOW = datetime(2025, 11, 10, tzinfo=UTC)
HEAD = "Måned;Linje;Tilbudt;Besvart;Innen 2 min\n"


def reconciled(series, between=YEAR):
    return reconciling.reconciled(series=series, definition=LVS, between=between)


def told(series, *rows):
    stored(series=series, text=HEAD + "".join(f"{row}\n" for row in rows))


def feed(source, period=OCTOBER, *, without=0):
    FeedHour.objects.bulk_create(
        FeedHour(source=source, hour_at=period.starts_at + timedelta(hours=n))
        for n in range(period.hours() - without)
    )


@pytest.fixture
def source(central):
    """Three calls in October: two on 116 117, one of them in time; one local, in time."""
    source = SourceFactory(slug="pbx", central=central)
    rows = [call("a"), call("b", wait_seconds=130), call("c", queue="lv_direkte")]
    stored_calls(source=source, rows=rows)
    feed(source)
    return source


@pytest.mark.usefixtures("source")
def test_lines_not_told_apart_stand_beside_all_lines_of_the_indicator(series):
    told(series, "2025-10;;3;3;2")
    (row,) = reconciled(series)
    assert (row.theirs, row.ours) == (Counted(3, 3, 2), Counted(3, 3, 2))
    assert (row.agreement, row.obstacle) == (Agreement.AGREES, None)
    assert row.reasons == Reasons()


@pytest.mark.usefixtures("source")
def test_each_line_stands_beside_its_own_calls(series):
    told(series, "2025-10;116117;2;2;1", "2025-10;Lokal;2;1;1")
    rows = {row.row.line_class: row for row in reconciled(series)}
    assert rows["116117"].ours == Counted(2, 2, 1)
    assert rows["lokal8"].ours == Counted(1, 1, 1)
    assert rows["lokal8"].agreement == Agreement.DIFFERS
    assert rows["lokal8"].reasons.on_other_lines == 2


@pytest.mark.usefixtures("source")
def test_without_the_band_only_calls_are_compared(series):
    told(series, "2025-10;;3;2;")
    (row,) = reconciled(series)
    assert row.theirs == Counted(3, 2, None)
    assert (row.difference.answered, row.difference.in_time, row.difference.points) == (
        -1,
        None,
        None,
    )


@pytest.mark.usefixtures("source")
def test_the_difference_is_in_calls_and_points(series):
    told(series, "2025-10;;4;4;3")
    (row,) = reconciled(series)
    assert (row.difference.offered, row.difference.points) == (1, Decimal("8.3"))


def test_every_reason_has_its_number_from_our_side(series, central):
    source = SourceFactory(slug="pbx", central=central)
    rows = [
        call("a"),
        call("b", wait_seconds=None),
        call("c", outcome="ended_before_queue", wait_seconds=None),
        call("d", time_quality="ambiguous"),
        call("e", queue="lv_amk"),
        call("f", queue="lv_amk", outcome="ended_before_queue", wait_seconds=None),
    ]
    stored_calls(source=source, rows=rows)
    feed(source, without=5)
    CallImportFactory(
        source=source,
        state=ImportState.COMPLETED_WITH_ERRORS,
        received=13,
        rejected=7,
        created=6,
        created_at=NOW,
        first_at=OCTOBER.starts_at,
        last_at=OCTOBER.ends_at - timedelta(hours=1),
    )
    told(series, "2025-10;;9;9;9")

    (row,) = reconciled(series)

    assert row.ours == Counted(3, 3, 2)
    assert row.reasons == Reasons(
        hours_without_data=5,
        refused_rows=7,
        unknown_waits=1,
        before_queue=1,
        ambiguous_times=1,
        excluded=0,
        on_other_lines=1,
    )


def excluded_hour(central, leader, host_director, *, state):
    """A rule that leaves out two calls on 116 117 in October."""
    line = central.numbers.get(line_class="116117")
    decided = {} if state == "proposed" else {"decided_at": NOW, "decided_by": host_director}
    rule = Exclusion.objects.create(
        central=central,
        kind="test_calls",
        name="Test",
        reason="Test",
        starts_at=OCTOBER.starts_at,
        ends_at=OCTOBER.ends_at,
        state=state,
        proposed_at=NOW,
        proposed_by=leader,
        **decided,
    )
    ExcludedHour.objects.create(
        exclusion=rule,
        line=line,
        hour_at=OCTOBER.starts_at,
        outcome="answered",
        calls=2,
        ambiguous_calls=0,
        waits_ms=[1, 2],
        rung_back_ms=[],
        talk_seconds=0,
    )


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(("state", "calls"), [("approved", 2), ("proposed", 0)])
def test_only_an_approved_rule_excludes(series, central, leader, host_director, state, calls):
    excluded_hour(central, leader, host_director, state=state)
    told(series, "2025-10;;9;9;9")
    (row,) = reconciled(series)
    assert row.reasons.excluded == calls
    assert row.ours.offered == 3


def test_refused_rows_are_of_the_months_that_the_import_touches(series, source):
    feed(source, Period.month(2025, 9))
    feed(source, Period.month(2025, 8))
    CallImportFactory(
        source=source,
        state=ImportState.COMPLETED_WITH_ERRORS,
        received=4,
        rejected=4,
        created_at=NOW,
        first_at=datetime(2025, 9, 20, tzinfo=UTC),
        last_at=datetime(2025, 10, 2, tzinfo=UTC),
    )
    told(series, "2025-08;;1;1;1", "2025-09;;1;1;1", "2025-10;;1;1;1")
    refused = {row.row.starts_on.month: row.reasons.refused_rows for row in reconciled(series)}
    assert refused == {8: 0, 9: 4, 10: 4}


@pytest.mark.usefixtures("source")
def test_a_longer_period_is_not_compared(series):
    stored(series=series, text="Fra;Til;Tilbudt;Besvart\n1.7.2025;31.10.2025;3;3\n")
    (row,) = reconciled(series)
    assert (row.obstacle, row.ours, row.agreement) == (Obstacle.LONGER_PERIOD, None, None)


@pytest.mark.usefixtures("source")
def test_a_month_with_days_missing_in_theirs_is_not_compared(series):
    stored(series=series, text="Dato;Tilbudt;Besvart\n2025-10-24;3;3\n")
    (row,) = reconciled(series)
    assert row.obstacle == Obstacle.PARTLY_TOLD


@pytest.mark.usefixtures("source")
def test_a_month_of_another_zone_is_not_compared(central):
    series = AggregateSeriesFactory(central=central, zone="UTC")
    told(series, "2025-10;;3;3;2")
    (row,) = reconciled(series)
    assert row.obstacle == Obstacle.OTHER_ZONE


def test_a_month_of_which_we_know_nothing_is_not_compared(series):
    told(series, "2025-10;;3;3;2")
    (row,) = reconciled(series)
    assert (row.obstacle, row.ours) == (Obstacle.NO_CALLS_OF_OURS, None)


def test_a_month_in_which_nobody_rang_us_is_compared(series, central):
    feed(SourceFactory(slug="pbx", central=central))
    told(series, "2025-10;;3;3;2")
    (row,) = reconciled(series)
    assert (row.ours, row.agreement) == (Counted(0, 0, 0), Agreement.DIFFERS)


@pytest.mark.usefixtures("source")
def test_another_centrals_calls_are_not_ours(series, cooperation):
    other = SourceFactory(slug="other", central=CentralFactory(cooperation=cooperation))
    stored_calls(source=other, rows=[call("x"), call("y", queue="lv_amk")])
    told(series, "2025-10;;3;3;1")
    (row,) = reconciled(series)
    assert (row.ours.offered, row.reasons.on_other_lines) == (3, 0)


def test_only_rows_within_the_period_are_shown_latest_first(series):
    told(series, *(f"2025-{month:02d};;1;1;1" for month in range(1, 11)))
    rows = reconciled(series, Period(date(2025, 3, 1), date(2025, 6, 1)))
    assert [row.row.starts_on.month for row in rows] == [5, 4, 3]


def test_the_months_told_of_are_each_once_and_oldest_first(series):
    assert reconciling.months_told(series) == []
    told(series, "2025-10;116117;2;2;1", "2025-10;Lokal;2;1;1", "2025-09;Lokal;2;1;1")
    assert reconciling.months_told(series) == [Period.month(2025, 9), OCTOBER]


@pytest.mark.usefixtures("source")
def test_an_explanation_makes_a_difference_explained(series, central, leader):
    told(series, "2025-10;;9;9;9")
    (before,) = reconciled(series)
    operations.explain(central=central, month=OCTOBER, text="HDO counts tests.", by=leader, at=NOW)
    (after,) = reconciled(series)
    assert (before.is_explained, after.is_explained) == (False, True)
    assert after.explanations == ("HDO counts tests.",)
    assert after.agreement == Agreement.DIFFERS


@pytest.mark.usefixtures("source")
def test_what_agrees_needs_no_explanation(series, central, leader):
    told(series, "2025-10;;3;3;2")
    operations.explain(central=central, month=OCTOBER, text="Nothing.", by=leader, at=NOW)
    (row,) = reconciled(series)
    assert not row.is_explained


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    ("kind", "starts_on", "ends_on", "is_explained"),
    [
        (AnnotationKind.DIFFERENCE, date(2025, 9, 1), date(2025, 12, 1), True),
        (AnnotationKind.DIFFERENCE, date(2025, 9, 1), date(2025, 10, 1), False),
        (AnnotationKind.DIFFERENCE, date(2025, 11, 1), date(2025, 12, 1), False),
        (AnnotationKind.OUTAGE, date(2025, 10, 1), date(2025, 11, 1), False),
    ],
)
def test_only_a_note_on_the_difference_of_the_month_explains(
    series, central, kind, starts_on, ends_on, is_explained
):
    Annotation.objects.create(
        central=central, kind=kind, starts_on=starts_on, ends_on=ends_on, text="x", created_at=NOW
    )
    told(series, "2025-10;;9;9;9")
    (row,) = reconciled(series)
    assert row.is_explained is is_explained


def test_the_same_explanation_twice_is_one(central, leader):
    for text in ("HDO counts tests.", "  HDO  counts tests. "):
        operations.explain(central=central, month=OCTOBER, text=text, by=leader, at=NOW)
    note = Annotation.objects.get()
    assert (note.kind, note.starts_on, note.ends_on) == (
        "difference",
        date(2025, 10, 1),
        date(2025, 11, 1),
    )
    assert (note.created_by, note.created_at) == (leader, NOW)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_explanation_says_something(central, leader, text):
    with pytest.raises(operations.NoExplanation):
        operations.explain(central=central, month=OCTOBER, text=text, by=leader, at=NOW)
    assert not Annotation.objects.exists()


def test_more_months_need_no_more_queries(series, source, django_assert_num_queries):
    feed(source, Period.month(2025, 9))
    told(series, "2025-09;;1;1;1")
    with django_assert_num_queries(6) as one:
        reconciled(series)
    told(series, "2025-10;;1;1;1", "2025-08;;1;1;1")
    with django_assert_num_queries(len(one)):
        reconciled(series)
