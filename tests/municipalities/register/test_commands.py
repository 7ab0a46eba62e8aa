import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from municipalities.register import bundled
from municipalities.register.models import Municipality, Population

pytestmark = pytest.mark.django_db
SAMPLE = (
    Path(__file__).parents[2] / "samples/register/ssb_07459_region_alder_2021_semikolon_latin1.csv"
)
NORGE_DATA = bundled.DATA / "norske_kommuner_folketall_2024.json"


def run(*arguments) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_load_register_fills_the_register_and_its_inhabitants():
    answer = run("load_register")

    figures = Population.objects.filter(counted_date="2024-01-01")
    assert figures.aggregate(sum=Sum("inhabitants"))["sum"] == 5_550_203
    assert figures.get(municipality__number="4631").inhabitants == 29_986
    assert Municipality.objects.count() == 357
    assert "357 created" in answer
    assert "1508 Ålesund" in answer


def test_load_register_twice_says_that_nothing_changed():
    run("load_register")

    answer = json.loads(run("load_register", "--json"))

    assert answer["municipalities"] == {"created": 0, "updated": 0, "unchanged": 357}
    assert answer["population"]["unchanged"] == 357
    assert len(answer["disagreements"]) == 5


def test_load_population_of_ssb_lists_the_numbers_that_are_no_more():
    run("load_register")

    answer = json.loads(run("load_population", str(SAMPLE), "--json"))

    alver = Population.objects.get(municipality__number="4631", counted_date="2021-01-01")
    assert alver.inhabitants == 29_337
    assert answer["inhabitants"] == 5_391_369
    assert answer["counted_dates"] == ["2021-01-01"]
    assert "K-3001 Halden" in {row["region"] for row in answer["unknown"]}
    assert "3101" in answer["missing"]
    assert answer["created"] + len(answer["unknown"]) == 356


def test_load_population_of_json_needs_the_date():
    run("load_register")

    with pytest.raises(CommandError, match="Give the day"):
        run("load_population", str(NORGE_DATA))

    assert "357 unchanged" in run("load_population", str(NORGE_DATA), "--date=2024-01-01")


def test_load_population_changes_a_final_figure_only_when_revising_with_a_reason():
    run("load_register")
    Population.objects.filter(municipality__number="4631").update(inhabitants=1)
    arguments = ["load_population", str(NORGE_DATA), "--date=2024-01-01"]

    with pytest.raises(CommandError, match="--revise"):
        run(*arguments)
    with pytest.raises(CommandError, match="--why"):
        run(*arguments, "--revise")

    assert "1 updated" in run(*arguments, "--revise", "--why=SSB har retta tala")
    event = Population.pgh_event_model.objects.order_by("pgh_id").last()
    assert event.pgh_context.metadata["reason"] == "SSB har retta tala"
    assert event.pgh_context.metadata["command"] == "load_population"


def test_load_population_of_provisional_figures_and_then_of_final_ones(tmp_path):
    run("load_register")
    file = tmp_path / "folketal.csv"
    file.write_text("region;Personer 2026\n4631 Alver;30000\n")
    assert "1 created" in run("load_population", str(file), "--provisional")

    file.write_text("region;Personer 2026\n4631 Alver;30100\n")
    assert json.loads(run("load_population", str(file), "--json"))["settled"] == 1

    with pytest.raises(CommandError, match="without --provisional"):
        run("load_population", str(file), "--provisional")
    assert Population.objects.get(counted_date="2026-01-01").inhabitants == 30_100


def test_load_population_tells_in_english_why_a_file_is_refused(tmp_path):
    file = tmp_path / "folketal.csv"
    file.write_text("region;Personer 2026\n4631 Alver;30000\n4631 Alver;30001\n")
    with pytest.raises(CommandError, match=r"30000 \(line 2\) and 30001 \(line 3\)"):
        run("load_population", str(file))


@pytest.mark.parametrize("path", [".", "no-such-file.csv"])
def test_load_population_of_no_file_names_the_path(path):
    with pytest.raises(CommandError, match=path):
        run("load_population", path)
