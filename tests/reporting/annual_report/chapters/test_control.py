"""The chapter on internal control: the yearly review and the obligations of the agreement."""

from datetime import UTC, date, datetime

import pytest

from municipalities.models import Participant
from municipalities.obligations import operations
from municipalities.obligations.queries import dues_of_year, totals_of
from municipalities.quality.review import operations as reviews
from municipalities.quality.review.queries import summary_of
from reporting.annual_report.chapters.control import CHAPTER
from tests.factories import obligations, quality
from tests.factories.cooperations import joined
from tests.factories.report_parts import everything, facts_of, frozen, pages, rows

TODAY = date(2026, 1, 20)
AT = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)


def test_a_review_that_is_not_begun_is_told_of_beside_last_year_s(cooperation, host_director):
    quality.signed_review(cooperation=cooperation, by=host_director, year=2024, measure="Lage plan")
    figures = frozen(CHAPTER, cooperation)
    assert CHAPTER.suggestions(figures) == (
        "No yearly review of the management system for 2025 is begun.",
    )
    page = pages(CHAPTER, figures)["review"]
    assert "Of 1 measure of the review of 2024 0 is done." in page.notes
    assert rows(page.tables[0])["In order"] == ["20"]


def test_the_points_are_counted_as_on_the_room_s_page(cooperation, host_director):
    quality.begun_review(cooperation=cooperation, measure="Lage plan")
    found = facts_of(CHAPTER, cooperation, "review")["years"]
    room = summary_of(cooperation=cooperation, user=host_director, today=date(2025, 12, 31))
    assert found == [
        {
            "year": 2025,
            "signed": None,
            "counts": {"open": 20, "good": 0, "improve": 1, "lacking": 0},
        }
    ]
    assert room.judged == 21 - found[0]["counts"]["open"]
    assert CHAPTER.suggestions(frozen(CHAPTER, cooperation)) == (
        "In the review of the management system for 2025 1 of 21 points are judged: 0 in order,"
        " 1 can be better, 0 lacking. The review is not signed.",
        "The review of 2025 has 1 measure; 0 done, 1 late.",
    )


def test_a_signed_review_tells_which_councils_were_told(cooperation, host_director, partner):
    review = quality.signed_review(cooperation=cooperation, by=host_director)
    quality.told_council(review=review, municipality=partner)
    figures = frozen(CHAPTER, cooperation)
    told = rows(pages(CHAPTER, figures)["review"].tables[2])
    assert told["Fedje"][1] == "PS 99/25"
    assert told["Alver"] == ["not recorded", "–"]
    assert "1 of 2 councils are recorded as told of the review of 2025." in CHAPTER.suggestions(
        figures
    )


def test_who_joined_after_the_year_is_not_asked_for(cooperation, host_director):
    quality.signed_review(cooperation=cooperation, by=host_director)
    newcomer = joined(cooperation)
    Participant.objects.filter(municipality=newcomer).update(joined_date=date(2026, 1, 1))
    assert newcomer.name not in everything(CHAPTER, frozen(CHAPTER, cooperation))


def test_a_measure_is_told_without_who_is_to_do_it(cooperation):
    review = quality.begun_review(cooperation=cooperation, measure="Lage plan", responsible="Kari")
    point = review.points.get(code="6a")
    reviews.measure_done(point=point, done_date=date(2025, 5, 1), by=None, at=AT)
    figures = frozen(CHAPTER, cooperation)
    assert "Kari" not in str(figures)
    (row,) = pages(CHAPTER, figures)["review"].tables[1].shown
    assert row[1] == "Lage plan"
    assert row[2].startswith("Done")


def test_obligations_are_summed_as_on_their_page(cooperation):
    obligations.established(cooperation=cooperation)
    kept = obligations.due(cooperation=cooperation, title="Drill")
    operations.hand_in_for(due=kept, title="Øving", on=date(2025, 12, 24), by=None, at=AT)
    found = facts_of(CHAPTER, cooperation, "obligations")
    totals = totals_of(dues_of_year(cooperation=cooperation, year=2025, today=TODAY))
    (own,) = found["years"]
    assert (own["kept"], own["whole"], own["late"]) == (1, totals.whole, totals.late)
    assert own["kept_late"] == 1
    counts = [each[name] for each in found["obligations"] for name in ("kept", "kept_late", "late")]
    assert sum(counts) == totals.whole


def test_an_event_s_own_title_is_not_told(cooperation, partner):
    obligations.established(cooperation=cooperation)
    operations.hand_in(
        cooperation=cooperation,
        code="decision-notification",
        key="decision:1",
        title="Hemmeleg sak",
        on=date(2025, 5, 1),
        municipality=partner,
        at=AT,
    )
    assert "Hemmeleg" not in str(frozen(CHAPTER, cooperation))


def test_what_is_waived_is_neither_kept_nor_asked_for(cooperation):
    operations.waive(due=obligations.due(cooperation=cooperation), reason="Pandemi")
    figures = frozen(CHAPTER, cooperation)
    assert CHAPTER.suggestions(figures) == ("No obligation of the agreement was due in 2025.",)
    assert rows(pages(CHAPTER, figures)["obligations"].tables[0])["Drill"] == list("00001")
    assert "Pandemi" not in str(figures)


def test_what_was_not_yet_due_is_not_overdue(cooperation):
    obligations.due(cooperation=cooperation)
    at = datetime(2025, 6, 1, 9, 0, tzinfo=UTC)
    assert CHAPTER.suggestions(frozen(CHAPTER, cooperation, at=at)) == (
        "The obligations of the agreement were kept 0 of 1 times in 2025. 1 time was not yet due"
        " when the figures were read.",
    )


def test_a_year_before_stands_beside_where_something_was_due(cooperation):
    obligations.obligation(cooperation=cooperation, starts_date=date(2023, 1, 1), year=2023)
    obligations.shown_kept(cooperation=cooperation, code="own-other", title="Other")
    page = pages(CHAPTER, frozen(CHAPTER, cooperation))["obligations"]
    assert page.tables[1].headings == ("How it stands", "2025", "2023")
    assert rows(page.tables[1])["Kept, late too"] == ["1 of 1", "0 of 1"]


def test_nothing_is_told_where_nothing_is_registered(cooperation):
    quality.review(cooperation=cooperation, year=2026)
    assert frozen(CHAPTER, cooperation)["chapters"] == {}
    assert CHAPTER.sections({"year": 2025}) == CHAPTER.suggestions({"year": 2025}) == ()


def something_of_all(cooperation, by):
    quality.signed_review(cooperation=cooperation, by=by, measure="Lage plan")
    quality.signed_review(cooperation=cooperation, by=by, year=2024, measure="Lage plan")
    obligations.established(cooperation=cooperation)


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_it_is_told_from_the_facts_alone(
    cooperation, host_director, django_assert_num_queries, language
):
    something_of_all(cooperation, host_director)
    figures = frozen(CHAPTER, cooperation)
    with django_assert_num_queries(0):
        assert "Lage plan" in everything(CHAPTER, figures, language=language)
    assert set(pages(CHAPTER, figures)) == {"review", "obligations"}


def test_facts_take_ten_queries(cooperation, host_director, django_assert_num_queries):
    something_of_all(cooperation, host_director)
    with django_assert_num_queries(10):
        frozen(CHAPTER, cooperation)
