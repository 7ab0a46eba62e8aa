"""The pages of an agenda and of proposed items."""

import pytest

from municipalities.meetings.agenda import operations
from municipalities.meetings.agenda.models import AgendaItem, Proposal
from municipalities.meetings.meeting import operations as meeting_operations
from tests.conftest import NOW
from tests.factories import meetings
from tests.municipalities.meetings.agenda.conftest import IN_DECEMBER, IN_NOVEMBER, plan, titles

MEETINGS = "/meetings/nordhordland/"
pytestmark = pytest.mark.usefixtures("clock")
ITEM = {"title": "Bemanning om natta", "kind": "case", "topic": "Deviations"}


@pytest.fixture
def browser(client, secretary):
    client.force_login(secretary)
    return client


@pytest.fixture
def proposal(forum, partner):
    return meetings.proposed(forum=forum, municipality=partner)


def agenda(meeting):
    return f"{MEETINGS}meeting/{meeting.pk}/agenda/"


def of(proposal, step=""):
    return f"{MEETINGS}proposals/{proposal.pk}/{step}"


def text(answer):
    return answer.content.decode()


def test_an_item_is_added_changed_moved_and_removed_with_plain_forms(browser, meeting):
    shown = text(browser.post(agenda(meeting) + "new/", ITEM, follow=True))
    assert "Bemanning om natta" in shown
    item = meeting.items.get(title="Bemanning om natta")
    own = f"{agenda(meeting)}{item.pk}/"

    browser.post(own, ITEM | {"title": "Bemanning om dagen"})
    browser.post(own + "move/", {"to": 1})
    assert titles(meeting)[0] == "Bemanning om dagen"

    browser.post(own + "remove/")
    assert "Bemanning om dagen" not in titles(meeting)


def test_a_reader_sees_the_agenda_and_nothing_to_press(client, partner_director, meeting):
    client.force_login(partner_director)
    shown = text(client.get(agenda(meeting)))
    assert "Professional status" in shown
    assert "Take off the agenda" not in shown
    assert "New item" not in shown


def test_a_closed_agenda_says_where_an_item_can_go_and_keeps_what_was_written(browser, called):
    assert "The agenda is closed: the meeting is called." in text(browser.get(agenda(called)))

    answer = browser.post(agenda(called) + "new/", ITEM)

    assert answer.status_code == 422
    assert "Propose the item for the next meeting" in text(answer)
    assert 'value="Bemanning om natta"' in text(answer)
    assert not AgendaItem.objects.filter(title="Bemanning om natta").exists()


def test_what_an_earlier_meeting_plans_is_not_missing_on_a_later_agenda(browser, forum):
    plan(forum, IN_NOVEMBER)
    later = plan(forum, IN_DECEMBER)
    later.items.exclude(topic="").delete()
    shown = text(browser.get(agenda(later)))
    assert shown.count("on an agenda to come") == 2
    assert "missing" not in shown


def test_the_agenda_asks_as_often_for_many_items(browser, meeting, django_assert_max_num_queries):
    for number in range(12):
        operations.add_item(meeting=meeting, kind="case", title=f"Sak {number}")
    browser.get(agenda(meeting))
    with django_assert_max_num_queries(14):
        browser.get(agenda(meeting))


def test_a_participant_proposes_an_item_and_hears_which_meeting_it_is_for(
    client, partner_director, partner, forum
):
    plan(forum, IN_NOVEMBER)  # its deadline has passed
    plan(forum, IN_DECEMBER)
    client.force_login(partner_director)
    address = f"{MEETINGS}forums/{forum.pk}/propose/"
    assert "In time for the meeting 9 December 2025" in text(client.get(address))

    client.post(address, {"municipality": partner.pk, "title": "Natt", "text": "To på vakt."})

    made = Proposal.objects.get()
    assert (made.title, made.municipality, made.proposed_by) == ("Natt", partner, partner_director)


def test_nobody_proposes_for_a_municipality_that_they_do_not_answer_for(
    client, partner_director, host, forum
):
    client.force_login(partner_director)
    answer = client.post(
        f"{MEETINGS}forums/{forum.pk}/propose/",
        {"municipality": host.pk, "title": "Natt", "text": "To på vakt."},
    )
    assert answer.status_code == 422
    assert not Proposal.objects.exists()


def test_the_secretary_takes_an_item_or_says_why_not(browser, forum, partner, meeting, proposal):
    browser.post(of(proposal, "take/"), {"meeting": meeting.pk})
    assert titles(meeting)[-2] == proposal.title

    other = meetings.proposed(forum=forum, municipality=partner, title="Noko anna")
    assert browser.post(of(other, "decline/"), {"answer": ""}).status_code == 422
    browser.post(of(other, "decline/"), {"answer": "Drøfta i oktober."})
    assert "Drøfta i oktober." in text(browser.get(of(other)))


def test_a_demanded_item_is_not_declined_on_its_page(browser, demanding, partner):
    proposal = meetings.proposed(forum=demanding, municipality=partner)
    answer = browser.post(of(proposal, "decline/"), {"answer": "Nei"})
    assert answer.status_code == 422
    assert "it must be on the agenda" in text(answer)


def test_who_proposed_withdraws_and_nobody_else(client, partner_director, host_director, proposal):
    client.force_login(host_director)
    assert client.post(of(proposal, "withdraw/")).status_code == 404
    client.force_login(partner_director)
    client.post(of(proposal, "withdraw/"))
    assert Proposal.objects.get().state == "withdrawn"


def test_the_list_of_proposed_items_says_what_to_do_while_it_is_empty(browser, forum):
    assert "No item is proposed" in text(browser.get(MEETINGS + "proposals/"))


def test_the_list_asks_as_often_for_many(browser, forum, partner, django_assert_max_num_queries):
    for number in range(6):
        meetings.proposed(forum=forum, municipality=partner, title=f"Sak {number}")
    browser.get(MEETINGS + "proposals/")
    with django_assert_max_num_queries(10):
        assert "Sak 5" in text(browser.get(MEETINGS + "proposals/"))


def test_a_cancelled_meeting_says_so_on_its_agenda(browser, meeting):
    meeting_operations.cancel(meeting=meeting, reason="Sjukdom", by=None, at=NOW)
    assert "the meeting is called" not in text(browser.get(agenda(meeting)))


def test_the_year_of_the_minimum_agenda_has_no_thousands_sign(browser, meeting):
    assert "The minimum agenda in 2025" in text(browser.get(agenda(meeting)))
