"""The chapter on organisation: agreements of the year, services, who came and went, delegation."""

import json
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from municipalities.agreements import delegating, leaving, party_presenters
from municipalities.agreements.details import delegations_of
from municipalities.agreements.models import Layer
from municipalities.models import Participant, Service
from reporting.annual_report.chapters import ReportYear
from reporting.annual_report.chapters.organisation import CHAPTER
from tests.factories.agreements import agreement_in_force, sent
from tests.factories.centrals import serving
from tests.factories.cooperations import ServiceFactory, joined
from tests.factories.municipalities import MunicipalityFactory

AFTER = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)
POLITICAL = "Avtale om administrativt vertskommunesamarbeid"


@pytest.fixture
def asked(cooperation):
    return ReportYear(cooperation=cooperation, year=2025, at=AFTER)


@pytest.fixture
def delegated(cooperation):
    """`delegated(municipality, letter=…)`: the council has instructed its chief executive."""

    def make(municipality, *, letter=date(2024, 12, 1)):
        return delegating.record(
            cooperation=cooperation,
            municipality=municipality,
            instructed_date=date(2024, 11, 1),
            case_number="KS 80/24",
            letter_date=letter,
        )

    return make


def figures_of(facts, year=2025):
    """The frozen facts are what JSON leaves of them."""
    return {"year": year, "chapters": {"organisation": json.loads(json.dumps(facts))}}


def told(facts, year=2025):
    """The sections by key, with spaces that break."""
    return {each.key: each.page for each in CHAPTER.sections(figures_of(facts, year))}


def lead(page):
    return page.lead.replace("\xa0", " ")


def cells(page):
    return [[cell.replace("\xa0", " ") for cell in row.shown] for row in page.tables[0].rows]


def test_nothing_registered_is_no_facts(asked, central):
    assert CHAPTER.facts(asked) == {}
    assert CHAPTER.sections({"year": 2025, "chapters": {}}) == ()
    assert CHAPTER.suggestions({"year": 2025, "chapters": {}}) == ()


def test_an_agreement_stands_with_its_version_and_who_adopted_it(asked, cooperation):
    agreement_in_force(cooperation)
    sent(cooperation=cooperation, layer=Layer.ADMINISTRATIVE)

    page = told(CHAPTER.facts(asked))["agreements"]

    assert lead(page) == f"“{POLITICAL}”, version 1, came into force on 1 January 2025."
    assert cells(page) == [
        [
            POLITICAL,
            "Political agreement on the host cooperation",
            "1",
            "from 1 January 2025",
            "2 municipal councils, 15 October 2024",
        ]
    ]


def test_the_year_tells_both_versions_and_the_next_year_the_last(asked, cooperation):
    agreement_in_force(cooperation)
    agreement_in_force(cooperation, in_force_from=date(2025, 7, 1), dated_date=date(2025, 5, 1))

    page = told(CHAPTER.facts(asked))["agreements"]
    later = CHAPTER.facts(
        ReportYear(cooperation=cooperation, year=2026, at=datetime(2027, 1, 9, tzinfo=UTC))
    )

    assert [row[2:4] for row in cells(page)] == [
        ["1", "1 January 2025 to 30 June 2025"],
        ["2", "from 1 July 2025"],
    ]
    assert "version 2, came into force on 1 July 2025." in lead(page)
    (only,) = later["agreements"]
    assert only["version"] == 2
    assert "has been in force since 1 July 2025." in lead(told(later, 2026)["agreements"])


def test_what_comes_into_force_after_the_year_is_not_told(asked, cooperation):
    agreement_in_force(cooperation, in_force_from=date(2026, 1, 1))

    assert CHAPTER.facts(asked) == {}


def test_an_end_that_is_still_to_come_is_not_told(asked, cooperation):
    version = agreement_in_force(cooperation)
    version.in_force_to, version.state = date(2026, 2, 1), "ended"
    version.save()

    assert CHAPTER.facts(asked)["agreements"][0]["to"] is None


def test_a_bilateral_agreement_comes_last_with_its_service(asked, cooperation):
    agreement_in_force(cooperation, layer=Layer.BILATERAL)
    agreement_in_force(cooperation)

    page = told(CHAPTER.facts(asked))["agreements"]

    assert [row[1] for row in cells(page)] == [
        "Political agreement on the host cooperation",
        "Bilateral agreement: legevakt in the daytime",
    ]
    assert cells(page)[1][4].startswith("2 chief executives, ")


def test_services_are_those_that_ran_some_day_of_the_year(asked, cooperation, partner):
    ServiceFactory(cooperation=cooperation)
    daytime = ServiceFactory(
        cooperation=cooperation,
        kind="daytime",
        legal_basis="",
        is_bilateral=True,
        starts_date=date(2024, 1, 1),
        ends_date=date(2025, 7, 1),
    )
    daytime.parties.set([partner])
    past = {"kind": "night", "ends_date": date(2025, 1, 1)}
    ServiceFactory(cooperation=cooperation, **past)
    ServiceFactory(cooperation=cooperation, kind="evening", starts_date=date(2026, 1, 1))

    page = told(CHAPTER.facts(asked))["services"]

    assert Service.objects.count() == 4
    assert cells(page) == [
        [
            "Legevaktsentral, all hours",
            "hol. § 3-2",
            "all who take part",
            "1 January 2022",
            "–",
        ],
        ["Legevakt in the daytime", "–", "Fedje", "1 January 2024", "30 June 2025"],
    ]


def test_who_joined_and_left_stands_in_the_year_of_the_day(asked, cooperation, partner):
    new = joined(cooperation)
    Participant.objects.filter(municipality=new).update(joined_date=date(2025, 4, 1), area="Nord")
    Participant.objects.filter(municipality=partner).update(left_date=date(2026, 1, 1))

    facts = CHAPTER.facts(asked)

    assert lead(told(facts)["changes"]) == (
        "Masfjorden (Nord) joined on 1 April 2025. Fedje left. Its last day was 31 December 2025."
    )
    later = ReportYear(cooperation=cooperation, year=2026, at=datetime(2027, 1, 9, tzinfo=UTC))
    assert "changes" not in CHAPTER.facts(later)


def test_a_notice_names_its_agreement_until_it_is_cancelled(
    asked, cooperation, partner, host_director
):
    version = agreement_in_force(cooperation)
    notice = leaving.give_notice(
        agreement=version.agreement,
        municipality=partner,
        received_date=date(2025, 6, 2),
        case_number="KS 12/25",
        reason="Eiga legevakt.",
        by=host_director,
        at=AFTER,
    )

    facts = CHAPTER.facts(asked)

    assert lead(told(facts)["changes"]) == (
        f"Fedje gave notice of “{POLITICAL}” on 2 June 2025, and is no longer a party from"
        " 2 June 2026."
    )
    assert "Eiga legevakt" not in json.dumps(facts)
    leaving.cancel(withdrawal=notice, cancelled_date=date(2025, 9, 1))
    assert "notices" not in CHAPTER.facts(asked)


def test_delegation_is_counted_as_the_room_does(asked, cooperation, partner, delegated):
    delegated(partner)
    delegated(joined(cooperation), letter=None)
    joined(cooperation, number="4635", name="Austrheim")
    room = delegations_of(cooperation=cooperation, day=date(2025, 12, 31))

    facts = CHAPTER.facts(asked)

    assert party_presenters.delegated(room).startswith("1 of 3 participants")
    assert {**facts["delegation"], "day": ""} == {
        "day": "",
        "participants": 3,
        "done": 1,
        "without_letter": 1,
    }
    assert lead(told(facts)["delegation"]) == (
        "1 of the 3 participants besides the host had by 31 December 2025 delegated to the"
        " host's chief executive, with the council's instruction and a letter. In 1 municipality"
        " the council has given the instruction, but the letter is missing."
    )


def test_a_delegation_that_is_withdrawn_later_held_in_the_year(asked, partner, delegated):
    delegating.withdraw(delegation=delegated(partner), withdrawn_date=date(2026, 1, 10))

    assert CHAPTER.facts(asked)["delegation"]["done"] == 1


def test_whom_the_central_serves_is_told_on_the_last_day(asked, central, host, partner):
    serving(central=central, municipality=host, area="Lindås")
    serving(central=central, municipality=partner)
    serving(
        central=central,
        municipality=MunicipalityFactory(number="4635", name="Austrheim"),
        valid_to=date(2025, 12, 31),
    )

    page = told(CHAPTER.facts(asked))["served"]

    assert lead(page) == (
        f"On 31 December 2025 {central.name} answered for Alver (Lindås) and Fedje."
    )


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_it_is_told_without_a_query(
    asked, cooperation, central, partner, delegated, language, django_assert_num_queries
):
    agreement_in_force(cooperation)
    ServiceFactory(cooperation=cooperation)
    delegated(partner)
    serving(central=central, municipality=partner)
    facts = CHAPTER.facts(asked)

    with django_assert_num_queries(0), translation.override(language):
        assert list(told(facts)) == ["agreements", "services", "delegation", "served"]
        assert POLITICAL in CHAPTER.suggestions(figures_of(facts))[0]


def test_queries_are_bounded(asked, cooperation, central, django_assert_max_num_queries):
    agreement_in_force(cooperation)
    ServiceFactory(cooperation=cooperation)

    with django_assert_max_num_queries(11):
        CHAPTER.facts(asked)
