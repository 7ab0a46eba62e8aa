"""The words of the example mappings, which stand in JSON and in the catalogues."""

import pytest
from django.utils import translation

from callstats.mappings.beginnings import notes_of
from callstats.mappings.example_words import NOTES, TITLES
from callstats.sources.examples import all_examples


def test_every_example_has_its_words_and_no_other_has():
    names = {each.name for each in all_examples()}
    assert set(NOTES) == set(TITLES) == names


@pytest.mark.parametrize("example", all_examples(), ids=lambda example: example.name)
def test_the_words_are_those_of_the_example_itself(example):
    with translation.override("en"):
        told = str(TITLES[example.name]), notes_of(example.name)
    assert told == (example.title, example.notes)


def test_what_is_no_example_has_no_notes():
    assert notes_of("guess") == ""
