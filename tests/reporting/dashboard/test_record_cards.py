"""The cards beside what waits: when do we meet, and what does my municipality owe."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from reporting.dashboard.record_cards import record_cards
from tests.factories import costs, meetings

COMING = datetime(2025, 12, 9, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def plan(cooperation, controller):
    """Fedje and Alver share ten million equally."""
    pool = costs.pool(cooperation=cooperation)
    costs.adopted_key(pool=pool, parts={"equal": 100})
    return costs.plan(pool=pool, year=2025)


def cards(browser):
    told = browser.get(reverse("todo")).context["cards"]
    return {
        each["label"]: {
            key: value.replace("\N{NO-BREAK SPACE}", " ") for key, value in each.items()
        }
        for each in told
    }


def test_where_nothing_is_planned_there_is_no_card(as_person, partner_director):
    assert cards(as_person(partner_director)) == {}


@pytest.mark.parametrize(
    ("answer", "note"), [("none", "You have not answered whether you come."), ("coming", "")]
)
def test_when_we_meet_and_whether_it_is_answered(
    answer, note, cooperation, as_person, partner_director
):
    meeting = meetings.called(forum=meetings.forum(cooperation=cooperation), starts_at=COMING)
    meetings.invitee(meeting=meeting, user=partner_director, answer=answer)
    told = cards(as_person(partner_director))["Next meeting"]
    assert "9 December 2025" in told["value"]
    assert told["note"] == note
    assert told["url"] == reverse("meeting", args=["nordhordland", meeting.pk])


def test_what_the_own_municipality_owes_leads_to_its_statement(plan, as_person, partner_director):
    told = cards(as_person(partner_director))["Fedje pays in 2025"]
    assert told["value"] == "5 000 000 kr"
    assert told["detail"] == "of which 0 kr is claimed, a-konto by the plans in force"
    assert told["note"] == "No instalment is left this year."
    assert told["url"] == reverse("statement", args=["nordhordland", "4633", 2025])


def test_the_hosts_people_see_the_whole_and_the_next_instalment(
    plan, as_person, host_director, clock
):
    clock.move_to(datetime(2025, 9, 1, 8, 0, tzinfo=UTC))
    told = cards(as_person(host_director))["The municipalities pay in 2025"]
    assert told["value"] == "10 000 000 kr"
    assert told["note"] == "Next: 2 500 000 kr, due 15 October 2025."
    assert told["url"] == reverse("costs", args=["nordhordland"])


@pytest.mark.parametrize("reader", ["host_director", "partner_director"])
def test_the_cards_take_few_queries(
    reader, plan, cooperation, request, django_assert_max_num_queries
):
    meetings.called(forum=meetings.forum(cooperation=cooperation), starts_at=COMING)
    user = request.getfixturevalue(reader)
    with django_assert_max_num_queries(9):
        assert len(record_cards(cooperation=cooperation, user=user, now=datetime.now(UTC))) == 2
