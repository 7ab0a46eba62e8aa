"""The hub: how the agreement stands, and the way to everything."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from municipalities.hub import presenters
from municipalities.models import Due, Evidence, Hearing, Obligation
from municipalities.obligations.queries import Totals
from tests.factories import meetings
from tests.factories.agreements import agreement_in_force, sent
from tests.factories.cooperations import ServiceFactory
from tests.factories.decisions import decided
from tests.factories.doctors import ShiftCountFactory
from tests.factories.hearings import opened

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def dues(cooperation):
    """Three times a year, none of them kept yet."""
    obligation = Obligation.objects.create(
        cooperation=cooperation,
        code="meetings",
        title="Meetings",
        scope="common",
        rhythm="yearly",
        due_days=["03-01", "06-01", "12-01"],
        responsible="leader",
        starts_date=date(2022, 1, 1),
    )
    return [
        Due.objects.create(
            obligation=obligation, year=2025, number=number, due_date=date(2025, month, 1)
        )
        for number, month in enumerate((3, 6, 12), 1)
    ]


def hub(browser, slug="nordhordland"):
    return browser.get(reverse("cooperation", args=[slug]))


@pytest.mark.parametrize(
    ("since", "kept", "late", "words"),
    [
        (None, 0, 0, "No agreement is recorded as in force. Nothing of what"),
        (date(2022, 1, 1), 3, 0, "since 1 January 2022. All that was due"),
        (date(2022, 1, 1), 2, 1, "2 of 3 obligations are kept; 1 is late."),
        (date(2022, 1, 1), 1, 2, "1 of 3 obligations are kept; 2 are late."),
    ],
)
def test_one_sentence_tells_whether_it_is_in_force_and_kept(since, kept, late, words):
    totals = Totals(kept=kept, whole=5, late=late)
    assert words in presenters.sentence(in_force_since=since, totals=totals)


def test_the_cards_tell_the_same_as_the_rooms(
    as_person, partner_director, cooperation, central, dues, partner, secretary
):
    Evidence.objects.create(
        due=dues[0],
        key="meeting:1",
        title="Meeting",
        happened_date=date(2025, 2, 1),
        handed_in_at=datetime(2025, 2, 1, tzinfo=UTC),
    )
    agreement_in_force(cooperation, by=secretary)
    sent(cooperation=cooperation, dated_date=date(2025, 9, 1))
    decided(cooperation=cooperation)
    opened(cooperation=cooperation, municipalities=[partner])
    passed = opened(cooperation=cooperation, municipalities=[partner])
    Hearing.objects.filter(pk=passed.pk).update(deadline_date=date(2025, 11, 9))
    ShiftCountFactory(cooperation=cooperation, owed=10, delivered=8)

    told = {card.label: card for card in hub(as_person(partner_director)).context["cards"]}

    assert told["Agreements"].value == "Version 1"
    assert told["Agreements"].note == "0 of 2 have adopted version 2."
    assert told["Obligations this year"].value == "1 of 2"
    assert told["Decisions this year"].detail == "1 receipt is missing"
    assert told["Open hearings"].detail == "The first is to be answered by 1 December 2025."
    assert told["Open hearings"].note == "1 is past its deadline and is to be closed."
    assert told["The checklist of the legevaktsentral"].state_text == "Nothing is checked yet"
    assert told["The doctors' duty"].value == "80.0%"


def test_the_cards_of_meetings_tell_of_the_next_and_of_what_is_late(
    as_person, partner_director, cooperation
):
    forum = meetings.forum(cooperation=cooperation)
    meetings.approved(meeting=meetings.called(forum=forum))
    meetings.called(forum=forum, starts_at=datetime(2025, 12, 9, 8, 0, tzinfo=UTC))
    meetings.follow_up(forum=forum)
    meetings.follow_up(forum=forum, deadline_date=date(2025, 11, 9))

    told = {card.label: card for card in hub(as_person(partner_director)).context["cards"]}

    assert "9 December 2025" in told["Meetings"].value.replace("\N{NO-BREAK SPACE}", " ")
    assert told["Meetings"].note == "1 is held this year."
    assert told["Follow-up of meetings"].value == "2"
    assert told["Follow-up of meetings"].state_text == "1 is late"


def test_the_hub_tells_the_facts_and_links_to_every_part(
    as_person, partner_director, cooperation, central, dues
):
    ServiceFactory(cooperation=cooperation)

    answer = hub(as_person(partner_director))

    for words in (
        "So far this year 0 of 2 obligations are kept; 2 are late.",
        "2 participants today",
        "Alver, Fedje",
        "legevaktsentral, all hours, hol. § 3-2",
        "No transfer of undertaking",
        "Open hearings",
        "Numbers and checklist",
    ):
        assert words in answer.text
    assert "Change the facts" not in answer.text


def test_who_writes_agreements_is_led_to_change_the_facts(as_person, secretary):
    assert "Change the facts" in hub(as_person(secretary)).text


def test_the_hub_takes_a_fixed_number_of_queries(
    as_person, partner_director, central, dues, django_assert_max_num_queries
):
    browser = as_person(partner_director)

    with django_assert_max_num_queries(22):
        hub(browser)


def test_a_board_tells_its_members(cooperation):
    cooperation.form, cooperation.board_members_each = "board", 2

    assert (
        "2 members of each participant"
        in dict(presenters.facts(cooperation))["Form of cooperation"]
    )
