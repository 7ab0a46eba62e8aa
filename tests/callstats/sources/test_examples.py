"""The example mappings, each on its sample, with the figures the sample has."""

from datetime import timedelta

import pytest

from callstats.sources import asterisk_queue_log as queue_log
from callstats.sources import table
from callstats.sources.examples import all_examples
from callstats.sources.frames import ParsedCalls
from tests.callstats.sources.tables import SAMPLES, settings

EXAMPLES = {example.name: example for example in all_examples()}
FOLDER = SAMPLES / "examples"
FIGURES = {
    "amazon-connect": ({"answered": [46], "unknown": [300]}, 5),
    "avaya-smdr": ({"answered": [15], "abandoned": [42], "voicemail": [30]}, 2),
    "cisco-uccx": ({"answered": [40], "abandoned": [70], "unknown": [10]}, 0),
    "freeswitch-callcenter": ({"answered": [30], "abandoned": [40], "timeout": [300]}, 1),
    "freeswitch-cdr-csv": ({"answered": [30], "unknown": [None]}, 0),
    "teams-call-queue": ({"answered": [85], "abandoned": [33], "queue_full": [1]}, 1),
}


def read(name: str) -> ParsedCalls:
    [place] = FOLDER.glob(f"{name}.*")
    return table.read_calls(place, settings=settings(EXAMPLES[name].mapping))


def test_every_example_has_a_sample_and_says_whether_it_is_proven():
    assert set(EXAMPLES) == {place.stem for place in FOLDER.iterdir()}
    assert [name for name, example in EXAMPLES.items() if example.proven] == ["asterisk-cdr"]
    assert all(example.title and example.system and example.notes for example in EXAMPLES.values())


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_sample_gives_its_figures(name):
    told = read(name)
    outcomes, ignored = FIGURES[name]

    waits: dict[str, list] = {}
    for outcome, wait in told.calls.sort("external_id").select("outcome", "wait_seconds").rows():
        waits.setdefault(outcome, []).append(wait)
    assert waits == outcomes
    assert (told.refused.height, told.ignored) == (0, ignored)


def test_the_real_cdr_agrees_with_the_queue_log_of_the_same_evening(
    log_settings, older_log, newer_log
):
    parts = [queue_log.read_events(log, settings=log_settings) for log in (older_log, newer_log)]
    whole = queue_log.unite(parts[0].frame, parts[1].frame)

    cdr = read("asterisk-cdr").calls

    answered = cdr.filter(cdr["outcome"] == "answered")
    assert (cdr.height, answered.height) == (163, 135)
    assert cdr["wait_seconds"].null_count() == 163
    assert set(cdr["time_quality"]) == {"exact"}
    connected = set(whole.filter(whole["event"] == "CONNECT")["external_id"])
    assert set(answered["external_id"]) == connected
    assert cdr["arrived_at"].max() - cdr["arrived_at"].min() < timedelta(hours=2)


def test_a_cdr_in_the_doubled_hour_is_placed_by_the_epoch_in_its_id():
    row = (
        '"","1","116117","in","","SIP/a","SIP/b","Queue","q","2025-10-26 02:30:00",'
        '"2025-10-26 02:30:00","2025-10-26 02:31:00",60,60,"ANSWERED","DOCUMENTATION",'
        '"{0}.1","","","{0}.1",1\n'
    )
    mapping = table.check_mapping(EXAMPLES["asterisk-cdr"].mapping)

    told = table.calls_in(row.format(1761442200), mapping=mapping, settings=settings(mapping))

    assert told.calls.select("time_quality").item() == "resolved"
    assert told.calls["arrived_at"][0].isoformat() == "2025-10-26T01:30:00+00:00"
