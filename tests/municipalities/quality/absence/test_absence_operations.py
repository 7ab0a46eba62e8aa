"""Sickness absence in the database: recorded, refused, asked for; and the series of quarters."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from municipalities.quality.absence import operations, queries
from municipalities.quality.absence.files import Told
from municipalities.quality.absence.models import SicknessAbsence
from municipalities.quality.deviations.operations import Change
from municipalities.refused import Refused
from tests.factories import quality

AT = datetime(2025, 11, 10, 12, tzinfo=UTC)
TODAY = date(2025, 11, 10)
TOLD = Told(2025, 2, "Legevakta", 40, Decimal(2000), Decimal(110), Decimal(30), None, None)


def record(cooperation, told=TOLD, **options):
    told_so = {"source": "typed", "today": TODAY, "by": None, "at": AT}
    return operations.record(cooperation=cooperation, told=told, **told_so | options)


def test_a_quarter_is_new_unchanged_and_changed_whatever_the_units_case(cooperation):
    said = [
        record(cooperation),
        record(cooperation, TOLD._replace(unit="LEGEVAKTA")),
        record(cooperation, TOLD._replace(certified=Decimal("110.5"))),
    ]

    assert said == [Change.NEW, Change.UNCHANGED, Change.CHANGED]
    assert operations.as_told(SicknessAbsence.objects.get()).certified == Decimal("110.50")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"quarter": 4}, "quarter_not_over"),
        ({"agreed": Decimal(0)}, "nothing_agreed"),
        ({"certified": Decimal(1_990)}, "more_than_agreed"),
        ({"short": Decimal(1)}, "half_a_split"),
        ({"short": Decimal(1), "long": Decimal(1)}, "split_is_not_all"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(cooperation, change, code):
    with pytest.raises(Refused, match=code):
        record(cooperation, TOLD._replace(**change))

    assert not SicknessAbsence.objects.exists()


def test_a_quarter_is_not_typed_over_unseen(cooperation):
    record(cooperation)

    with pytest.raises(Refused, match="absence_is_reported_once_a_quarter"):
        record(cooperation, TOLD._replace(employees=41), is_first=True)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"quarter": 5}, "absence_is_of_a_quarter"),
        ({"agreed_days": 139}, "absence_is_part_of_the_agreed_days"),
        ({"short_days": 51}, "short_and_long_absence_are_all_of_it"),
        ({"long_days": None}, "short_and_long_absence_are_all_of_it"),
        ({"quarter": 1}, "absence_is_reported_once_a_quarter"),
    ],
)
def test_the_database_itself_refuses(cooperation, change, rule):
    quality.absence(cooperation=cooperation, quarter=1)
    quality.absence(cooperation=cooperation)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        SicknessAbsence.objects.filter(quarter=2).update(**change)


def test_a_file_is_stored_whole_or_not_at_all(cooperation):
    rows = [TOLD, TOLD._replace(quarter=4)]

    with pytest.raises(Refused):
        operations.import_rows(
            cooperation=cooperation, rows=rows, file_name="f.csv", today=TODAY, by=None, at=AT
        )

    assert not SicknessAbsence.objects.exists()


def test_a_series_has_every_quarter_and_none_is_nought(cooperation, django_assert_num_queries):
    quality.absence(cooperation=cooperation, quarter=1)
    quality.absence(cooperation=cooperation, quarter=3, employees=4)

    with django_assert_num_queries(1):
        found = queries.series_of(
            cooperation=cooperation, since=date(2024, 12, 31), until=date(2025, 10, 1)
        )

    assert [(each.starts_date, each.percent, each.is_hidden) for each in found] == [
        (date(2024, 10, 1), None, False),
        (date(2025, 1, 1), Decimal("7.0"), False),
        (date(2025, 4, 1), None, False),
        (date(2025, 7, 1), None, True),
    ]


def test_the_leader_alone_is_asked_for_a_quarter(
    cooperation, leader, secretary, django_assert_max_num_queries
):
    asked = {"cooperation": cooperation, "today": date(2025, 11, 15)}

    with django_assert_max_num_queries(2):
        (todo,) = queries.waiting_for(user=leader, **asked)

    assert (todo.due_date, todo.url[-20:]) == (date(2025, 11, 14), "?year=2025&quarter=3"[-20:])
    assert queries.waiting_for(user=secretary, **asked) == []
    quality.absence(cooperation=cooperation, quarter=3)
    assert queries.waiting_for(user=leader, **asked) == []


def test_the_hub_is_told_of_the_latest_quarter(cooperation, leader, outsider):
    quality.absence(cooperation=cooperation)

    found = queries.summary_of(cooperation=cooperation, user=leader, today=TODAY)
    nothing = queries.summary_of(cooperation=cooperation, user=outsider, today=TODAY)

    assert (found.latest.quarter, found.latest.percent) == (2, Decimal("7.0"))
    assert not found.is_missing
    assert nothing.latest is None
