"""The pages of a review: who sees and does what, in how many queries, with which words."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from municipalities.models import CouncilReport, Document, ManagementReview, MeasureDone
from municipalities.quality.review.operations import mark_of_point
from tests.factories import quality

pytestmark = pytest.mark.usefixtures("clock")
AT = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)


def url(name, *more):
    return reverse(name, args=["nordhordland", *more])


@pytest.fixture
def review(cooperation):
    return quality.begun_review(cooperation=cooperation)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_an_empty_list_says_what_to_do_next(cooperation, leader, as_person):
    page = text_of(as_person(leader).get(url("reviews")))

    assert "No review is begun yet" in page
    assert url("review_begin") in page


def test_a_review_is_begun_on_the_page(cooperation, leader, as_person):
    answer = as_person(leader).post(url("review_begin"), {"year": 2025})

    assert answer["Location"] == url("review", 2025)
    assert ManagementReview.objects.get().started_by == leader


def test_a_year_that_is_begun_is_not_offered(review, leader, as_person):
    answer = as_person(leader).post(url("review_begin"), {"year": 2025})

    assert answer.status_code == 422


def test_storing_a_point_goes_on_to_the_next(review, leader, as_person):
    point = review.points.get(code="6a")
    sent = {"status": "good", "evidence": "Plan 2025", "mark": mark_of_point(point)}

    answer = as_person(leader).post(url("review_point", 2025, "6a"), sent)

    assert answer["Location"] == url("review_point", 2025, "6b")


def test_the_last_point_leads_back_to_the_review(cooperation, leader, as_person):
    quality.judged_review(cooperation=cooperation)

    answer = as_person(leader).post(url("review_point", 2025, "6a"), {"status": "good"})

    assert answer["Location"] == url("review", 2025)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"status": "lacking"}, "has a measure"),
        ({"status": "improve", "measure": "Ny rutine"}, "Write who is responsible"),
        ({"status": "improve", "measure": "Ny", "responsible": "Leiaren"}, "Choose the day by"),
        ({"status": "good", "mark": "0000"}, "Somebody else has changed the point"),
    ],
)
def test_what_is_wrong_in_a_point_is_told_and_kept(review, leader, as_person, sent, words):
    answer = as_person(leader).post(
        url("review_point", 2025, "6a"), {"evidence": "Skrive arbeid", **sent}
    )

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Skrive arbeid" in text_of(answer)


def test_a_point_takes_a_document(review, leader, as_person, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan", content_type="application/pdf")

    as_person(leader).post(
        url("review_point", 2025, "6a"), {"status": "good", "document": file, "evidence": ""}
    )

    assert review.points.get(code="6a").document == Document.objects.get()


def test_a_point_leads_to_live_figures_that_the_reader_may_see(
    review, leader, partner_director, central, as_person
):
    competence = url("competence_of").replace("/quality", "")
    for person, is_seen in ((leader, True), (partner_director, False)):
        page = text_of(as_person(person).get(url("review_point", 2025, "6f")))
        assert (competence in page) is is_seen
    page = text_of(as_person(leader).get(url("review_point", 2025, "6g")))
    for name in ("deviations", "complaints", "supervisions"):
        assert url(name) in page
    assert reverse("statistics", args=[central.slug]) in page


def test_last_years_measure_stands_at_the_point(cooperation, host_director, leader, as_person):
    quality.signed_review(
        cooperation=cooperation, by=host_director, year=2024, measure="Øving kvart halvår"
    )
    quality.begun_review(cooperation=cooperation, year=2025)
    browser = as_person(leader)

    assert "From last year: Øving kvart halvår" in text_of(browser.get(url("review", 2025)))
    page = text_of(browser.get(url("review_point", 2025, "6a")))
    assert "From last year, not done" in page


def test_partners_read_and_do_not_write(review, partner_director, as_person):
    browser = as_person(partner_director)
    page = text_of(browser.get(url("review_point", 2025, "6a")))

    assert "<textarea" not in page
    assert browser.post(url("review_point", 2025, "6a"), {"status": "good"}).status_code == 404


def test_only_the_hosts_director_signs(cooperation, leader, host_director, as_person):
    quality.judged_review(cooperation=cooperation)

    assert as_person(leader).get(url("review_sign", 2025)).status_code == 404
    assert url("review_sign", 2025) in text_of(as_person(host_director).get(url("review", 2025)))
    as_person(host_director).post(url("review_sign", 2025), {"is_read": "on"})

    assert ManagementReview.objects.get().signed_by == host_director


def test_signing_too_early_says_how_many_are_left(review, host_director, as_person):
    answer = as_person(host_director).post(url("review_sign", 2025), {"is_read": "on"})

    assert answer.status_code == 422
    assert "21 of the 21 points are not judged" in text_of(answer)


def test_a_change_after_the_signing_is_told(cooperation, host_director, leader, as_person):
    quality.signed_review(cooperation=cooperation, by=host_director, at=AT)

    for name, more, sent in (
        ("review_point", ("6a",), {"status": "good"}),
        ("review_summary", (), {"summary": "Nytt"}),
    ):
        answer = as_person(leader).post(url(name, 2025, *more), sent)
        assert (answer.status_code, "The review is signed" in text_of(answer)) == (422, True)


def test_a_director_records_for_the_own_council_alone(
    cooperation, host_director, partner_director, partner, host, as_person
):
    quality.signed_review(cooperation=cooperation, by=host_director, at=AT)
    sent = {"told_date": "2025-11-10", "case_number": "PS 4/25"}
    browser = as_person(partner_director)

    assert browser.post(url("review_council", 2025, host.number), sent).status_code == 404
    browser.post(url("review_council", 2025, partner.number), sent)

    assert CouncilReport.objects.get().recorded_by == partner_director
    again = browser.post(url("review_council", 2025, partner.number), sent)
    assert (again.status_code, "Why it is corrected" in text_of(again)) == (422, True)


@pytest.mark.parametrize(
    ("day", "words"), [("2025-11-11", "still to come"), ("2025-11-09", "before the review")]
)
def test_a_day_that_cannot_be_is_told(
    cooperation, host_director, secretary, partner, as_person, day, words
):
    quality.signed_review(cooperation=cooperation, by=host_director, at=AT)

    answer = as_person(secretary).post(
        url("review_council", 2025, partner.number), {"told_date": day, "case_number": "PS 4/25"}
    )

    assert answer.status_code == 422
    assert words in text_of(answer)


def test_a_measure_is_recorded_as_done_and_opened_again(
    cooperation, host_director, leader, as_person
):
    quality.signed_review(cooperation=cooperation, by=host_director, measure="Ny rutine", at=AT)
    browser = as_person(leader)

    browser.post(url("review_measure_done", 2025, "6a"), {"done_date": "2025-11-10"})
    assert MeasureDone.objects.get().recorded_by == leader
    browser.post(url("review_measure_not_done", 2025, "6a"))
    assert not MeasureDone.objects.exists()


@pytest.mark.parametrize(("file_format", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_the_points_are_downloaded(review, auditor, as_person, file_format, start):
    answer = as_person(auditor).get(url("review", 2025), {"format": file_format})

    assert answer.content.startswith(start)


def test_the_pages_take_few_queries(
    cooperation, host_director, leader, as_person, django_assert_max_num_queries
):
    quality.signed_review(cooperation=cooperation, by=host_director, year=2024, measure="Øving")
    quality.begun_review(cooperation=cooperation, year=2025)
    browser = as_person(leader)

    for name, more, most in (
        ("reviews", (), 10),
        ("review", (2024,), 13),
        ("review_point", (2025, "6a"), 12),
    ):
        with django_assert_max_num_queries(most):
            assert browser.get(url(name, *more)).status_code == 200
