"""Complaints: missing is missing, nought is told, and what became of few is not."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from municipalities.models import ComplaintCount
from municipalities.quality.cases import operations, presenters, queries
from municipalities.quality.cases.models import ComplaintKind
from municipalities.quality.cases.rules import QUARTERS, ComplaintYear, Counted
from municipalities.refused import Refused
from tests.factories import quality

AT = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)
TODAY = date(2025, 11, 10)
KINDS = tuple(ComplaintKind.values)


def whole(*quarters, received=2, decided=0, upheld=0):
    """Every kind of the quarters, each with the same counts."""
    cells = {(q, kind): Counted(received, decided, upheld) for q in quarters for kind in KINDS}
    return ComplaintYear(2025, KINDS, cells)


def test_a_quarter_has_a_sum_when_every_kind_is_reported():
    year = ComplaintYear(2025, KINDS, {**whole(1).cells, (2, "service"): Counted(9)})

    assert (year.of_quarter(1), year.of_quarter(2), year.of_quarter(3)) == (Counted(8), None, None)
    assert (year.whole_quarters, year.so_far) == ([1], Counted(8))


def test_nought_is_told_and_missing_is_not_nought():
    year = whole(1, received=0)

    rows = [row.cells for row in presenters.table(year, today=TODAY).rows]

    assert rows[4] == ("Quarter 1, 2025", "All kinds", 0, 0)
    assert rows[5] == ("Quarter 2, 2025", "All kinds", "not reported", "not reported")


@pytest.mark.parametrize(("decided", "told"), [(0, 0), (4, None), (8, 4)])
def test_how_many_were_upheld_is_told_of_none_or_of_at_least_five(decided, told):
    year = whole(1, received=2, decided=decided // 4, upheld=(decided // 4) // 2)

    assert year.upheld_told == told


counts = st.integers(0, 9).flatmap(
    lambda received: st.integers(0, received).flatmap(
        lambda decided: st.integers(0, decided).map(lambda upheld: (received, decided, upheld))
    )
)


@given(st.dictionaries(st.tuples(st.sampled_from(QUARTERS), st.sampled_from(KINDS)), counts))
def test_the_sums_are_those_of_a_slow_second_way(cells):
    year = ComplaintYear(2025, KINDS, {cell: Counted(*told) for cell, told in cells.items()})
    by_hand = [0, 0, 0]
    for quarter in QUARTERS:
        of_quarter = [told for (each, _kind), told in cells.items() if each == quarter]
        if len(of_quarter) == len(KINDS):
            by_hand = [a + sum(told[n] for told in of_quarter) for n, a in enumerate(by_hand)]

    assert year.so_far == Counted(*by_hand)
    assert year.upheld_told in (None, by_hand[2])
    assert (year.upheld_told is None) == (1 <= by_hand[1] < 5)


def test_no_page_or_file_tells_how_few_complaints_ended():
    year = whole(1, received=1, decided=1, upheld=1)
    headings = presenters.table(year, today=TODAY).headings

    assert headings == ("Quarter", "Kind", "Received", "Decided")
    assert "at least 5" in presenters.outcome(year)


def test_reporting_again_changes_what_is_new_and_takes_away_what_is_empty(cooperation, leader):
    asked = {"cooperation": cooperation, "year": 2025, "quarter": 2, "by": leader, "at": AT}

    operations.report(**asked, counts={"service": Counted(3), "rights": Counted(0)})
    operations.report(**asked, counts={"service": Counted(4, 1), "rights": None}, reason="Feil")

    stored = ComplaintCount.objects.get()
    assert (stored.kind, stored.received, stored.decided) == ("service", 4, 1)


def test_a_quarter_to_come_is_refused(cooperation, leader):
    with pytest.raises(Refused) as refused:
        operations.report(
            cooperation=cooperation, year=2026, quarter=1, counts={}, by=leader, at=AT
        )
    assert refused.value.code == "quarter_is_to_come"


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"quarter": 5}, "complaints_are_of_a_quarter"),
        ({"received": 1, "decided": 2}, "complaints_upheld_are_decided_and_received"),
        ({"decided": 1, "upheld": 2}, "complaints_upheld_are_decided_and_received"),
        ({"quarter": 2}, "complaints_are_counted_once_a_quarter"),
    ],
)
def test_the_database_refuses(cooperation, fields, rule):
    quality.complaints(cooperation=cooperation, quarter=2)
    told = {"year": 2025, "quarter": 3, "kind": "service", "received": 3, **fields}
    row = ComplaintCount(cooperation=cooperation, reported_at=AT, **told)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ComplaintCount.objects.bulk_create([row])


def address(name="complaints", *more):
    return reverse(name, args=["nordhordland", *more])


def test_a_quarter_is_typed_in_a_grid(clock, cooperation, leader, as_person):
    sent = {"service-received": "3", "service-decided": "1", "rights-received": "0"}

    answer = as_person(leader).post(address("complaint_report", 2025, 3), sent)

    assert answer["Location"] == f"{address()}?year=2025"
    found = queries.complaints_of(cooperation=cooperation, year=2025)
    assert found.cells == {(3, "service"): Counted(3, 1), (3, "rights"): Counted(0)}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"service-decided": "1"}, "Write how many were received"),
        ({"service-received": "1", "service-decided": "2"}, "No more can be decided"),
        ({"service-received": "-1"}, "greater than or equal to 0"),
        ({"service-received": "many"}, "Enter a whole number"),
    ],
)
def test_a_grid_that_cannot_be_is_told(clock, cooperation, leader, as_person, sent, words):
    answer = as_person(leader).post(address("complaint_report", 2025, 3), sent)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not ComplaintCount.objects.exists()


def test_a_change_is_asked_why(clock, cooperation, leader, as_person):
    quality.complaints(cooperation=cooperation, quarter=3)
    sent = {"service-received": "4"}
    url = address("complaint_report", 2025, 3)

    assert as_person(leader).post(url, sent).status_code == 422
    assert as_person(leader).post(url, {**sent, "reason": "Talt på nytt"}).status_code == 302
    assert ComplaintCount.objects.get().events.last().pgh_context.metadata["reason"] == (
        "Talt på nytt"
    )


@pytest.mark.parametrize("more", [(2025, 5), (2026, 1), (1500, 1)])
def test_a_quarter_that_cannot_be_reported_has_no_page(clock, cooperation, leader, as_person, more):
    assert as_person(leader).get(address("complaint_report", *more)).status_code == 404


def test_the_page_and_its_files_tell_the_same(
    clock, cooperation, auditor, as_person, django_assert_max_num_queries
):
    for kind in KINDS:
        quality.complaints(cooperation=cooperation, kind=kind, received=2)
    quality.note(cooperation=cooperation, subject="complaints", text="Nytt skjema")
    browser = as_person(auditor)

    with django_assert_max_num_queries(9):
        page = browser.get(address()).content.decode()
    file = browser.get(address(), {"format": "csv"}).content.decode()

    assert "8 complaints in 2025, in the 1 quarter" in page
    assert "Nytt skjema" in page
    assert "Quarter 2, 2025;All kinds;8;0" in file
    assert browser.get(address(), {"format": "pdf"}).status_code == 404
    assert browser.get(address(), {"year": "12"}).status_code == 200
