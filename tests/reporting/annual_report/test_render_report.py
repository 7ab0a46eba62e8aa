import json
import subprocess

import pytest
from django.core.management import CommandError, call_command

from reporting.annual_report import operations as reports
from reporting.annual_report.models import AnnualReport
from tests.factories.reporting import AFTER_THE_YEAR, draft, issued


def written(tmp_path, capsys, **options):
    given = {"cooperation": "nordhordland", "year": 2025, "language": "nn"} | options
    call_command("render_report", output=tmp_path / "report.pdf", json=True, **given)
    return json.loads(capsys.readouterr().out)


@pytest.mark.pdf
def test_figures_that_nobody_prepared_are_rendered_and_not_stored(january, tmp_path, capsys):
    assert written(tmp_path, capsys)["state"] == "not stored"
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert not AnnualReport.objects.exists()


@pytest.mark.pdf
def test_frozen_figures_are_the_ones_rendered(cooperation, january, tmp_path, capsys):
    report = draft(cooperation=cooperation)
    told = written(tmp_path, capsys)
    assert (told["state"], told["figures_sha256"]) == ("draft", report.figures_sha256)


@pytest.mark.pdf
def test_what_is_written_in_the_latest_edition_is_rendered(
    cooperation, january, host_director, tmp_path, capsys
):
    first = issued(cooperation=cooperation, by=host_director)
    made = reports.begin_correction(report=first, reason="Feil.", by=None, at=AFTER_THE_YEAR)
    reports.write(
        report=made,
        chapter="goals",
        language="nn",
        text="Eit godt år.",
        seen="",
        by=None,
        at=AFTER_THE_YEAR,
    )
    told = written(tmp_path, capsys)
    assert (told["state"], told["edition"]) == ("draft", 2)
    words = subprocess.run(
        ["pdftotext", str(tmp_path / "report.pdf"), "-"], capture_output=True, check=True
    ).stdout.decode()
    assert "Eit godt år." in words
    assert "Feil." in words


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"cooperation": "nowhere"}, "no cooperation"),
        ({"year": 2019}, "no telephone data for 2019"),
    ],
)
def test_what_cannot_be_rendered_is_told(january, tmp_path, capsys, options, words):
    with pytest.raises(CommandError, match=words):
        written(tmp_path, capsys, **options)
    assert not (tmp_path / "report.pdf").exists()
