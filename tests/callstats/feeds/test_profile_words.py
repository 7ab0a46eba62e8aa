"""Every example on the page of profiles is read by the profile itself."""

import pytest

from callstats.feeds.profile_words import WORDS
from callstats.sources.frames import SourceSettings, Unreadable
from callstats.sources.registry import PROFILES
from tests.conftest import NOW

# What a file of a header alone may be refused as; its columns are known.
EMPTY = {None, "empty_file"}
EXAMPLES = [(name, example) for name, words in WORDS.items() for example in words.examples]
TABLE = {
    "columns": {
        "id": "Id",
        "arrived_at": "Tid",
        "queue": "Kø",
        "wait_seconds": "Ventetid",
        "outcome": "Status",
    },
    "time_formats": ["%d.%m.%Y %H:%M:%S"],
    "outcomes": {"Besvart": "answered"},
}


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_is_known_by_its_profile(name, example, tmp_path):
    path = tmp_path / "example.csv"
    path.write_text(example + "\n", encoding="utf-8")
    mapping = TABLE if name == "table" else None
    settings = SourceSettings(profile=name, zone="Europe/Oslo", now=NOW, mapping=mapping)

    assert refusal(PROFILES[name], path, settings) in EMPTY


def refusal(profile, path, settings) -> str | None:
    """The code by which the file is refused; None where it is read."""
    read = profile.module.read_calls if profile.kind == "rows" else profile.module.read_events
    try:
        read(path, settings=settings)
    except Unreadable as error:
        return error.code
    return None


def test_every_profile_has_words_and_nothing_else_has():
    assert set(WORDS) == set(PROFILES)
