"""The pages of the definitions: every parameter in words, and the same calls by every one."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import translation

from callstats.indicators import example_presenters, presenters, words
from callstats.indicators.definitions import DEFAULT_FIRST, Term, all_definitions, by_id
from callstats.indicators.rules import BANDS
from callstats.indicators.worked_example import worked_example

EVERY = list(all_definitions())
FIGURES = {
    "lvs-2min-v1": (3, 11, "27.3%"),
    "lvs-2min-caller-v1": (3, 11, "27.3%"),
    "lvs-2min-of-answered-v1": (3, 6, "50.0%"),
    "lvs-2min-without-abandons-v1": (3, 8, "37.5%"),
    "lvs-2min-positive-abandon-v1": (6, 11, "54.5%"),
    "lvs-2min-without-short-5s-v1": (3, 10, "30.0%"),
    "lvs-2min-without-short-10s-v1": (3, 10, "30.0%"),
    "lvs-2min-without-excluded-v1": (3, 11, "27.3%"),
    "lvs-10min-v1": (5, 11, "45.5%"),
    "lvs-abandonment-rate-v1": (4, 11, "36.4%"),
    "lvs-unanswered-rate-v1": (5, 11, "45.5%"),
    "lvs-abandonment-bands-v1": (5, 11, "45.5%"),
    "lvs-asa-v1": (6, 6, "247.8 s"),
    "lvs-median-v1": (6, 6, "120.5 s"),
    "lvs-p90-v1": (6, 6, "600.5 s"),
    "lvs-p95-v1": (6, 6, "600.8 s"),
}


@pytest.fixture
def browser(outsider, as_person):
    """Definitions are no secret: whoever is logged in may read them."""
    return as_person(outsider)


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


# --- the example ------------------------------------------------------------------------


def test_every_definition_has_its_reference_value():
    assert set(FIGURES) == set(EVERY)


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(("definition_id", "figure"), FIGURES.items())
def test_the_twelve_calls_give_the_reference_values(definition_id, figure):
    example = worked_example(by_id(definition_id))
    shown = example_presenters.comparison([by_id(definition_id)]).rows[0]
    assert (example.numerator, example.denominator, shown[3]) == figure
    assert shown[1:3] == [str(figure[0]), str(figure[1])]


def test_the_unanswered_calls_of_the_example_lie_in_their_bands():
    bands = worked_example(by_id("lvs-abandonment-bands-v1")).bands
    assert tuple(bands) == BANDS
    assert list(bands.values()) == [1, 0, 3, 1, 0, 0]


# --- the pages ----------------------------------------------------------------------------


def test_the_list_has_every_definition_by_profile_and_the_comparison(browser):
    answer = browser.get(reverse("definitions"))
    page = text_of(answer)
    groups = answer.context["groups"]
    assert [group.profile for group in groups] == list(DEFAULT_FIRST)
    assert [card.id for group in groups for card in group.cards] == EVERY
    for definition in all_definitions().values():
        assert reverse("definition", args=[definition.id]) in page
        assert presenters.statement(definition) in page
    assert "The same twelve calls by every definition" in page
    assert [row[3] for row in answer.context["comparison"].rows] == [
        FIGURES[definition][2] for definition in EVERY
    ]


@pytest.mark.parametrize("language", ["nn", "nb"])
@pytest.mark.parametrize("definition_id", EVERY)
def test_every_definition_has_a_page_in_each_language(outsider, as_person, definition_id, language):
    outsider.language = language
    outsider.save()
    answer = as_person(outsider).get(reverse("definition", args=[definition_id]))
    page = text_of(answer)
    assert answer.status_code == 200
    assert by_id(definition_id).name[language] in page
    assert answer.context["sentences"][0] in page
    assert len(answer.context["calls"].rows) == 12


@pytest.mark.parametrize(
    ("definition_id", "sentence"),
    [
        ("lvs-2min-v1", "3 of 11 calls, 27.3 percent."),
        ("lvs-2min-of-answered-v1", "3 of 6 calls, 50.0 percent."),
        ("lvs-abandonment-bands-v1", "5 of 11 calls, 45.5 percent."),
        ("lvs-median-v1", "120.5 seconds, of 6 answered calls."),
        ("lvs-p90-v1", "600.5 seconds, of 6 answered calls."),
    ],
)
def test_the_example_is_told_in_a_sentence(browser, definition_id, sentence):
    assert sentence in text_of(browser.get(reverse("definition", args=[definition_id])))


def test_bands_are_shown_where_they_are_the_figure(browser):
    words = "Unanswered calls of the example by wait"
    assert words in text_of(browser.get(reverse("definition", args=["lvs-abandonment-bands-v1"])))
    assert words not in text_of(browser.get(reverse("definition", args=["lvs-2min-v1"])))


@pytest.mark.parametrize(
    ("definition_id", "shown"),
    [
        ("lvs-2min-caller-v1", "asked to be called back, and rung back within two minutes"),
        ("lvs-2min-without-short-5s-v1", "abandoned by the caller, after more than 5 seconds"),
        ("lvs-2min-v1", "answered, within two minutes"),
        ("lvs-10min-v1", "answered, within ten minutes"),
        ("lvs-2min-without-excluded-v1", "Test calls, Outages"),
        ("lvs-p95-v1", "95th percentile"),
        ("lvs-2min-v1", "Legevakt, second reader (not Helsedirektoratet)"),
        ("lvs-abandonment-bands-v1", "NHS England, IUC ADC"),
    ],
)
def test_parameters_and_sources_are_told_in_words(browser, definition_id, shown):
    assert shown in text_of(browser.get(reverse("definition", args=[definition_id])))


def test_only_a_definition_with_a_target_speaks_of_it(browser):
    for definition in all_definitions().values():
        page = text_of(browser.get(reverse("definition", args=[definition.id])))
        assert ("80 percent of all calls" in page) == (definition.target_percent is not None)


# --- words -------------------------------------------------------------------------------


def test_every_word_of_a_definition_has_its_name():
    definitions = all_definitions().values()
    assert set(words.PROFILES) == {each.profile for each in definitions}
    assert set(words.STATISTIC_NAMES) == {each.statistic for each in definitions} - {None}
    assert {kind for each in definitions for kind in each.excludes} <= set(words.EXCLUSION_NAMES)
    assert tuple(words.BAND_NAMES) == BANDS


def test_no_text_stands_for_a_parameter_that_no_definition_has():
    used = {text for each in all_definitions().values() for text in each.parameters.values()}
    names = {name for each in all_definitions().values() for name in each.parameters}
    assert set(words.PARAMETER_WORDS) == used
    assert set(words.PARAMETER_NAMES) == names


@pytest.mark.usefixtures("in_english")
def test_terms_are_told_one_after_the_other():
    found = [Term(("answered",), within_seconds=30), Term(("abandoned",), longer_than_seconds=1)]
    assert presenters.terms(found) == (
        "answered, within 30 seconds; abandoned by the caller, after more than 1 second"
    )


@pytest.mark.usefixtures("in_english")
def test_who_reviewed_it_and_when_is_told():
    reviewed = replace(by_id("lvs-2min-v1"), reviewer="Kari", reviewed_on="2026-01-05")
    assert [pair.value for pair in presenters.review(reviewed)] == [
        "Legevakt",
        "Kari",
        "5 January 2026",
    ]
    unread = replace(reviewed, reviewer=None, reviewed_on=None)
    assert [pair.value for pair in presenters.review(unread)][1:] == ["not reviewed yet", "–"]
