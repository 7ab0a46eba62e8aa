"""What a version changed, key by key and in words."""

import pytest
from django.utils import translation

from callstats.mappings.difference_words import difference_row
from callstats.mappings.differences import Difference, differences
from tests.callstats.mappings.conftest import MAPPING


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_the_same_mapping_changes_nothing():
    assert list(differences(MAPPING, dict(MAPPING))) == []


def test_each_column_and_word_is_a_change_of_its_own():
    after = MAPPING | {
        "delimiter": ",",
        "columns": MAPPING["columns"] | {"queue": "Linje"},
        "outcomes": {"Besvart": "answered", "Tapt": "timeout", "Stengt": "closed"},
    }

    assert list(differences(MAPPING, after)) == [
        Difference(key="delimiter", before=";", after=","),
        Difference(key="columns", entry="queue", before="Kø", after="Linje"),
        Difference(key="outcomes", entry="Tapt", before="abandoned", after="timeout"),
        Difference(key="outcomes", entry="Stengt", after="closed"),
    ]


def test_what_is_taken_away_is_a_change_too():
    after = {key: value for key, value in MAPPING.items() if key != "footer_regex"}

    assert list(differences(MAPPING, after)) == [
        Difference(key="footer_regex", before="^Totalt"),
    ]


def test_a_change_is_told_in_words():
    changed = Difference(key="time_formats", before=["%d.%m.%Y %H:%M"], after=["%m/%d/%Y %H:%M"])

    assert difference_row(changed) == [
        "dates and times",
        "24.10.2025 14:03",
        "10/24/2025 14:03",
    ]


def test_every_key_of_a_first_version_can_be_told():
    every = MAPPING | {
        "filters": [{"column": "Retning", "in": ["Inn", ""]}, {"column": "Kø", "matches": "^LV"}],
        "id": {"weak": True},
        "kind": "row-per-leg",
    }

    rows = [difference_row(each) for each in differences({}, every)]

    assert ["column: When the call arrived", "–", "Dato + Klokkeslett"] in rows
    assert ["word for the outcome: «Tapt»", "–", "abandoned by the caller"] in rows
    assert all(isinstance(cell, str) for row in rows for cell in row)
