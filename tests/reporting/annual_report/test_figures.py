import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from municipalities.models import Population
from reporting.annual_report import rules
from reporting.annual_report.figures import FiguresDisagree, NoFigures, figures_for
from reporting.annual_report.models import AnnualReport
from tests.factories.annotations import note
from tests.factories.callstats import SourceFactory
from tests.factories.cooperations import joined
from tests.factories.municipalities import CentralFactory, PublicNumberFactory
from tests.factories.reporting import AFTER_THE_YEAR, calls_in_year


def figures(cooperation, year=2025):
    return figures_for(cooperation=cooperation, year=year, at=AFTER_THE_YEAR)


def counted(municipality, day, inhabitants):
    return Population.objects.create(
        municipality=municipality,
        counted_date=day,
        inhabitants=inhabitants,
        source="SSB 07459",
        retrieved_date=day,
    )


def test_a_month_of_four_calls_a_day_is_counted_by_hand(cooperation, central, january):
    year = figures(cooperation)["total"]["year"]
    assert (year["numerator"], year["denominator"], year["percent"]) == (62, 124, "50.0")
    assert (year["answered"], year["unanswered"], year["within_second"]) == (93, 31, 93)
    assert (year["hours_with_feed"], year["hours_in_period"]) == (31 * 24, 8760)


def test_the_twelve_months_add_up_to_the_year(cooperation, central):
    calls_in_year(central=central, months=(1, 3, 10))
    found = figures(cooperation)["centrals"][0]
    assert len(found["months"]) == 12
    assert sum(month["denominator"] for month in found["months"]) == found["year"]["denominator"]
    assert [month["state"] for month in found["months"]][:3] == ["figures", "no_data", "figures"]
    assert sum(hour["denominator"] for hour in found["hour_of_week"]) == 4 * (31 + 31 + 31)


def test_the_year_before_stands_beside_only_when_it_has_data(cooperation, central, january):
    assert figures(cooperation)["total"]["previous"] is None
    calls_in_year(central=central, year=2024, months=(2,))
    assert figures(cooperation)["total"]["previous"]["denominator"] == 4 * 29


def test_a_year_without_data_is_refused(cooperation, central, january):
    with pytest.raises(NoFigures):
        figures(cooperation, year=2023)


def test_a_cooperation_without_a_central_has_no_figures(cooperation):
    with pytest.raises(NoFigures):
        figures(cooperation)


def test_calls_that_come_in_between_the_readings_are_noticed(cooperation, january, monkeypatch):
    from reporting.annual_report import figures as module

    read = module.service_level_by
    monkeypatch.setattr(module, "service_level_by", lambda **given: read(**given)[1:])
    with pytest.raises(FiguresDisagree):
        figures(cooperation)


def test_two_centrals_are_summed_and_never_averaged(cooperation, january):
    other = CentralFactory(cooperation=cooperation, slug="zz", name="Z central")
    PublicNumberFactory(central=other)
    calls_in_year(central=other, months=(1, 2))
    found = figures(cooperation)
    assert [central["slug"] for central in found["centrals"]] == ["nordhordland", "zz"]
    assert found["total"]["year"]["denominator"] == 4 * (31 + 31 + 28)
    assert found["total"]["year"]["hours_in_period"] == 2 * 8760


def test_the_population_is_the_latest_of_1_january(cooperation, january, host, partner):
    counted(host, date(2024, 1, 1), 30_000)
    counted(host, date(2025, 1, 1), 30_345)
    counted(host, date(2025, 1, 2), 99_999)
    counted(partner, date(2024, 1, 1), 511)
    found = figures(cooperation)
    rows = {row["name"]: row["population"] for row in found["participants"]}
    assert rows["Alver"]["inhabitants"] == 30_345
    assert rows["Fedje"] == {
        "inhabitants": 511,
        "counted_date": "2024-01-01",
        "source": "SSB 07459",
    }
    assert found["inhabitants"] == 30_856


def test_no_sum_is_shown_when_one_population_is_missing(cooperation, january, host):
    counted(host, date(2025, 1, 1), 30_345)
    assert figures(cooperation)["inhabitants"] is None


def test_who_left_before_the_year_or_joined_after_it_is_not_in_it(cooperation, january, partner):
    cooperation.participants.filter(municipality=partner).update(left_date=date(2025, 1, 1))
    assert [row["name"] for row in figures(cooperation)["participants"]] == ["Alver"]


def test_synthetic_sources_are_told_apart(cooperation, central, january):
    SourceFactory(central=central, name="Made up", is_synthetic=True)
    sources = figures(cooperation)["centrals"][0]["sources"]
    assert {source["name"]: source["is_synthetic"] for source in sources}["Made up"] is True


def test_the_national_figures_and_their_sources_are_part_of_the_figures(cooperation, january):
    assert figures(cooperation)["national"] == {
        "year": 2023,
        "within_two_minutes_percent": 63,
        "target_percent": 80,
        "target_not_met_from": 2018,
        "target_not_met_to": 2023,
        "centrals": 96,
        "centrals_meeting_target": 37,
        "publisher": "Helsedirektoratet",
        "sources": [
            "Kvalitetsindikator: Svartid legevakt (116 117)",
            "Allmennlegetjenesten – årsrapport 2023, «Svartider legevaktsentraler» (31.05.2024)",
        ],
    }


def test_figures_are_the_same_after_a_visit_to_the_database(report):
    stored = AnnualReport.objects.get(pk=report.pk).figures
    assert rules.checksum(stored) == report.figures_sha256
    assert json.loads(rules.canonical(stored)) == stored


def test_the_number_of_queries_does_not_grow_with_the_participants(
    cooperation, january, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as before:
        figures(cooperation)
    joined(cooperation)
    joined(cooperation, number="4635", name="Gulen")

    with django_assert_num_queries(len(before)):
        figures(cooperation)


def test_the_notes_of_the_year_are_frozen_with_the_figures(cooperation, central, january):
    note(central=central, starts_on=date(2024, 12, 31), ends_on=date(2025, 1, 2), text="Storm")
    note(central=central, starts_on=date(2026, 1, 1))
    assert figures(cooperation)["centrals"][0]["annotations"] == [
        {"kind": "outage", "starts_on": "2024-12-31", "ends_on": "2025-01-02", "text": "Storm"}
    ]
