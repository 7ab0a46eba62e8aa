"""The chapter on staff: absence as the room shows it, HSE deviations, competence as checked."""

import json
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from legevakt.lib.charts import render_svg
from municipalities.centrals.models import CheckResult
from municipalities.queries import absence_in
from reporting.annual_report.chapters import ReportYear
from reporting.annual_report.chapters.staff import CHAPTER
from tests.factories.centrals import checked
from tests.factories.competence import OperatorFactory, QualificationFactory, RequirementFactory
from tests.factories.quality import absence, category, counted, month

AFTER = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def asked(cooperation):
    return ReportYear(cooperation=cooperation, year=2025, at=AFTER)


@pytest.fixture
def whole_year(cooperation):
    """2025: 7.0, 7.0, 7.0 and 5.0 per cent of 2000 agreed days each, 6.5 in all."""
    for quarter in (1, 2, 3):
        absence(cooperation=cooperation, quarter=quarter)
    absence(cooperation=cooperation, quarter=4, certified_days=70, short_days=30, long_days=70)


def told(facts, year=2025):
    """The sections by key; the frozen facts are what JSON leaves of them."""
    figures = {"year": year, "chapters": {"staff": json.loads(json.dumps(facts))}}
    return {each.key: each.page for each in CHAPTER.sections(figures)}


def rows(table):
    return {row.shown[0]: row.shown[1:] for row in table.rows}


def test_nothing_registered_is_no_facts(asked, central):
    assert CHAPTER.facts(asked) == {}
    assert CHAPTER.sections({"year": 2025, "chapters": {}}) == ()
    assert CHAPTER.suggestions({"year": 2025, "chapters": {}}) == ()


def test_the_year_s_absence_is_of_all_its_days(asked, whole_year):
    page = told(CHAPTER.facts(asked))["absence"]

    assert page.lead == "In 2025 the sickness absence was 6.5%."
    by_year = rows(page.charts[0].table)
    assert by_year == {
        "Quarter 1": ["7.0%"],
        "Quarter 2": ["7.0%"],
        "Quarter 3": ["7.0%"],
        "Quarter 4": ["5.0%"],
        "The whole year": ["6.5%"],
    }
    assert rows(page.tables[0])["Quarter 4"] == ["1", "40", "3.5%", "1.5%", "1.5%", "3.5%"]


def test_the_year_before_stands_beside(asked, cooperation, whole_year):
    for quarter in (1, 2, 3, 4):
        absence(cooperation=cooperation, year=2024, quarter=quarter)

    page = told(CHAPTER.facts(asked))["absence"]

    assert page.lead == "In 2025 the sickness absence was 6.5%, against 7.0% in 2024."
    assert page.charts[0].table.headings == ("Quarter", "2025", "2024")


def test_absence_equals_that_of_the_room(asked, cooperation, whole_year):
    absence(cooperation=cooperation, quarter=4, unit="Sentralen", employees=12, agreed_days=600)
    room = absence_in(cooperation=cooperation, year=2025, today=date(2026, 1, 20))

    quarters = CHAPTER.facts(asked)["absence"][0]["quarters"]

    assert [each["total"] for each in quarters] == [
        str(shown.together.total) for shown in room.quarters.values()
    ]


def test_a_missing_quarter_is_not_nought_and_leaves_no_year(asked, cooperation):
    absence(cooperation=cooperation, quarter=2)

    facts = CHAPTER.facts(asked)
    page = told(facts)["absence"]

    assert facts["absence"][0]["quarters"][0] == {"quarter": 1, "is_reported": False}
    assert page.lead.startswith("Of 2025 1 of 4 quarters are reported.")
    by_year = rows(page.charts[0].table)
    assert (by_year["Quarter 1"], by_year["The whole year"]) == (["not reported"], ["–"])


def test_quarters_to_come_are_not_missing(cooperation):
    absence(cooperation=cooperation, quarter=1)
    asked = ReportYear(cooperation=cooperation, year=2025, at=datetime(2025, 5, 5, tzinfo=UTC))

    page = told(CHAPTER.facts(asked))["absence"]

    assert rows(page.charts[0].table)["Quarter 2"] == ["–"]
    assert list(rows(page.tables[0])) == ["Quarter 1"]


def test_the_absence_of_a_few_is_in_no_fact(asked, cooperation, whole_year):
    cooperation.sickness_absence.filter(quarter=4).update(employees=3)

    facts = CHAPTER.facts(asked)

    year = facts["absence"][0]
    assert year["percent"] is None, "the year less its other quarters would tell it"
    fourth = year["quarters"][3]
    assert [fourth[name] for name in ("total", "certified", "short")] == [None] * 3
    page = told(facts)["absence"]
    assert rows(page.charts[0].table)["Quarter 4"] == ["hidden"]
    assert rows(page.tables[0])["Quarter 4"] == ["1", "3", *["hidden"] * 4]


def test_no_unit_is_named(asked, whole_year):
    assert "Legevakta" not in json.dumps(CHAPTER.facts(asked))


def test_hse_deviations_are_counted_by_month(asked, cooperation):
    other = category(cooperation=cooperation, name="Legemiddel")
    counted(month=month(cooperation=cooperation, count=4), category=other, count=9)
    month(cooperation=cooperation, month_date=date(2025, 10, 1))
    month(cooperation=cooperation, month_date=date(2024, 10, 1), count=7)

    page = told(CHAPTER.facts(asked))["hse"]

    assert page.lead == (
        "4 HSE deviations were reported in 2025. Figures are there for 2 of 12 months."
    )
    found = rows(page.tables[0])
    assert found["September"] == ["4", "not reported"]
    assert found["October"] == ["0", "7"]
    assert found["All"] == ["4 (2 months)", "7 (1 month)"]


def test_without_an_hse_category_there_is_nothing_to_tell(asked, cooperation):
    category(cooperation=cooperation, name="Legemiddel")
    month(cooperation=cooperation)

    assert CHAPTER.facts(asked) == {}


def test_competence_is_what_the_checks_found_by_the_year_s_end(asked, central):
    checked(central=central, key="operators", on=date(2025, 3, 1))
    checked(
        central=central, key="operators", result=CheckResult.NOT_MET, on=date(2026, 1, 5), at=AFTER
    )
    checked(central=central, key="courses", result=CheckResult.PARTLY, on=date(2024, 5, 1))

    page = told(CHAPTER.facts(asked))["competence"]

    assert "fulfils 1 of 3 requirements" in page.lead
    found = [row.shown for row in page.tables[0].rows]
    assert [row[2:] for row in found] == [
        ["Fulfilled", "1\xa0March\xa02025"],
        ["Partly fulfilled", "1\xa0May\xa02024"],
        ["Not yet checked", "–"],
    ]
    assert found[0][1] == "Emergency Medicine Regulation §\xa013 f"


def test_how_many_operators_have_what_stays_with_the_host(asked, central):
    required = RequirementFactory(central=central, name="Kurs i vald")
    for each in OperatorFactory.create_batch(12, central=central):
        QualificationFactory(operator=each, requirement=required)

    assert CHAPTER.facts(asked) == {}


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_it_is_told_and_drawn_without_a_query(
    asked, cooperation, central, whole_year, language, django_assert_num_queries
):
    month(cooperation=cooperation, count=4)
    checked(central=central, key="courses")
    facts = CHAPTER.facts(asked)

    with django_assert_num_queries(0), translation.override(language):
        pages = told(facts)
        figures = {"year": 2025, "chapters": {"staff": facts}}
        assert len(CHAPTER.suggestions(figures)) == 3
        chart = pages["absence"].charts[0]
        drawn = render_svg(
            chart.spec, data=chart.spec["datasets"], language=language, title="t", description="d"
        )
    assert list(pages) == ["absence", "hse", "competence"]
    assert "7,0" in drawn


def test_queries_are_bounded(asked, whole_year, central, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        CHAPTER.facts(asked)
