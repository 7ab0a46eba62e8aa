from datetime import date

import pytest

from reporting.annual_report import queries
from tests.factories.municipalities import CooperationFactory
from tests.factories.reporting import calls_in_year, document_of, draft, issued, ready

TODAY = date(2026, 1, 20)


def test_the_years_go_from_the_first_hour_with_data_to_the_last(cooperation, central):
    assert queries.years_with_data(cooperation=cooperation, today=TODAY) == []
    source = calls_in_year(central=central, year=2023, months=(5,))
    calls_in_year(central=central, year=2025, months=(1,), source=source)
    assert queries.years_with_data(cooperation=cooperation, today=TODAY) == [2025, 2024, 2023]


def test_a_year_to_come_is_not_offered(cooperation, central):
    calls_in_year(central=central, year=2025, months=(1,))
    assert queries.years_with_data(cooperation=cooperation, today=date(2024, 5, 1)) == []


def test_drafts_are_for_the_host_and_issued_reports_for_all(
    cooperation, central, january, host_director, leader, auditor, partner_director, outsider
):
    draft(cooperation=cooperation)
    insiders = (host_director, leader, auditor)
    assert [queries.reports_for(each).count() for each in insiders] == [1, 1, 1]
    assert queries.reports_for(partner_director).count() == 0
    calls_in_year(central=central, year=2024, months=(1,))
    issued(cooperation=cooperation, year=2024, by=host_director)
    assert [each.year for each in queries.reports_for(partner_director)] == [2024]
    assert [each.year for each in queries.reports_for(leader)] == [2025, 2024]
    assert queries.reports_for(outsider).count() == 0


def test_another_cooperations_reports_are_not_seen(report, host_director):
    elsewhere = CooperationFactory()
    report.cooperation = elsewhere
    report.save()
    assert queries.reports_for(host_director).count() == 0


def test_nynorsk_stands_first(report):
    assert [each.language for each in queries.documents_of(report)] == ["nn", "nb"]


def test_a_changed_file_is_not_handed_out(report):
    document = document_of(ready(report))
    assert queries.pdf_of(document).startswith(b"%PDF")
    document.path.write_bytes(b"%PDF something else")
    with pytest.raises(queries.DocumentIsDamaged):
        queries.pdf_of(document)
    document.path.unlink()
    with pytest.raises(queries.DocumentIsDamaged):
        queries.pdf_of(document)
