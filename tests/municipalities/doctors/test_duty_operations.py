"""Terms, shares and shifts are stored once, with what they were before."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from municipalities.doctors import operations, queries
from municipalities.doctors.models import Decider, DutyShare, DutyTerms, ShiftCount
from municipalities.doctors.shift_rules import Counts, Key, Row
from municipalities.register.models import Population
from tests.factories.doctors import AT, DutyShareFactory, ShiftCountFactory, owes
from tests.factories.municipalities import MunicipalityFactory

NEW_YEAR = date(2026, 1, 1)
YEAR_2025 = date(2025, 1, 1)


@pytest.fixture
def divided(cooperation, host, partner):
    """Alver owes 90 per cent, Fedje 10, from 2025."""
    shares = {host.pk: owes("90", posts=9), partner.pk: owes("10", posts=1)}
    return operations.set_shares(cooperation=cooperation, owes=shares, valid_from=YEAR_2025)


def row(municipality, counts, *, month=1, line=2):
    return Row(
        line, Key(municipality.pk, date(2025, month, 1), date(2025, month + 1, 1)), Counts(*counts)
    )


def store(cooperation, leader, *rows):
    return operations.store_shifts(
        cooperation=cooperation, rows=rows, source="shifts.csv", by=leader, at=AT
    )


def test_terms_are_one_row_that_is_changed(cooperation):
    for consulted in ("", "tillitsvald"):
        operations.set_terms(
            cooperation=cooperation, decider=Decider.HOST, consulted=consulted, undelivered="5 000"
        )
    terms = DutyTerms.objects.get()
    assert (terms.consulted, terms.events.count()) == ("tillitsvald", 2)


def test_a_new_division_ends_what_changes_and_keeps_what_does_not(
    cooperation, host, partner, divided
):
    third = MunicipalityFactory(number="4634")
    shares = {host.pk: owes("85", posts=9), partner.pk: owes("10", posts=1), third.pk: owes("5")}
    operations.set_shares(cooperation=cooperation, owes=shares, valid_from=NEW_YEAR)

    told = DutyShare.objects.order_by("municipality__number", "valid_from").values_list(
        "municipality__number", "share_percent", "valid_from", "valid_to"
    )
    assert list(told) == [
        ("4631", 90, YEAR_2025, NEW_YEAR),
        ("4631", 85, NEW_YEAR, None),
        ("4633", 10, YEAR_2025, None),
        ("4634", 5, NEW_YEAR, None),
    ]


def test_dividing_the_same_day_again_corrects_it_and_the_same_again_changes_nothing(
    cooperation, host, partner, divided
):
    shares = {host.pk: owes("80", posts=9), partner.pk: owes("20", posts=1)}
    for _ in range(2):
        operations.set_shares(cooperation=cooperation, owes=shares, valid_from=YEAR_2025)
    assert DutyShare.objects.count() == 2
    assert set(DutyShare.objects.values_list("share_percent", "valid_to")) == {
        (80, None),
        (20, None),
    }


def test_who_is_left_out_owes_nothing_any_longer(cooperation, host, partner, divided):
    operations.set_shares(cooperation=cooperation, owes={host.pk: owes("100")}, valid_from=NEW_YEAR)
    assert DutyShare.objects.get(municipality=partner).valid_to == NEW_YEAR


def test_shares_are_all_of_the_duty_and_not_before_later_ones(cooperation, host, divided):
    with pytest.raises(operations.SharesNotWhole) as refused:
        operations.set_shares(
            cooperation=cooperation, owes={host.pk: owes("99.99")}, valid_from=NEW_YEAR
        )
    assert refused.value.total == Decimal("99.99")
    with pytest.raises(operations.LaterShares):
        operations.set_shares(
            cooperation=cooperation, owes={host.pk: owes("100")}, valid_from=date(2024, 12, 31)
        )


def test_shifts_are_stored_once_and_changed_counts_keep_what_they_were(
    cooperation, host, partner, leader
):
    rows = [row(host, (10, 8, 1, 1)), row(partner, (2, 2))]
    assert len(store(cooperation, leader, *rows).created) == 2
    assert len(store(cooperation, leader, *rows).unchanged) == 2

    changed = store(cooperation, leader, row(host, (10, 9, 1, 0)))

    assert len(changed.updated) == 1
    count = ShiftCount.objects.get(municipality=host)
    assert (count.delivered, count.imported_by) == (9, leader)
    assert list(count.events.order_by("pgh_id").values_list("delivered", flat=True)) == [8, 9]


def test_days_that_overlap_stored_ones_are_refused_and_the_rest_stored(cooperation, host, leader):
    ShiftCountFactory(cooperation=cooperation, ends_date=date(2025, 1, 15))
    planned = store(cooperation, leader, row(host, (1, 1)), row(host, (1, 1), month=2, line=3))
    assert [each.code for each in planned.refused] == ["overlap"]
    assert ShiftCount.objects.count() == 2


def test_inhabitants_are_by_the_newest_count_until_the_day(cooperation, host, partner):
    for municipality, day, inhabitants in (
        (host, date(2024, 1, 1), 30_000),
        (host, date(2025, 1, 1), 30_500),
        (host, date(2026, 1, 1), 31_000),
        (partner, date(2025, 1, 1), 500),
    ):
        Population.objects.create(
            municipality=municipality,
            counted_date=day,
            inhabitants=inhabitants,
            source="SSB",
            retrieved_date=day,
        )
    found = queries.inhabitants_on(cooperation=cooperation, day=date(2025, 6, 1))
    assert found == {host.pk: 30_500, partner.pk: 500}


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda ended: DutyShareFactory.build(share_percent=101), "duty_share_is_a_share"),
        (
            lambda ended: DutyShareFactory.build(valid_to=date(2024, 1, 1)),
            "duty_share_ends_after_start",
        ),
        (lambda ended: DutyShareFactory.build(valid_to=date.max), "duty_share_days_are_within"),
        (lambda ended: ShiftCountFactory.build(ends_date=date.max), "shift_days_are_within"),
        (lambda ended: DutyShareFactory.build(), "duty_share_is_one_at_a_time"),
        (
            lambda ended: DutyShareFactory.build(municipality=ended),
            "duty_share_is_of_one_that_exists",
        ),
        (
            lambda ended: ShiftCountFactory.build(ends_date=date(2025, 1, 1)),
            "shifts_end_after_start",
        ),
        (
            lambda ended: ShiftCountFactory.build(starts_date=date(2025, 1, 31)),
            "shifts_are_counted_once",
        ),
        (
            lambda ended: ShiftCountFactory.build(municipality=ended),
            "shifts_are_of_one_that_exists",
        ),
    ],
)
def test_the_database_itself_refuses(cooperation, host, make, rule):
    DutyShareFactory(cooperation=cooperation, municipality=host)
    ShiftCountFactory(cooperation=cooperation, municipality=host)
    ended = MunicipalityFactory(
        number="1256", valid_to=date(2023, 1, 1), valid_from=date(2020, 1, 1)
    )
    wrong = make(ended)
    wrong.cooperation = cooperation
    if wrong.municipality != ended:
        wrong.municipality = host
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        type(wrong).objects.bulk_create([wrong])
