"""./run manage conformance: files in, report out, exit code 1 where the feed does not conform."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from callstats.calls.models import Call
from callstats.conformance.told import scenario_told
from callstats.feeds.operations import save_mapping
from callstats.sources.frames import OUTCOMES
from tests.callstats.conformance.vendors import WRONG, right
from tests.factories.callstats import SourceFactory, canonical_csv
from tests.factories.municipalities import CentralFactory

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def sandbox(cooperation):
    return CentralFactory(slug="try", cooperation=cooperation, is_sandbox=True)


@pytest.fixture
def source(sandbox):
    return SourceFactory(
        slug="vendor", central=sandbox, queues={"main": "116117", "second": "lokal8"}
    )


@pytest.fixture
def files(tmp_path):
    """`files(vendor)`: a file of canonical CSV for each delivery that has calls."""

    def files(vendor):
        paths = []
        for number, (body, _) in enumerate(vendor.requests(scenario_told())):
            rows = [{k: v for k, v in row.items() if k != "legs"} for row in body["calls"]]
            if rows:
                paths.append(tmp_path / f"{number:02}.csv")
                paths[-1].write_bytes(canonical_csv(rows))
        return paths

    return files


def conformance(*arguments) -> tuple[str, int]:
    """What it prints and its exit code."""
    out, code = io.StringIO(), 0
    try:
        call_command("conformance", *arguments, stdout=out, stderr=io.StringIO())
    except SystemExit as end:
        code = end.code
    return out.getvalue(), code


def with_files(paths) -> list[str]:
    return [word for path in paths for word in ("--file", str(path))]


def test_a_vendor_of_files_conforms_without_the_api(source, files):
    told, code = conformance("--source", "vendor", *with_files(files(right())))
    assert code == 0, told
    assert "not_seen quiet-hours: Hours in which nobody rang are told (optional)" in told
    assert "conforms, 10 Nov 2025" in told


def test_what_is_wrong_is_told_and_is_the_exit_code(source, files):
    vendor = WRONG["a call for each queue"][0]
    told, code = conformance("--source", "vendor", "--json", *with_files(files(vendor)))
    report = json.loads(told)
    failed = [check["code"] for check in report["checks"] if check["status"] == "fail"]
    assert (code, failed, report["conforms"]) == (1, ["transfer"], False)


def test_a_file_that_is_not_taken_is_a_finding(source, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("id,who\n1,2\n")
    told, code = conformance("--source", "vendor", "--file", str(path))
    assert code == 1
    assert "log.csv: The field who is not known" in told


def test_it_starts_over_when_asked_to(source, files):
    conformance("--source", "vendor", *with_files(files(right())))
    assert Call.objects.exists()
    _, code = conformance("--source", "vendor", "--start-over")
    assert code == 1
    assert not Call.objects.exists()


def test_only_a_sandbox_is_taken(central, tmp_path):
    SourceFactory(slug="real", central=central)
    for slug, words in (("real", "no sandbox"), ("nobody", "no source")):
        with pytest.raises(CommandError, match=words):
            call_command("conformance", source=slug)


def test_a_file_that_is_not_there_is_told(source, tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        call_command("conformance", source="vendor", files=[tmp_path / "none.csv"])


LOCAL = {
    "delimiter": ";",
    "decimal": ".",
    "header_line": 1,
    "columns": {
        "id": "id",
        "version": "version",
        "queue": "queue",
        "outcome": "outcome",
        "arrived_at": "arrived",
        "answered_at": "answered",
        "wait_seconds": "wait",
    },
    "time_formats": ["%Y-%m-%d %H:%M:%S%.f"],
    "outcomes": {name: name for name in sorted(OUTCOMES)},
}


def test_a_table_with_local_times_in_order_conforms(sandbox, tmp_path):
    """The doubled hour is told by the order of the rows."""
    source = SourceFactory(
        slug="tables", central=sandbox, profile="table", queues={"main": "116117"}
    )
    save_mapping(source=source, mapping=LOCAL, at=timezone.now())
    paths = []
    for number, delivery in enumerate(scenario_told()["deliveries"]):
        if delivery["calls"]:
            paths.append(tmp_path / f"{number:02}.csv")
            paths[-1].write_text(local_table(delivery["calls"]))
    told, code = conformance("--source", "tables", *with_files(paths))
    assert code == 0, told


def local_table(calls: list[dict]) -> str:
    """Rows with what the clock on the wall showed, and no offset."""
    rows = ["id;version;queue;outcome;arrived;answered;wait"]
    for call in calls:
        answered = call["answered"]["local"] if call["answered"] else ""
        wait = "" if call["wait_seconds"] is None else call["wait_seconds"]
        facts = (call["id"], call["version"], call["queue"], call["outcome"])
        rows.append(";".join(map(str, (*facts, call["arrived"]["local"], answered, wait))))
    return "\n".join([*rows, ""])
