"""service_level: every definition is listed and printed, each with its true words."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from callstats.indicators.definitions import all_definitions
from callstats.indicators.worked_example import VECTOR
from tests.factories.callstats import SourceFactory, call, stored

OCTOBER = ("--central=nordhordland", "--from=2025-10-01", "--to=2025-11-01")

pytestmark = pytest.mark.django_db


@pytest.fixture
def vector(central):
    rows = [
        call(f"c{number}", outcome=outcome, wait_seconds=wait)
        for number, (outcome, wait) in enumerate(VECTOR)
    ]
    stored(source=SourceFactory(slug="pbx", central=central), rows=rows)


def printed(*arguments) -> str:
    out = io.StringIO()
    call_command("service_level", *arguments, stdout=out)
    return out.getvalue()


def told(*arguments) -> dict:
    return json.loads(printed(*arguments, "--json"))


def lines(*arguments) -> dict[str, str]:
    """The facts of the text by their names."""
    parted = [line.rsplit("  ", 1) for line in printed(*arguments).splitlines() if "  " in line]
    return {name.strip(): value.strip() for name, value in parted}


def test_every_definition_is_listed_for_people():
    text = printed("--definitions").splitlines()
    assert [line.split()[0] for line in text] == list(all_definitions())
    first = text[0].split(maxsplit=5)
    assert first == ["lvs-2min-v1", "share", "NKI", "80", "%", "Answered within two minutes"]
    assert any("lvs-p90-v1" in line and "seconds" in line and " - " in line for line in text)


def test_every_definition_is_listed_as_json():
    listed = told("--definitions")["definitions"]
    assert [each["id"] for each in listed] == list(all_definitions())
    assert listed[0] == {
        "id": "lvs-2min-v1",
        "kind": "share",
        "profile": "NKI",
        "name": all_definitions()["lvs-2min-v1"].name,
        "target_percent": 80,
    }


@pytest.mark.usefixtures("vector")
@pytest.mark.parametrize(
    ("definition", "figure"),
    [
        ("lvs-2min-v1", "3/11 = 27.3 %"),
        ("lvs-2min-of-answered-v1", "3/6 = 50.0 %"),
        ("lvs-2min-without-abandons-v1", "3/8 = 37.5 %"),
        ("lvs-2min-positive-abandon-v1", "6/11 = 54.5 %"),
        ("lvs-2min-without-short-5s-v1", "3/10 = 30.0 %"),
        ("lvs-10min-v1", "5/11 = 45.5 %"),
        ("lvs-abandonment-rate-v1", "4/11 = 36.4 %"),
        ("lvs-unanswered-rate-v1", "5/11 = 45.5 %"),
        ("lvs-median-v1", "120.5 s, of 6 calls"),
        ("lvs-abandonment-bands-v1", "5/11 = 45.5 %"),
    ],
)
def test_any_definition_is_printed(definition, figure):
    facts = lines(*OCTOBER, f"--definition={definition}")
    assert facts["figure"] == figure
    assert (facts["within two minutes"], facts["within ten minutes"]) == ("3", "5")


@pytest.mark.usefixtures("vector")
def test_bands_are_printed_and_only_where_they_are_the_figure():
    facts = lines(*OCTOBER, "--definition=lvs-abandonment-bands-v1")
    waited = [facts[f"waited {band} s"] for band in ("0-5", "5-30", "30-120", "120-600", "600-")]
    assert waited == ["1", "0", "3", "1", "0"]
    assert "waited" not in printed(*OCTOBER)


@pytest.mark.usefixtures("vector")
def test_two_minutes_are_two_minutes_by_every_definition():
    for definition in all_definitions():
        level = told(*OCTOBER, f"--definition={definition}", "--by=day")
        assert level["within_two_minutes"] == 3, definition
        assert sum(step["within_two_minutes"] for step in level["steps"]) == 3


@pytest.mark.usefixtures("vector")
def test_json_keeps_its_keys():
    level = told(*OCTOBER)
    assert {
        *("central", "definition_id", "numerator", "denominator", "offered", "answered"),
        *("unanswered", "within_two_minutes", "within_ten_minutes", "within_second", "percent"),
        *("share", "state", "completeness", "hours_with_feed", "hours_in_period", "bands"),
        *("median_seconds", "p90_seconds", "longest_seconds", "unknown_waits", "outcomes"),
        *("ambiguous_times", "before_queue", "starts_on", "ends_on", "starts_at"),
    } <= set(level)
    assert "steps" not in level
    assert (level["central"], level["percent"]) == ("nordhordland", "27.3")
    assert told(*OCTOBER, "--definition=lvs-p90-v1")["value_seconds"] == 600.5


@pytest.mark.usefixtures("vector")
def test_all_definitions_at_once_are_those_one_by_one():
    answer = told(*OCTOBER, "--definition=all", "--by=month")
    assert answer["central"] == "nordhordland"
    assert [each["definition_id"] for each in answer["figures"]] == list(all_definitions())
    for figure in answer["figures"]:
        one = told(*OCTOBER, f"--definition={figure['definition_id']}", "--by=month")
        assert one == figure | {"central": "nordhordland"}
    text = printed(*OCTOBER, "--definition=all")
    assert text.count("up to 2025-11-01") == len(all_definitions())


@pytest.mark.usefixtures("central")
def test_no_data_is_said_by_every_definition():
    assert printed(*OCTOBER, "--definition=all").count("no data") == len(all_definitions())


@pytest.mark.usefixtures("vector")
def test_both_hours_of_the_doubled_one_are_printed():
    night = ("--central=nordhordland", "--from=2025-10-26", "--to=2025-10-27", "--by=hour")
    text = printed(*night, "--definition=lvs-median-v1")
    assert "2025-10-26T02:00+02:00  no data\n2025-10-26T02:00+01:00  no data" in text
    assert text.count("  no data") == 26


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--central"),
        (["--central=nordhordland"], "--from"),
        (["--central=nordhordland", "--from=2025-10-01"], "--to"),
        ([*OCTOBER, "--definition=lvs-9min-v1"], "lvs-unanswered-rate-v1"),
    ],
)
@pytest.mark.usefixtures("central")
def test_what_is_missing_is_told(arguments, words):
    with pytest.raises(CommandError, match=words):
        printed(*arguments)
