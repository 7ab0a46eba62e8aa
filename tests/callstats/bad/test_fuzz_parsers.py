"""Good files spoilt by chance: calls or a refusal by name, nothing else, soon, and nothing lost.

A normal run tries the same accidents each time. A longer run tries new ones for as long as it
is told, spread over the profiles, beside `./run bench` or before a release:

    FUZZ_SECONDS=600 ./run test tests/callstats/bad/test_fuzz_parsers.py
"""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from callstats.sources.frames import Unreadable
from tests.callstats.bad.corpus import read
from tests.callstats.bad.mutations import good_files, mutated, workbook_files

SAMPLES = Path(__file__).parents[2] / "samples"
FUZZ_SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))
EXAMPLES, WORKBOOKS = 50, 4
SLOW_SECONDS = 3
KINDS = good_files(
    {
        "asterisk-queue-log": ((SAMPLES / "asterisk20_2025-10-24_queue_log").read_bytes()[:3_000],),
        **{
            folder.name: tuple(path.read_bytes() for path in sorted(folder.glob("*.?sv")))
            for folder in SAMPLES.iterdir()
            if folder.is_dir()
        },
    }
)

pytestmark = pytest.mark.timeout(FUZZ_SECONDS + 300)


@pytest.mark.parametrize("good", KINDS, ids=lambda good: good.name)
def test_whatever_befalls_a_text_it_is_read_or_refused_by_name(good, tmp_path):
    spoil(good, tmp_path / "log", examples=EXAMPLES)


def test_whatever_befalls_a_workbook_it_is_read_or_refused_by_name(tmp_path):
    spoil(workbook_files(), tmp_path / "log", examples=WORKBOOKS)


def spoil(good, path, *, examples):
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=not FUZZ_SECONDS,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=mutated(good.files))
    def is_read_or_refused(data):
        path.write_bytes(data)
        begun = time.process_time()
        try:
            told = read(path, profile=good.profile, mapping=good.mapping)
        except Unreadable:
            return
        finally:
            assert time.process_time() - begun < SLOW_SECONDS
        assert told.received == told.rows + len(told.refused) + told.pending

    until = time.monotonic() + FUZZ_SECONDS / (len(KINDS) + 1)
    while True:
        is_read_or_refused()
        if time.monotonic() >= until:
            return
