"""A review is begun, judged, signed and frozen; what is wrong is refused and told."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from municipalities.models import (
    CouncilReport,
    Evidence,
    ManagementReview,
    MeasureDone,
    ReviewPoint,
)
from municipalities.quality.review import operations, queries
from municipalities.quality.review.models import PointStatus
from municipalities.refused import Refused
from tests.factories import obligations, quality

AT = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)
MEASURE = {"measure": "Ny rutine", "responsible": "Leiaren", "deadline_date": date(2025, 6, 1)}


@pytest.fixture
def review(cooperation):
    return quality.begun_review(cooperation=cooperation)


@pytest.fixture
def signed(cooperation, host_director):
    return quality.signed_review(cooperation=cooperation, by=host_director, at=AT)


def refusal(run, **arguments):
    with pytest.raises(Refused) as refused:
        run(**arguments)
    return refused.value.code


def test_beginning_makes_the_points_and_again_changes_nothing(cooperation, leader):
    first = operations.begin(cooperation=cooperation, year=2025, by=leader, at=AT)
    again = operations.begin(cooperation=cooperation, year=2025, by=leader, at=AT)

    assert first == again
    assert [each.code for each in queries.points_of(first)][:8] == [
        *("6a", "6b", "6c", "6d", "6e", "6f", "6g"),
        "7a",
    ]
    assert first.points.count() == 21


def test_a_year_to_come_is_refused(cooperation, leader):
    asked = {"cooperation": cooperation, "year": 2026, "by": leader, "at": AT}
    assert refusal(operations.begin, **asked) == "year_is_to_come"
    assert not ManagementReview.objects.exists()


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"status": "lacking"}, "what_is_to_be_better_has_a_measure"),
        ({"status": "improve", **MEASURE, "responsible": ""}, "measure_has_nobody"),
        ({"status": "improve", **MEASURE, "deadline_date": None}, "measure_has_no_deadline"),
        ({"status": "good", "mark": "seen before"}, "point_changed_meanwhile"),
    ],
)
def test_a_judgement_that_lacks_something_is_refused(review, told, code):
    point = review.points.get(code="6a")

    assert refusal(operations.judge, point=point, **told) == code
    assert ReviewPoint.objects.get(pk=point.pk).status == PointStatus.OPEN


def test_a_judgement_keeps_what_shows_it(review, cooperation):
    from tests.factories.documents import kept

    point, document = review.points.get(code="6a"), kept(cooperation=cooperation)
    mark = operations.mark_of_point(point)

    operations.judge(point=point, status="improve", document=document, mark=mark, **MEASURE)
    operations.judge(point=point, status="improve", evidence="Sjå plan", **MEASURE)

    stored = ReviewPoint.objects.get(pk=point.pk)
    assert (stored.document, stored.evidence, stored.measure) == (
        document,
        "Sjå plan",
        "Ny rutine",
    )


def test_a_review_with_points_left_is_not_signed(review, host_director):
    with pytest.raises(Refused) as refused:
        operations.sign(review=review, by=host_director, at=AT)
    assert (refused.value.code, refused.value.facts) == ("points_are_not_judged", {"left": 21})
    assert ManagementReview.objects.get().signed_at is None


def test_signing_is_the_evidence_of_the_obligation(cooperation, host_director):
    obligations.established(cooperation=cooperation)
    review = quality.judged_review(cooperation=cooperation)

    operations.sign(review=review, by=host_director, at=AT)
    operations.sign(review=review, by=host_director, at=AT)

    evidence = Evidence.objects.get(key=f"review:{review.pk}")
    assert evidence.due.obligation.code == "management-review"
    assert evidence.topics == evidence.due.obligation.topics
    assert evidence.path == f"/quality/{cooperation.slug}/reviews/2025/"
    assert evidence.happened_date == date(2025, 11, 10)


def test_what_is_signed_is_refused_by_the_operations(signed):
    point = signed.points.get(code="6a")

    assert refusal(operations.judge, point=point, status="good") == "review_is_signed"
    assert refusal(operations.summarise, review=signed, summary="Ny") == "review_is_signed"


@pytest.mark.parametrize(
    "change",
    [
        lambda review, host: ReviewPoint.objects.filter(review=review).update(evidence="x"),
        lambda review, host: ReviewPoint.objects.filter(review=review, code="6a").delete(),
        lambda review, host: ReviewPoint.objects.bulk_create(
            [ReviewPoint(review=review, code="new")]
        ),
        lambda review, host: ManagementReview.objects.filter(pk=review.pk).update(summary="x"),
        lambda review, host: ManagementReview.objects.filter(pk=review.pk).update(signed_at=None),
    ],
)
def test_what_is_signed_is_frozen_by_the_database(signed, host, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change(signed, host)


def test_the_database_refuses_what_the_operations_do(review, host, host_director):
    points, reviews = ReviewPoint.objects, ManagementReview.objects.filter(pk=review.pk)
    told = CouncilReport(
        review=review, municipality=host, told_date=AT.date(), case_number="1", recorded_at=AT
    )
    done = MeasureDone(point=points.first(), done_date=AT.date(), recorded_at=AT)
    for change in (
        lambda: reviews.update(signed_at=AT, signed_by=host_director),  # points are open
        lambda: points.filter(review=review).update(status="lacking"),  # without a measure
        lambda: points.bulk_create([ReviewPoint(review=review, code="6a")]),
        lambda: ManagementReview.objects.bulk_create(
            [ManagementReview(cooperation=review.cooperation, year=2025, started_at=AT)]
        ),
        lambda: CouncilReport.objects.bulk_create([told]),  # the review is not signed
        lambda: MeasureDone.objects.bulk_create([done]),  # the point has no measure
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_signed_by_nobody_is_refused_by_the_database(cooperation):
    review = quality.judged_review(cooperation=cooperation)
    with pytest.raises(IntegrityError, match="review_is_signed_by_somebody"):
        ManagementReview.objects.filter(pk=review.pk).update(signed_at=AT)


def test_a_council_is_told_once_and_corrected(signed, partner, partner_director):
    asked = {"review": signed, "municipality": partner, "by": partner_director, "at": AT}

    operations.tell_council(**asked, told_date=date(2025, 11, 12), case_number="PS 1/25")
    operations.tell_council(**asked, told_date=date(2025, 11, 12), case_number="PS 2/25")

    assert CouncilReport.objects.get().case_number == "PS 2/25"
    double = CouncilReport(
        review=signed,
        municipality=partner,
        told_date=date(2025, 11, 12),
        case_number="PS 3/25",
        recorded_at=AT,
    )
    with pytest.raises(IntegrityError, match="council_is_told_of_a_review_once"):
        CouncilReport.objects.bulk_create([double])


def test_a_council_is_not_told_before_the_review_is_signed(cooperation, signed, partner):
    asked = {"municipality": partner, "case_number": "1", "by": None, "at": AT}
    open_review = quality.begun_review(cooperation=cooperation, year=2024)

    assert (
        refusal(operations.tell_council, review=signed, told_date=date(2025, 11, 9), **asked)
        == "told_before_it_was_signed"
    )
    assert (
        refusal(operations.tell_council, review=open_review, told_date=AT.date(), **asked)
        == "only_a_signed_review_is_told_of"
    )


def test_a_measure_is_done_after_the_signing_too(cooperation, host_director, leader):
    review = quality.signed_review(
        cooperation=cooperation, by=host_director, measure="Ny rutine", at=AT
    )
    point = review.points.get(code="6a")
    asked = {"cooperation": cooperation, "today": AT.date()}

    assert queries.open_measures_of(**asked) == [point]
    operations.measure_done(point=point, done_date=AT.date(), by=leader, at=AT)
    assert queries.open_measures_of(**asked) == []
    operations.measure_not_done(point=point)
    assert queries.open_measures_of(**asked) == [point]
    other = review.points.get(code="6b")
    assert refusal(operations.measure_done, point=other, done_date=AT.date(), by=leader, at=AT) == (
        "only_a_measure_is_done"
    )


def test_what_is_not_done_is_carried_over_until_it_is_judged_anew(cooperation, host_director):
    quality.signed_review(cooperation=cooperation, by=host_director, year=2024, measure="Øving")
    review = quality.begun_review(cooperation=cooperation, year=2025)
    asked = {"cooperation": cooperation, "today": AT.date()}

    assert {code: each.measure for code, each in queries.from_last_year(review).items()} == {
        "6a": "Øving"
    }
    assert [each.review.year for each in queries.open_measures_of(**asked)] == [2024]

    operations.judge(point=review.points.get(code="6a"), status="good", evidence="Øvd i mai")

    assert queries.open_measures_of(**asked) == []


def test_the_next_to_judge_goes_round(review):
    review.points.exclude(code__in=["6c", "8a"]).update(status=PointStatus.GOOD)

    assert queries.next_to_judge(review, after="6c") == "8a"
    assert queries.next_to_judge(review, after="9c") == "6c"
