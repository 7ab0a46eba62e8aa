"""add_source, import_calls and service_level: the way of integrators, and what is refused."""

import io
import json
import os
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from callstats.calls.models import Call
from callstats.feeds.models import QueueLine, Source, SourceToken
from callstats.imports.models import CallImport
from municipalities.models import Central, PublicNumber
from tests.callstats.imports.conftest import FIRST_LOG, SECOND_LOG
from tests.factories.callstats import call, canonical_csv, month_figure

pytestmark = pytest.mark.django_db

QUEUES = ["--queue=lv_116117=116117", "--queue=lv_direkte=lokal8", "--queue=lv_overlop=116117"]
GOOD = canonical_csv([call("a"), call("b", wait_seconds=200)])
MAPPING = {
    "delimiter": ";",
    "columns": {"id": "Id", "arrived_at": "Tid", "queue": "Kø", "outcome": "Status"},
    "time_formats": ["%d.%m.%Y %H:%M:%S"],
    "outcomes": {"Besvart": "answered"},
}


def told(name: str, *arguments) -> dict:
    """What the command prints with --json."""
    out = io.StringIO()
    call_command(name, *map(str, arguments), "--json", stdout=out)
    return json.loads(out.getvalue())


def refused(name: str, *arguments) -> tuple[str, str]:
    """The error of the command, and what it printed before."""
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command(name, *map(str, arguments), stdout=out)
    return str(caught.value), out.getvalue()


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def demo():
    """The source of the issue's own example."""
    arguments = ["pbx", "--central", "demo", "--profile", "asterisk-queue-log", *QUEUES]
    return told("add_source", *arguments, "--create-central")


@pytest.fixture
def canonical():
    arguments = ["pbx", "--central=demo", "--create-central", "--profile=canonical"]
    return told("add_source", *arguments, "--queue=*=116117")


@pytest.fixture
def log(tmp_path):
    """`log(bytes)` is the path of a file with them."""

    def log(data: bytes, name: str = "log.csv"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return log


# --- add_source ---------------------------------------------------------------------


def test_the_example_of_the_issue_makes_central_source_and_lines(demo):
    assert demo == {
        "source": "pbx",
        "central": "demo",
        "profile": "asterisk-queue-log",
        "queues": {"lv_116117": "116117", "lv_direkte": "lokal8", "lv_overlop": "116117"},
    }
    assert PublicNumber.objects.count() == 2


def test_adding_again_changes_nothing(demo):
    again = told(
        *("add_source", "pbx", "--central", "demo", "--profile", "asterisk-queue-log"), *QUEUES
    )
    assert again == demo
    assert (Source.objects.count(), QueueLine.objects.count()) == (1, 3)


def test_a_token_is_printed_once_and_works(canonical, client):
    arguments = ["pbx", "--central=demo", "--profile=canonical", "--token"]
    token = told("add_source", *arguments)["token"]
    assert SourceToken.objects.get().hashed_key not in token
    answer = client.post(
        "/api/v1/call-imports",
        json.dumps({"calls": []}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200


def test_a_star_maps_all_queues(canonical):
    assert canonical["queues"] == {"*": "116117"}


def test_a_queue_can_be_mapped_to_a_number(canonical):
    arguments = ["pbx", "--central=demo", "--profile=canonical", "--queue=a=b=lokal8:56349000"]
    assert told("add_source", *arguments)["queues"]["a=b"] == "lokal8"
    assert PublicNumber.objects.get(line_class="lokal8").number == "56349000"


def test_a_class_without_number_is_the_only_number_that_the_central_has_of_it(canonical):
    central = Central.objects.get(slug="demo")
    PublicNumber.objects.create(central=central, line_class="lokal8", number="56349000")
    told("add_source", "pbx", "--central=demo", "--profile=canonical", "--queue=d=lokal8")
    assert QueueLine.objects.get(queue="d").line.number == "56349000"


def test_a_table_is_set_up_with_its_mapping(log):
    path = log(json.dumps(MAPPING).encode(), "mapping.json")
    told(
        *("add_source", "telia", "--central=demo", "--create-central", "--profile=table"),
        *("--mapping", path, "--zone=Europe/Oslo", "--name=Telia", "--queue=*=116117"),
    )
    source = Source.objects.get()
    assert (source.mapping_version.mapping, source.name, source.zone) == (
        MAPPING,
        "Telia",
        "Europe/Oslo",
    )


def test_a_new_central_joins_the_named_cooperation_and_no_other(cooperation):
    arguments = ["--create-central", "--profile=canonical"]
    told("add_source", "a", "--central=a", *arguments)
    assert Central.objects.get(slug="a").cooperation is None
    told("add_source", "b", "--central=b", *arguments, "--cooperation=nordhordland")
    assert Central.objects.get(slug="b").cooperation == cooperation


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["pbx", "--central=demo", "--profile=canonical"], "--create-central"),
        (["pbx", "--central=demo", "--create-central", "--profile=fax"], "Unknown profile fax"),
        (["p bx", "--central=demo", "--create-central", "--profile=canonical"], "p bx"),
        (["pbx", "--central=d mo", "--create-central", "--profile=canonical"], "d mo"),
        (["pbx", "--central=demo", "--create-central", "--profile=table"], "mapping"),
        (
            ["pbx", "--central=demo", "--create-central", "--profile=canonical", "--zone=Oslo"],
            "time zone Oslo",
        ),
        (
            ["pbx", "--central=demo", "--create-central", "--profile=canonical", "--queue=a"],
            "--queue a",
        ),
        (
            ["pbx", "--central=demo", "--create-central", "--profile=canonical", "--queue=a=113"],
            "unknown line class",
        ),
        (
            ["pbx", "--central=d", "--create-central", "--cooperation=x", "--profile=canonical"],
            "no cooperation x",
        ),
        (
            ["pbx", "--central=d", "--create-central", "--profile=table", "--mapping=/nowhere"],
            "/nowhere",
        ),
    ],
)
def test_a_wrong_set_up_is_told_and_leaves_nothing(arguments, words):
    message, _ = refused("add_source", *arguments)
    assert words in message
    assert not Central.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.usefixtures("canonical")
def test_a_source_does_not_move_to_another_central():
    message, _ = refused(
        *("add_source", "pbx", "--central=other", "--create-central", "--profile=canonical")
    )
    assert "demo" in message
    assert Source.objects.get().central.slug == "demo"


# --- import_calls and service_level -----------------------------------------------------


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("order", [(FIRST_LOG, SECOND_LOG), (SECOND_LOG, FIRST_LOG)])
@pytest.mark.parametrize("together", [True, False])
def test_the_sample_logs_give_the_figures_of_the_issue(order, together):
    if together:
        answer = told("import_calls", *order, "--source=pbx")
        assert [one["status"] for one in answer["imports"]] == ["completed", "completed"]
    else:
        for path in order:
            told("import_calls", path, "--source", "pbx", "--profile", "asterisk-queue-log")
    level = told(*LEVEL)
    assert (level["offered"], level["answered"], level["within_two_minutes"]) == (160, 135, 120)
    assert (level["numerator"], level["denominator"], level["unanswered"]) == (120, 160, 25)
    assert level["percent"] == "75.0"
    assert level["definition_id"] == "lvs-2min-v1"
    assert 0 < level["completeness"] < 1
    again = told("import_calls", *order, "--source=pbx")
    assert (again["created"], again["updated"], again["rejected"]) == (0, 0, 0)
    assert told(*LEVEL) == level
    assert month_figure().denominator == 160


LEVEL = ("service_level", "--central=demo", "--from=2025-10-24", "--to=2025-10-25")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("step", "steps"), [("hour", 24), ("day", 1)])
def test_the_steps_sum_to_the_whole(step, steps):
    told("import_calls", FIRST_LOG, SECOND_LOG, "--source=pbx")
    level = told(*LEVEL, f"--by={step}")
    assert len(level["steps"]) == steps
    for name in ("numerator", "denominator", "offered", "hours_with_feed", "hours_in_period"):
        assert sum(part[name] for part in level["steps"]) == level[name]


@pytest.mark.usefixtures("demo")
def test_months_are_printed_for_people_too():
    out = io.StringIO()
    call_command("import_calls", str(FIRST_LOG), str(SECOND_LOG), "--source=pbx", stdout=out)
    assert "completed" in out.getvalue()
    out = io.StringIO()
    arguments = ["--central=demo", "--from=2025-10-01", "--to=2025-12-01", "--by=month"]
    call_command("service_level", *arguments, stdout=out)
    assert "120/160 = 75.0 %" in out.getvalue()
    assert "2025-11-01  no data" in out.getvalue()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--central=x", "--from=2025-10-01", "--to=2025-11-01"], "no central x"),
        (["--central=demo", "--from=2025-10-01", "--to=2025-10-01"], "2025-10-01"),
        (["--central=demo", "--from=2025-11-01", "--to=2025-10-01"], "2025-11-01"),
        (["--central=demo", "--from=1.10.2025", "--to=2025-11-01"], "1.10.2025"),
        (["--central=demo", "--from=2025-10-02", "--to=2025-11-01", "--by=month"], "months"),
        (
            ["--central=demo", "--from=2025-10-01", "--to=2025-11-01", "--definition=x-v1"],
            "lvs-2min-v1",
        ),
    ],
)
def test_a_wrong_question_is_told(arguments, words):
    message, _ = refused("service_level", *arguments)
    assert words in message


@pytest.mark.usefixtures("canonical")
def test_a_dry_run_checks_and_stores_no_call(log):
    path = log(canonical_csv([call("a"), call("b", wait_seconds=-1)]))
    answer = told("import_calls", path, "--source=pbx", "--dry-run")
    assert (answer["received"], answer["created"], answer["rejected"]) == (2, 1, 1)
    assert answer["imports"][0]["dry_run"] is True
    assert not Call.objects.exists()
    assert told("import_calls", path, "--source=pbx")["created"] == 1


@pytest.mark.usefixtures("canonical")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--source=pbx", "--profile=fax"], "Unknown profile fax"),
        (["--source=pbx", "--profile=table"], "has the profile canonical"),
        (["--source=x"], "no source x"),
    ],
)
def test_a_wrong_source_or_profile_is_told(log, arguments, words):
    message, _ = refused("import_calls", log(GOOD), *arguments)
    assert words in message
    assert not CallImport.objects.exists()


@pytest.fixture
def sparse(tmp_path):
    path = tmp_path / "large.csv"
    path.touch()
    os.truncate(path, 2 << 30)
    return path


@pytest.fixture
def zip_bomb(tmp_path):
    path = tmp_path / "log.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet,
    ):
        for _ in range(500):
            sheet.write(bytes(1 << 20))
    return path


@pytest.mark.usefixtures("canonical")
def test_what_is_no_file_of_calls_is_told_with_its_place(log, tmp_path, sparse, zip_bomb):
    told("import_calls", log(GOOD, "good.csv"), "--source=pbx")
    before = list(Call.objects.values())
    wrong = {
        log(b"", "empty.csv"): "The file is empty",
        log(b"%PDF-1.7", "report.csv"): "This is no text file",
        log("id,queue\nå,".encode("latin-1"), "latin.csv"): "not written in utf-8. Export it",
        log(bytes(1000), "zeros.csv"): "no text file",
        log(b"id,arrived_at,queue,outcome,name\n", "names.csv"): "field name is not known",
        tmp_path: "is a folder",
        tmp_path / "nowhere.csv": "There is no file nowhere.csv",
        sparse: "The file is 2.0\xa0GB",
        zip_bomb: "This is a spreadsheet",
    }
    for path, words in wrong.items():
        message, _ = refused("import_calls", path, "--source=pbx")
        assert words in message, path
        assert str(path) in message
    assert list(Call.objects.values()) == before


@pytest.mark.usefixtures("canonical")
def test_wrong_rows_are_told_with_line_and_code(log):
    rows = [
        call("a", arrived_at="1970-01-01T00:00:00Z"),
        call("b", wait_seconds=-5),
        call("c", outcome="lost"),
        call("d"),
    ]
    answer = told("import_calls", log(canonical_csv(rows)), "--source=pbx")
    assert [(error["line"], error["code"]) for error in answer["errors"]] == [
        (2, "implausible_time"),
        (3, "negative_duration"),
        (4, "unknown_outcome"),
    ]
    assert answer["created"] == 1
    out = io.StringIO()
    call_command("import_calls", str(log(canonical_csv(rows))), "--source=pbx", stdout=out)
    assert "line 2: implausible_time" in out.getvalue()


@pytest.mark.usefixtures("canonical")
def test_one_wrong_file_among_good_ones_is_told_and_the_good_are_stored(log):
    paths = [log(b"", "empty.csv"), log(GOOD, "good.csv")]
    message, out = refused("import_calls", *paths, "--source=pbx", "--json")
    assert "empty.csv" in message
    answer = json.loads(out)
    assert [one["status"] for one in answer["imports"]] == ["failed", "completed"]
    assert answer["created"] == 2
    assert answer["errors"][0]["code"] == "empty_file"


@pytest.mark.usefixtures("demo")
def test_an_unmapped_queue_stops_with_its_name(log):
    data = FIRST_LOG.read_bytes().replace(b"|lv_direkte|", b"|lv_ny|")
    message, _ = refused("import_calls", log(data), "--source=pbx")
    assert "lv_ny" in message
    assert not Call.objects.exists()


# --- source_tokens ----------------------------------------------------------------


@pytest.mark.usefixtures("demo")
def test_tokens_are_made_listed_and_revoked():
    made = told("source_tokens", "pbx", "--add", "vendor", "--expires", "2099-01-01")
    [token] = made["tokens"]
    assert made["token"].startswith(token["prefix"] + ".")
    assert (token["name"], token["expires"], token["state"]) == ("vendor", "2099-01-01", "valid")
    assert "token" not in told("source_tokens", "pbx")

    [token] = told("source_tokens", "pbx", "--revoke", token["prefix"])["tokens"]
    assert token["state"] == "revoked"
    with pytest.raises(SourceToken.DoesNotExist):
        SourceToken.objects.get_from_key(made["token"])


@pytest.mark.usefixtures("demo")
def test_a_token_list_for_people_shows_no_secret():
    secret = told("source_tokens", "pbx", "--add", "old", "--expires", "2020-01-01")["token"]
    out = io.StringIO()
    call_command("source_tokens", "pbx", stdout=out)
    assert "expired" in out.getvalue()
    assert secret not in out.getvalue()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "no source nowhere"),
        (["pbx", "--revoke", "abc"], "no token abc"),
        (["pbx", "--add", "x", "--expires", "tomorrow"], "tomorrow is no date"),
        (["pbx", "--expires", "2099-01-01"], "belongs to --add"),
    ],
)
def test_what_cannot_be_done_with_tokens_is_told(arguments, words):
    assert words in refused("source_tokens", *arguments)[0]


def test_a_source_may_be_one_whose_silence_is_no_gap():
    arguments = ["pbx", "--central", "demo", "--profile", "asterisk-queue-log", *QUEUES]
    told("add_source", *arguments, "--create-central", "--not-expected")
    assert Source.objects.get().is_expected is False
