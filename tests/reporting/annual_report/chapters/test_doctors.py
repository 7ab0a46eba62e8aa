"""The chapter on doctors: figures of the room, four years, and exemptions that stay hidden."""

import json
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from legevakt.lib.charts import render_svg
from municipalities.costs.pools.models import Pool, PoolKind, PoolMember
from municipalities.doctors.models import Exemption, ShiftCount
from municipalities.models import Participant
from municipalities.queries import duty_in
from reporting.annual_report.chapters import ReportYear
from reporting.annual_report.chapters.doctors import CHAPTER
from tests.factories.cooperations import joined
from tests.factories.doctors import (
    DoctorFactory,
    DutyShareFactory,
    ExemptionFactory,
    ShiftCountFactory,
)

AFTER = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)
YEAR = {"starts_date": date(2025, 1, 1), "ends_date": date(2026, 1, 1)}


@pytest.fixture
def asked(cooperation):
    return ReportYear(cooperation=cooperation, year=2025, at=AFTER)


@pytest.fixture
def shifts(cooperation, host, partner):
    """All of 2025: Alver 100 owed, 80 delivered, 15 hired, 5 unfilled; Fedje did 12 of 10."""
    own = {"cooperation": cooperation, **YEAR}
    ShiftCountFactory(municipality=host, owed=100, delivered=80, hired=15, unfilled=5, **own)
    ShiftCountFactory(municipality=partner, owed=10, delivered=12, hired=0, unfilled=0, **own)


@pytest.fixture
def exempted(cooperation):
    """`exempted(municipality, 2)`: so many of its doctors are exempt from half the duty."""

    def make(municipality, count):
        for _ in range(count):
            ExemptionFactory(
                doctor=DoctorFactory(cooperation=cooperation, municipality=municipality),
                starts_date=date(2025, 1, 1),
                share_percent=50,
                state="granted",
                decided_date=date(2025, 10, 1),
                decision_reference="2025/1",
            )

    return make


def told(facts, year=2025):
    """The sections by key; the frozen facts are what JSON leaves of them."""
    figures = {"year": year, "chapters": {"doctors": json.loads(json.dumps(facts))}}
    return {each.key: each.page for each in CHAPTER.sections(figures)}


def rows(table):
    return {row.shown[0]: row.shown[1:] for row in table.rows}


def test_nothing_registered_is_no_facts(asked):
    assert CHAPTER.facts(asked) == {}
    assert CHAPTER.sections({"year": 2025, "chapters": {}}) == ()
    assert CHAPTER.suggestions({"year": 2025, "chapters": {}}) == ()


def test_shifts_are_summed_by_hand(asked, shifts):
    page = told(CHAPTER.facts(asked))["shifts"]

    assert "owed 110 shifts" in page.lead
    assert "delivered 92 (83.6% of what was owed)" in page.lead
    assert [each.value for each in page.figures] == ["83.6%", "15", "5"]
    found = rows(page.charts[0].table)
    assert found["Alver"] == ["100", "80", "15", "5", "80.0%"]
    assert found["Fedje"] == ["10", "12", "0", "0", "120.0%"]
    assert page.notes == ()


def test_shifts_equal_those_of_the_room(asked, cooperation, shifts):
    room = duty_in(cooperation=cooperation, year=2025, today=date(2025, 12, 31), user=None)

    year = CHAPTER.facts(asked)["years"][0]

    assert [each["counts"] for each in year["municipalities"]] == [
        each.counts._asdict() for each in room.municipalities
    ]


def test_earlier_years_stand_beside_and_a_half_year_has_a_star(asked, cooperation, host, shifts):
    ShiftCountFactory(
        cooperation=cooperation,
        municipality=host,
        starts_date=date(2024, 1, 1),
        ends_date=date(2024, 7, 1),
        owed=50,
        delivered=25,
    )

    page = told(CHAPTER.facts(asked))["years"]

    found = rows(page.tables[0])
    assert page.tables[0].headings == ("Municipality", "2025", "2024")
    assert found["Alver"] == ["80.0%", "50.0%*"]
    assert found["Fedje"] == ["120.0%", "–"]
    assert found["All"] == ["83.6%", "50.0%*"]
    assert page.notes


def test_who_lacks_shifts_is_named_with_the_days(asked, cooperation, partner, host):
    ShiftCountFactory(cooperation=cooperation, municipality=host)

    page = told(CHAPTER.facts(asked))["shifts"]

    note = "Alver (31 of 365 days) and Fedje (0 of 365 days)."
    assert page.notes == (f"Shifts are not counted for all of 2025: {note}",)
    assert rows(page.charts[0].table)["Fedje"] == ["–"] * 5


def test_who_left_owes_days_only_while_it_took_part(asked, cooperation, partner, shifts):
    Participant.objects.filter(municipality=partner).update(left_date=date(2025, 7, 1))

    fedje = CHAPTER.facts(asked)["years"][0]["municipalities"][1]

    assert (fedje["name"], fedje["days_in"]) == ("Fedje", 181)


def test_a_year_that_runs_lacks_no_days_to_come(cooperation, host, partner):
    for each in (host, partner):
        ShiftCountFactory(cooperation=cooperation, municipality=each)
    asked = ReportYear(cooperation=cooperation, year=2025, at=datetime(2025, 1, 31, 12, tzinfo=UTC))

    assert told(CHAPTER.facts(asked))["shifts"].notes == ()


def test_few_exemptions_are_in_no_fact(asked, cooperation, host, partner, exempted):
    DutyShareFactory(cooperation=cooperation, municipality=host, posts=9, share_percent=80)
    DutyShareFactory(cooperation=cooperation, municipality=partner, posts=2, share_percent=20)
    exempted(host, 6)
    exempted(partner, 1)

    facts = CHAPTER.facts(asked)

    alver, fedje = facts["duties"]
    assert (alver["exemptions"], alver["posts_left"]) == (6, "6.00")
    assert (fedje["exemptions"], fedje["posts_left"], fedje["is_hidden"]) == (None, None, True)
    assert facts["exemptions"] is None
    page = told(facts)["exemptions"]
    assert rows(page.tables[0])["Fedje"] == ["2", "20.00", "fewer than five", "not shown"]
    assert "is not shown" in page.lead


def test_two_sums_of_four_are_not_told(asked, cooperation, host, partner, exempted):
    for each in (host, partner):
        DutyShareFactory(cooperation=cooperation, municipality=each, share_percent=50)
        exempted(each, 4)

    assert CHAPTER.facts(asked)["exemptions"] is None


def test_exemptions_are_those_in_force_on_the_last_day(asked, cooperation, host, exempted):
    DutyShareFactory(cooperation=cooperation, municipality=host)
    exempted(host, 6)
    Exemption.objects.update(ends_date=date(2025, 12, 31))

    assert CHAPTER.facts(asked)["duties"][0]["is_hidden"]


def test_back_up_duty_that_all_share_is_told(asked, cooperation, host, partner):
    shared = {"cooperation": cooperation, "kind": PoolKind.BACK_UP, "starts_date": date(2024, 1, 1)}
    pool = Pool.objects.create(name="Bakvakt", slug="bakvakt", **shared)
    Pool.objects.create(name="Hemmeleg", slug="hemmeleg", is_bilateral=True, **shared)
    for each in (host, partner):
        PoolMember.objects.create(pool=pool, municipality=each, joined_date=date(2024, 1, 1))

    page = told(CHAPTER.facts(asked))["back-up"]

    assert page.lead == "In 2025 “Bakvakt” was shared by Alver and Fedje."


def test_a_year_without_shifts_says_so_beside_one_that_has_them(cooperation, shifts):
    asked = ReportYear(cooperation=cooperation, year=2026, at=datetime(2027, 1, 9, tzinfo=UTC))

    pages = told(CHAPTER.facts(asked), year=2026)

    assert pages["shifts"].lead == "No shifts of 2026 are counted."
    assert "In 2025" in pages["years"].lead


def test_shifts_over_the_turn_of_the_year_stand_where_they_begin(asked, cooperation, host, shifts):
    ShiftCountFactory(
        cooperation=cooperation,
        municipality=host,
        starts_date=date(2024, 12, 29),
        ends_date=date(2025, 1, 1),
    )
    assert not told(CHAPTER.facts(asked))["shifts"].notes
    ShiftCount.objects.filter(municipality=host, starts_date=date(2025, 1, 1)).delete()
    ShiftCount.objects.filter(municipality=host).update(ends_date=date(2025, 1, 5))

    year = CHAPTER.facts(asked)["years"][0]

    alver = year["municipalities"][0]
    assert (alver["counts"], alver["days"]) == (None, 4)
    assert "over the turn of the year" in told(CHAPTER.facts(asked))["shifts"].notes[1]


def test_the_year_before_is_not_compared_without_its_days(asked, cooperation, host, shifts):
    half = {"starts_date": date(2024, 1, 1), "ends_date": date(2024, 7, 1)}
    ShiftCountFactory(cooperation=cooperation, municipality=host, **half)
    figures = {"year": 2025, "chapters": {"doctors": CHAPTER.facts(asked)}}

    now, before = CHAPTER.suggestions(figures)

    assert now.startswith("In 2025 the municipalities owed 110 shifts.")
    assert "In 2024 own doctors delivered 80.0%" in before
    assert "Shifts are not counted for all of 2024: Alver (182 of 366 days) and Fedje" in before


def test_nothing_owed_has_no_share(asked, cooperation, host):
    ShiftCountFactory(cooperation=cooperation, municipality=host, owed=0, delivered=3, **YEAR)

    page = told(CHAPTER.facts(asked))["shifts"]

    assert page.lead == "In 2025 no shifts were owed, and own doctors delivered 3."
    assert page.figures[0].value == "–"


def test_a_municipality_that_joined_is_not_missed_before(asked, cooperation, shifts):
    new = joined(cooperation)
    Participant.objects.filter(municipality=new).update(joined_date=date(2026, 1, 1))

    names = [each["name"] for each in CHAPTER.facts(asked)["years"][0]["municipalities"]]

    assert names == ["Alver", "Fedje"]


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_it_is_told_and_drawn_without_a_query(asked, shifts, language, django_assert_num_queries):
    facts = CHAPTER.facts(asked)
    figures = {"year": 2025, "chapters": {"doctors": facts}}

    with django_assert_num_queries(0), translation.override(language):
        pages = told(facts)
        assert "83,6" in CHAPTER.suggestions(figures)[0]
        chart = pages["shifts"].charts[0]
        drawn = render_svg(
            chart.spec, data=chart.spec["datasets"], language=language, title="t", description="d"
        )
    assert "Fedje" in drawn


def test_queries_are_bounded(asked, cooperation, shifts, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        CHAPTER.facts(asked)
