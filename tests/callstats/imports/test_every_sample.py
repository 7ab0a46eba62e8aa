"""Every sample of every telephone system, through the database: its figures, and twice the same."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from callstats.feeds.operations import add_source
from callstats.sources.examples import all_examples
from callstats.sources.registry import PROFILES

SAMPLES = Path("tests/samples")
EXAMPLES = {example.name: example.mapping for example in all_examples()}


@dataclass(frozen=True)
class Sample:
    """A file, how its source is set up, and what it tells: created, answered, within 120 s."""

    path: str
    profile: str
    figures: tuple[int, int, int]
    mapping: dict = field(default_factory=dict)
    refused: int = 0

    def __str__(self) -> str:
        return self.path


def samples() -> Iterator[Sample]:
    for name in ("bicom.csv", "freepbx.tsv", "queuemetrics.csv", "wazo.csv"):
        yield Sample(f"asterisk-queue-table/{name}", "asterisk-queue-table", QUEUE_TABLES[name])
    for locale in ("en-US", "nb-NO"):
        yield Sample(f"3cx-call-report/report_{locale}.csv", "3cx-call-report", (7, 3, 2))
    yield Sample("puzzel-call-events/call_events.csv", "puzzel-call-events", (7, 3, 2))
    for name in ("anropslogg_bom.csv", "samtalelogg_cp1252.csv"):
        yield Sample(f"telia-samtalelogg/{name}", "telia-samtalelogg", (7, 5, 4))
    for path, figures in EXPECTED.items():
        name = Path(path).stem
        yield Sample(f"examples/{path}", "table", figures, mapping=EXAMPLES[name])


QUEUE_TABLES = {
    "bicom.csv": (6, 3, 2),
    "freepbx.tsv": (6, 3, 2),
    "queuemetrics.csv": (6, 3, 2),
    "wazo.csv": (10, 3, 2),  # with those who met a full or closed queue
}
EXPECTED = {
    "amazon-connect.json": (2, 1, 1),
    "asterisk-cdr.csv": (163, 135, 0),  # a CDR does not tell the wait
    "avaya-smdr.csv": (3, 1, 1),
    "cisco-uccx.csv": (3, 1, 1),
    "freeswitch-callcenter.json": (3, 1, 1),
    "freeswitch-cdr-csv.csv": (2, 1, 1),
    "teams-call-queue.csv": (3, 1, 1),
}


def imported(path: Path, capsys) -> dict:
    call_command("import_calls", str(path), "--source", "sample", "--json")
    return json.loads(capsys.readouterr().out.splitlines()[-1])


@pytest.mark.parametrize("sample", list(samples()), ids=str)
def test_a_sample_gives_its_figures_and_a_second_import_nothing_new(sample, central, capsys):
    add_source(
        slug="sample",
        central=central,
        profile=sample.profile,
        mapping=sample.mapping or None,
        queues={"*": "116117"},
        at=timezone.now(),
    )
    path = SAMPLES / sample.path
    first = imported(path, capsys)
    call_command(
        *("service_level", "--central", central.slug),
        *("--from", "2020-01-01", "--to", "2027-01-01", "--json"),
    )
    level = json.loads(capsys.readouterr().out.splitlines()[-1])
    figures = (first["created"], level["answered"], level["numerator"])
    assert (figures, first["rejected"]) == (sample.figures, sample.refused), first["errors"]
    assert first["received"] == first["created"] + first["rejected"] + first.get("pending", 0)
    second = imported(path, capsys)
    assert (second["created"], second["updated"]) == (0, 0)


def test_every_profile_has_a_sample():
    told = {sample.profile for sample in samples()} | {"asterisk-queue-log", "canonical"}
    assert told == set(PROFILES)
