"""Lists and months in the database: what they keep, refuse and remember."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pghistory
import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from municipalities.quality.deviations import operations, queries
from municipalities.quality.deviations.models import (
    DeviationCategory,
    DeviationCount,
    DeviationMonth,
    DeviationSeverity,
)
from municipalities.quality.deviations.operations import Change
from municipalities.quality.deviations.taken import Counted
from municipalities.refused import Refused
from tests.factories import quality

AT = datetime(2025, 11, 10, 12, tzinfo=UTC)
TODAY = date(2025, 11, 10)
SEPTEMBER = date(2025, 9, 1)


def record(cooperation, counts, *, month=SEPTEMBER, median_days=None):
    return operations.record_month(
        cooperation=cooperation,
        month=month,
        counts=counts,
        median_days=median_days,
        source="typed",
        today=TODAY,
        by=None,
        at=AT,
    )


def imported(cooperation, months, **names):
    told = {"categories": (), "severities": ()} | names
    return operations.import_months(
        cooperation=cooperation,
        months=months,
        file_name="avvik.csv",
        today=TODAY,
        by=None,
        at=AT,
        **told,
    )


def test_the_lists_are_filled_in_the_cooperations_language_once(cooperation):
    cooperation.language = "nn"

    with translation.override("en"):
        operations.fill_lists(cooperation=cooperation)
        operations.fill_lists(cooperation=cooperation)

    assert DeviationCategory.objects.filter(cooperation=cooperation).count() == 8
    severities = DeviationSeverity.objects.filter(cooperation=cooperation).order_by("position")
    assert [each.position for each in severities] == [1, 2, 3, 4]


def test_an_entry_is_renamed_moved_and_ended(cooperation):
    for name in ("A", "B", "C"):
        operations.add_entry(kind=DeviationCategory, cooperation=cooperation, name=name)
    last = DeviationCategory.objects.get(name="C")

    operations.change_entry(entry=last, name="D", position=1, ends_date=date(2025, 9, 1))

    entries = DeviationCategory.objects.order_by("position")
    assert [(each.name, each.position) for each in entries] == [("D", 1), ("A", 2), ("B", 3)]
    asked = {"cooperation": cooperation, "month": SEPTEMBER}
    assert [x.name for x in queries.offered(DeviationCategory, used=set(), **asked)] == ["A", "B"]
    assert len(queries.offered(DeviationCategory, used={last.pk}, **asked)) == 3


def test_an_entry_that_is_used_stays(cooperation):
    quality.month(cooperation=cooperation, count=2)
    free = quality.category(cooperation=cooperation, name="Utstyr")

    with pytest.raises(Refused, match="entry_is_used"):
        operations.remove_entry(entry=quality.category(cooperation=cooperation))
    operations.remove_entry(entry=free)

    assert DeviationCategory.objects.get().name == "HMS"


def test_a_month_is_recorded_unchanged_and_changed(cooperation):
    kind = (quality.category(cooperation=cooperation).pk, None, "new")
    other = (kind[0], quality.severity(cooperation=cooperation).pk, "closed")

    said = [
        record(cooperation, {kind: 4}),
        record(cooperation, {kind: 4, other: 0}),
        record(cooperation, {kind: 5, other: 1}, median_days=Decimal("3.5")),
        record(cooperation, {other: 1}),
    ]

    assert said == [Change.NEW, Change.UNCHANGED, Change.CHANGED, Change.CHANGED]
    assert operations.counts_of(DeviationMonth.objects.get()) == {other: 1}


def test_a_month_without_deviations_is_reported_and_nought(cooperation):
    record(cooperation, {})

    found = queries.series_of(cooperation=cooperation, since=date(2025, 8, 1), until=TODAY)

    assert [(each.month.month, each.count) for each in found] == [
        (8, None),
        (9, 0),
        (10, None),
        (11, None),
    ]


def test_a_month_that_is_not_over_is_refused(cooperation):
    with pytest.raises(Refused, match="month_is_not_over"):
        record(cooperation, {}, month=date(2025, 11, 1))

    assert not DeviationMonth.objects.exists()


def test_a_removed_month_is_missing_and_its_history_says_why(cooperation):
    month = quality.month(cooperation=cooperation, count=3)
    pk = month.pk

    with pghistory.context(reason="Rapportert på feil månad"):
        operations.remove_month(month=month)

    assert not DeviationCount.objects.exists()
    events = pghistory.models.Events.objects.tracks(DeviationMonth(pk=pk))
    (event,) = events.filter(pgh_label="delete")
    assert event.pgh_context["reason"] == "Rapportert på feil månad"


def test_an_import_adds_names_and_the_same_again_says_unchanged(cooperation):
    months = {SEPTEMBER: [Counted("Bemanning", "", "new", 2)], date(2025, 8, 1): []}

    first = imported(cooperation, months, categories=["Bemanning"])
    again = imported(cooperation, months)

    assert set(first.values()) == {Change.NEW}
    assert set(again.values()) == {Change.UNCHANGED}
    assert DeviationMonth.objects.filter(source="file", file_name="avvik.csv").count() == 2


def test_an_import_keeps_the_median_that_was_typed(cooperation):
    kind = (quality.category(cooperation=cooperation).pk, None, "new")
    record(cooperation, {kind: 1}, median_days=Decimal("7.5"))

    imported(cooperation, {SEPTEMBER: [Counted("HMS", "", "new", 2)]})

    assert DeviationMonth.objects.get().median_days == Decimal("7.5")


def test_nothing_of_an_import_is_stored_where_a_name_is_gone(cooperation):
    months = {date(2025, 8, 1): [], SEPTEMBER: [Counted("Borte", "", "new", 2)]}

    with pytest.raises(Refused, match="unknown_name"):
        imported(cooperation, months)

    assert not DeviationMonth.objects.exists()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"month_date": date(2025, 9, 2)}, "deviation_month_is_its_first_day"),
        ({"median_days": -1}, "median_days_are_not_negative"),
        ({"month_date": date(2025, 8, 1)}, "deviations_are_reported_once_a_month"),
    ],
)
def test_the_database_itself_refuses_a_wrong_month(cooperation, change, rule):
    quality.month(cooperation=cooperation, month_date=date(2025, 8, 1))
    quality.month(cooperation=cooperation)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        DeviationMonth.objects.filter(month_date=SEPTEMBER).update(**change)


def test_the_database_itself_refuses_a_kind_twice_a_nought_and_a_name_twice(cooperation):
    month = quality.month(cooperation=cooperation, count=1)
    row = month.counts.get()
    row.pk, row.severity = None, None
    row.save()

    for rule, wrong in {
        "deviations_of_a_kind_are_counted_once": {"severity": None, "count": 2},
        "deviation_count_is_positive": {"severity": None, "state": "closed", "count": 0},
    }.items():
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            quality.counted(month=month, **wrong)
    for kind, rule in {
        DeviationCategory: "deviation_category_is_named_once",
        DeviationSeverity: "deviation_severity_is_named_once",
    }.items():
        name = kind.objects.first().name
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            kind.objects.bulk_create([kind(cooperation=cooperation, name=name)])


def test_the_leader_alone_is_asked_for_a_month_that_is_missing(
    cooperation, leader, secretary, django_assert_max_num_queries
):
    asked = {"cooperation": cooperation, "today": date(2025, 11, 16)}

    with django_assert_max_num_queries(2):
        (todo,) = queries.waiting_for(user=leader, **asked)

    assert todo.due_date == date(2025, 11, 15)
    assert todo.url.endswith("/deviations/2025/10/")
    assert queries.waiting_for(user=secretary, **asked) == []
    quality.month(cooperation=cooperation, month_date=date(2025, 10, 1))
    assert queries.waiting_for(user=leader, **asked) == []


def test_the_hub_is_told_of_the_latest_month_and_outsiders_of_none(
    cooperation, leader, outsider, django_assert_max_num_queries
):
    quality.month(cooperation=cooperation, month_date=date(2025, 8, 1), count=7)
    quality.month(cooperation=cooperation)

    with django_assert_max_num_queries(3):
        found = queries.summary_of(cooperation=cooperation, user=leader, today=TODAY)

    assert (found.month, found.count, found.is_missing) == (SEPTEMBER, 0, False)
    assert queries.summary_of(cooperation=cooperation, user=outsider, today=TODAY).month is None
