"""Which files are known as those of a system with a profile of its own."""

from pathlib import Path

import pytest

from callstats.feeds.profile_words import WORDS
from callstats.sources.known_files import profile_of

SAMPLES = Path(__file__).parents[2] / "samples"
KNOWN = ("asterisk-queue-log", "asterisk-queue-table", "3cx-call-report", "puzzel-call-events")
OF_THESE = [
    (path, folder.name)
    for folder in sorted(SAMPLES.iterdir())
    if folder.is_dir() and folder.name in KNOWN
    for path in sorted(folder.iterdir())
]


@pytest.mark.parametrize(("path", "profile"), OF_THESE, ids=lambda told: str(told)[-40:])
def test_each_sample_of_a_profile_is_known(path, profile):
    assert profile_of(path.read_bytes()) == profile


def test_the_real_log_is_known():
    assert profile_of((SAMPLES / "asterisk20_2025-10-24_queue_log").read_bytes()) == KNOWN[0]


@pytest.mark.parametrize("profile", KNOWN)
def test_each_example_on_the_page_of_profiles_is_known(profile):
    assert {profile_of(line.encode()) for line in WORDS[profile].examples} == {profile}


@pytest.mark.parametrize("path", sorted((SAMPLES / "examples").iterdir()), ids=lambda p: p.name)
def test_what_is_read_by_an_example_is_no_such_file(path):
    assert profile_of(path.read_bytes()) is None
