"""The command: counts as JSON, repeatable, and errors in words."""

import json

import pytest
from django.core.management import CommandError, call_command

from callstats.aggregates.models import AggregatePeriod
from tests.callstats.sources.test_aggregate_table import SAMPLES
from tests.factories.aggregates import AggregateSeriesFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MONTHLY = SAMPLES / "monthly_nynorsk.csv"
QUARTERS = SAMPLES / "quarters_canonical.tsv"


@pytest.fixture
def run(central, capsys):
    AggregateSeriesFactory(central=central, slug="hdo")

    def run(path, *options, series="hdo"):
        call_command(
            "import_aggregates", str(path), "--series", series, "--central", central.slug, *options
        )
        return capsys.readouterr().out

    return run


def test_the_same_report_twice_changes_nothing(run):
    first = json.loads(run(MONTHLY, "--json"))
    second = json.loads(run(MONTHLY, "--json"))
    assert (first["received"], first["created"], first["ignored"]) == (4, 4, 3)
    assert (second["created"], second["updated"], second["unchanged"]) == (0, 0, 4)
    assert first["errors"] == second["errors"] == []


def test_refused_rows_are_told_with_line_field_and_code(run):
    answer = json.loads(run(QUARTERS, "--json"))
    assert (answer["received"], answer["created"], answer["rejected"]) == (5, 3, 2)
    told = [(error["line"], error["field"], error["code"]) for error in answer["errors"]]
    assert told == [
        (5, "period_from", "ambiguous_time"),
        (6, "answered", "answered_over_offered"),
    ]
    assert "line 6: answered: answered_over_offered: More calls" in run(QUARTERS)


def test_a_dry_run_stores_nothing(run):
    assert "received 4, created 0" in run(MONTHLY, "--dry-run")
    assert not AggregatePeriod.objects.exists()


def test_what_cannot_be_imported_ends_in_words(run, tmp_path):
    calls = tmp_path / "queue_log"
    calls.write_text("1761300000|17.1|q|NONE|ENTERQUEUE||x|1\n")
    with pytest.raises(CommandError, match="log of single calls"):
        run(calls)
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="has no series nowhere"):
        run(MONTHLY, series="nowhere")
