"""What the approver is shown before everything is frozen."""

import pytest
from django.urls import reverse

from callstats.periods.tasks import compute_month
from reporting.annual_report import changes, queries
from reporting.annual_report import operations as reports
from reporting.annual_report.freezing import what_freezes
from tests.factories.reporting import AFTER_THE_YEAR, calls_in_year, checked, issued

pytestmark = pytest.mark.usefixtures("after_the_year")


def test_the_approver_sees_files_definition_and_what_is_uncertain(
    as_person, report, leader, host_director
):
    checked(report, by=leader)
    told = as_person(host_director).get(reverse("annual_report_approve", args=[report.pk])).text
    for text in (
        report.documents.first().pdf_sha256,
        report.figures_sha256,
        report.content_sha256,
        "lvs-2min-v1, version",
        "This is the first edition",
        "are not published",
        "744",
    ):
        assert text in told, text
    assert "Calls have been imported or corrected" not in told


def test_months_are_open_until_they_are_published(report, central):
    compute_month(central_id=central.pk, year=2025, month=1)
    ((name, days),) = queries.unpublished_months(report)
    assert (name, len(days)) == (central.name, 12)


def test_a_published_month_is_not_open(report, central, monkeypatch):
    class Stored:
        central_id, state = central.pk, "published"

        def __init__(self, starts_on):
            self.starts_on = starts_on

    def published(*, period, **_):
        return [Stored(month.starts_on) for month in period.months()]

    monkeypatch.setattr(queries, "stored_months", published)
    assert queries.unpublished_months(report) == []


def test_calls_that_came_after_the_figures_are_told(report, central):
    assert not what_freezes(report)["is_behind"]
    calls_in_year(central=central, months=(2,))
    assert what_freezes(report)["is_behind"]


def test_a_correction_is_shown_against_the_edition_before(
    cooperation, central, january, leader, host_director, as_person
):
    before = issued(cooperation=cooperation, by=host_director)
    calls_in_year(central=central, months=(2,), source=january)
    made = reports.begin_correction(
        report=before, reason="Februar mangla.", by=leader, at=AFTER_THE_YEAR
    )
    told = as_person(host_director).get(reverse("annual_report_approve", args=[made.pk])).text
    rows = {row.cells[0]: row.cells[1:] for row in what_freezes(made)["changes"]["table"].rows}
    assert rows["Calls"] == ("124", "236")
    assert "Key figures that changed" in told
    assert "Chapters with other figures: Activity and answer time." in told


def test_the_same_figures_have_no_changes(report):
    assert changes.changed_key_figures(report.figures, report.figures).rows == ()
    assert changes.changed_chapters(report.figures, report.figures) == []


def test_a_chapter_s_own_facts_are_compared(report):
    later = report.figures | {"chapters": {"quality": {"deviations": 70}}}
    assert len(changes.changed_chapters(report.figures, later)) == 1
