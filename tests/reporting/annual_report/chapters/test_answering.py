"""Sentences on how the telephones were answered, for the summary and the activity chapter."""

import json

import pytest
from django.utils import translation

from reporting.annual_report.chapters import activity, summary
from reporting.annual_report.chapters.calls import months_of
from reporting.annual_report.document.summary import summary_of
from reporting.annual_report.figures import figures_for
from tests.factories.municipalities import CentralFactory, PublicNumberFactory
from tests.factories.reporting import AFTER_THE_YEAR, calls_in_year


def level(*, share=(50, 100), hours=(8760, 8760), offered=120, unanswered=20):
    """A level of service with what the sentences ask of it."""
    numerator, denominator = share
    percent = f"{100 * numerator / denominator:.1f}" if denominator else None
    return {
        "percent": percent,
        "numerator": numerator,
        "denominator": denominator,
        "hours_with_feed": hours[0],
        "hours_in_period": hours[1],
        "offered": offered,
        "unanswered": unanswered,
    }


def figures(*, year, before=None, months=()):
    """A report of 2025 on one central."""
    told = [
        level(share=share, hours=hours) | {"starts_on": f"2025-{number:02d}-01"}
        for number, (share, hours) in enumerate(months, 1)
    ]
    return {
        "year": 2025,
        "definition": {"target_percent": 80},
        "total": {"year": year, "previous": before},
        "centrals": [{"months": told}],
    }


def test_a_whole_year_that_misses_the_target():
    assert summary.CHAPTER.suggestions(figures(year=level())) == (
        "In 2025 50.0% of the calls were answered within two minutes (50 of 100). The target of"
        " 80% was not met; 30 more calls answered in time would have met it.",
    )


@pytest.mark.parametrize(
    ("numerator", "told"), [(79, "1 more call answered"), (80, "The target of 80% was met.")]
)
def test_the_target_is_met_by_calls_and_not_by_a_rounded_share(numerator, told):
    (sentence,) = summary.CHAPTER.suggestions(figures(year=level(share=(numerator, 100))))
    assert told in sentence


def test_a_part_of_a_year_says_so_in_the_sentence_itself():
    found = figures(year=level(hours=(4343, 8760)))
    share, known = summary.CHAPTER.suggestions(found)
    assert share.startswith("In the hours of 2025 that there are data of, 50.0%")
    assert known == "There are data for 4,343 of the 8,760 hours of 2025."


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ((40, 100), "10.0 percentage points higher than in 2024 (40.0%)."),
        ((62, 100), "12.0 percentage points lower than in 2024 (62.0%)."),
        ((50, 100), "the same as in 2024 (50.0%)."),
    ],
)
def test_the_year_before_is_told_of(before, told):
    found = figures(year=level(), before=level(share=before))
    assert summary.CHAPTER.suggestions(found)[1].endswith(told)


def test_a_year_before_with_missing_hours_is_compared_with_care():
    found = figures(year=level(), before=level(hours=(10, 8784)))
    assert "with care" in summary.CHAPTER.suggestions(found)[1]
    assert not any("2024" in each for each in activity.CHAPTER.suggestions(found))


def test_nothing_is_said_of_a_share_of_no_calls():
    found = figures(year=level(share=(0, 0), offered=0, unanswered=0))
    assert summary.CHAPTER.suggestions(found) == activity.CHAPTER.suggestions(found) == ()


def test_the_best_month_is_one_whose_every_hour_is_known():
    hours = (744, 744)
    months = [((60, 100), hours), ((99, 100), (10, 744)), ((40, 100), hours), ((50, 100), hours)]
    told = activity.CHAPTER.suggestions(figures(year=level(), months=months))
    assert told[1] == (
        "The share was highest in January 2025 (60.0%) and lowest in March 2025 (40.0%), of the 3"
        " months with data for every hour."
    )


@pytest.mark.parametrize("shares", [[50], [50, 50], [40, 50, 50], [40, 40, 50]])
def test_no_month_is_best_where_several_are(shares):
    months = [((share, 100), (744, 744)) for share in shares]
    assert len(activity.CHAPTER.suggestions(figures(year=level(), months=months))) == 1


def test_calls_are_told_with_the_year_before_where_both_are_whole():
    found = figures(year=level(), before=level(offered=1))
    assert activity.CHAPTER.suggestions(found) == (
        "In 2025 there were 120 calls, of which 20 were not answered.",
        "In 2024 there was 1 call.",
    )


def test_they_say_what_the_report_s_own_pages_say(cooperation, central):
    source = calls_in_year(central=central, months=(1, 2, 3))
    calls_in_year(central=central, year=2024, months=(12,), source=source)
    found = figures_for(cooperation=cooperation, year=2025, at=AFTER_THE_YEAR)
    page = summary_of(found)
    told = " ".join(summary.CHAPTER.suggestions(found) + activity.CHAPTER.suggestions(found))
    for name in ("percent", "numerator", "denominator", "calls", "unanswered", "hours"):
        assert page[name] in told
    assert f"{page['missing_calls']} more calls" in told


def test_centrals_are_summed_and_never_averaged(cooperation, central):
    calls_in_year(central=central, months=(1,))
    other = CentralFactory(cooperation=cooperation, slug="zz", name="Z central")
    PublicNumberFactory(central=other)
    calls_in_year(central=other, months=(2,))
    found = figures_for(cooperation=cooperation, year=2025, at=AFTER_THE_YEAR)
    january, february = months_of(found)[:2]
    assert (january.numerator, january.denominator) == (62, 124)
    assert not january.is_whole, "one central's hours are not known"
    assert february.denominator == 112


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_they_are_told_from_the_figures_alone(
    cooperation, central, django_assert_num_queries, language
):
    calls_in_year(central=central, months=(1,))
    found = figures_for(cooperation=cooperation, year=2025, at=AFTER_THE_YEAR)
    with translation.override(language), django_assert_num_queries(0):
        told = summary.CHAPTER.suggestions(json.loads(json.dumps(found)))
        assert told == summary.CHAPTER.suggestions(found)
    assert len(told) == 2
