"""Items that participants propose: in time, demanded by a third, taken, declined, withdrawn."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from municipalities.cooperations.models import Participant
from municipalities.meetings.agenda import operations
from municipalities.meetings.agenda.models import Proposal, ProposalState, ProposalSupport
from municipalities.meetings.agenda.queries import (
    is_demanded_by_a_third,
    summary_of,
    taken_for,
    waiting_for,
)
from municipalities.meetings.meeting.models import Meeting, MeetingState
from municipalities.refused import Refused
from tests.conftest import NOW
from tests.factories import documents, meetings
from tests.factories.cooperations import joined
from tests.municipalities.meetings.agenda.conftest import IN_DECEMBER, IN_NOVEMBER, plan, titles

TODAY = NOW.date()


def propose(forum, municipality, **facts):
    told = {"title": "Bemanning om natta", "text": "To på vakt.", "by": None, "at": NOW} | facts
    return operations.propose(forum=forum, municipality=municipality, **told)


@pytest.fixture
def eight(cooperation):
    """Six more municipalities, so that eight take part and three are a third."""
    names = ("Austrheim", "Gulen", "Masfjorden", "Modalen", "Osterøy", "Vaksdal")
    return [
        joined(cooperation, number=str(4640 + place), name=name) for place, name in enumerate(names)
    ]


def test_a_proposed_item_waits_and_its_municipality_demands_it(forum, partner):
    proposal = propose(forum, partner)
    assert proposal.state == ProposalState.OPEN
    assert [each.municipality for each in proposal.supports.all()] == [partner]


def test_a_taken_item_stands_before_any_other_business_with_its_document(
    cooperation, meeting, partner
):
    document = documents.kept(cooperation=cooperation)
    proposal = propose(meeting.forum, partner, document=document)

    item = operations.take(proposal=proposal, meeting=meeting, by=None, at=NOW)

    assert titles(meeting)[-2] == item.title == "Bemanning om natta"
    assert (item.text, item.presented_by) == ("To på vakt.", "Fedje")
    assert [each.document for each in item.documents.all()] == [document]
    assert Proposal.objects.get().state == ProposalState.TAKEN


def test_a_taken_item_that_is_removed_waits_again(meeting, partner):
    proposal = propose(meeting.forum, partner)
    item = operations.take(proposal=proposal, meeting=meeting, by=None, at=NOW)

    operations.remove_item(item=item)

    assert Proposal.objects.get().state == ProposalState.OPEN


def test_an_agenda_that_was_closed_meanwhile_takes_no_item(called, partner):
    proposal = propose(called.forum, partner)
    seen_before = Meeting.objects.get(pk=called.pk)
    seen_before.state = MeetingState.PLANNED

    with pytest.raises(Refused, match="agenda_is_closed"):
        operations.take(proposal=proposal, meeting=seen_before, by=None, at=NOW)
    assert Proposal.objects.get().state == ProposalState.OPEN


def test_an_item_goes_on_no_agenda_of_another_forum(cooperation, meeting, partner):
    other = meetings.forum(cooperation=cooperation, name="Fagrådet")
    with pytest.raises(Refused, match="of_another_forum"):
        operations.take(proposal=propose(other, partner), meeting=meeting, by=None, at=NOW)


@pytest.mark.parametrize("doing", ["take", "decline", "withdraw", "support"])
def test_what_is_answered_is_not_answered_again(doing, meeting, partner, host):
    proposal = propose(meeting.forum, partner)
    operations.decline(proposal=proposal, answer="Drøfta i oktober.", by=None, at=NOW)
    done = {
        "take": {"meeting": meeting},
        "decline": {"answer": "Nei"},
        "withdraw": {},
        "support": {"municipality": host},
    }

    with pytest.raises(Refused, match="proposal_is_answered"):
        getattr(operations, doing)(proposal=proposal, by=None, at=NOW, **done[doing])
    assert Proposal.objects.get().answer == "Drøfta i oktober."


def test_three_of_eight_demand_an_item_onto_the_next_agenda(demanding, partner, eight):
    later, sooner = plan(demanding, IN_DECEMBER), plan(demanding, IN_NOVEMBER)
    proposal = propose(demanding, partner)
    operations.support(proposal=proposal, municipality=eight[0], by=None, at=NOW)
    operations.support(proposal=proposal, municipality=eight[0], by=None, at=NOW)
    assert Proposal.objects.get().state == ProposalState.OPEN

    operations.support(proposal=proposal, municipality=eight[1], by=None, at=NOW)

    assert Proposal.objects.get().item.meeting == sooner
    assert "Bemanning om natta" not in titles(later)


def test_a_demanded_item_is_not_declined_and_waits_for_the_next_meeting(demanding, partner):
    proposal = propose(demanding, partner)  # one of two
    with pytest.raises(Refused, match="is_demanded_by_a_third"):
        operations.decline(proposal=proposal, answer="Nei", by=None, at=NOW)

    meeting = plan(demanding)

    assert titles(meeting)[-2] == "Bemanning om natta"
    with pytest.raises(Refused, match="is_demanded_by_a_third"):
        operations.remove_item(item=Proposal.objects.get().item)


def test_a_third_demands_nothing_where_the_forum_does_not_let_it(forum, partner, host):
    proposal = propose(forum, partner)
    operations.support(proposal=proposal, municipality=host, by=None, at=NOW)

    meeting = plan(forum)

    assert "Bemanning om natta" not in titles(meeting)
    assert operations.decline(proposal=proposal, answer="Nei", by=None, at=NOW).answer == "Nei"


def test_a_municipality_that_has_left_demands_nothing_any_more(demanding, partner, eight):
    proposal = propose(demanding, partner)
    for each in eight[:2]:
        operations.support(proposal=proposal, municipality=each, by=None, at=NOW)
    assert is_demanded_by_a_third(proposal, day=TODAY)

    Participant.objects.filter(municipality=eight[0]).update(left_date=TODAY)

    assert is_demanded_by_a_third(proposal, day=TODAY - timedelta(days=1))
    assert not is_demanded_by_a_third(proposal, day=TODAY)  # two of seven


def test_between_two_each_of_them_can_demand(cooperation, partner, eight):
    forum = meetings.bilateral(cooperation=cooperation, partner=partner, may_demand=True)
    assert is_demanded_by_a_third(propose(forum, partner), day=TODAY)


@pytest.mark.parametrize(("days", "is_in_time"), [(20, False), (21, True)])
def test_an_item_is_in_time_until_so_many_days_before(days, is_in_time, forum):
    soon = plan(forum, NOW.replace(hour=8) + timedelta(days=days))
    following = plan(forum, NOW.replace(hour=8) + timedelta(days=60))
    assert taken_for(forum=forum, at=NOW) == (soon if is_in_time else following)


def test_no_meeting_is_in_time_before_one_is_planned(forum):
    assert taken_for(forum=forum, at=NOW) is None


def test_a_declined_or_taken_item_is_so_in_the_database(forum, partner):
    proposal = propose(forum, partner)
    for facts in ({"state": "declined"}, {"state": "taken"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposalSupport.objects.create(proposal=proposal, municipality=partner, supported_at=NOW)


def test_who_makes_agendas_is_told_what_waits(
    cooperation, forum, partner, secretary, partner_director, django_assert_max_num_queries
):
    proposal = propose(forum, partner)
    answered = propose(forum, partner, title="Noko anna")
    operations.withdraw(proposal=answered, by=partner_director, at=NOW)
    asked = {"cooperation": cooperation, "today": date(2025, 11, 10)}

    with django_assert_max_num_queries(3):
        (todo,) = waiting_for(user=secretary, **asked)

    assert todo.text == "Answer the proposed item “Bemanning om natta” from Fedje"
    assert todo.url == f"/meetings/nordhordland/proposals/{proposal.pk}/"
    assert waiting_for(user=partner_director, **asked) == []
    assert summary_of(user=secretary, **asked).open == 1


def test_what_is_proposed_between_two_is_seen_by_them_alone(
    cooperation, partner, partner_director, secretary, eight
):
    forum = meetings.bilateral(cooperation=cooperation, partner=eight[0])
    proposal = propose(forum, eight[0])
    assert list(Proposal.objects.visible_to(secretary)) == [proposal]
    assert not Proposal.objects.visible_to(partner_director).exists()
    assert not ProposalSupport.objects.visible_to(partner_director).exists()


def test_a_called_meeting_is_passed_over_for_the_next_open_agenda(demanding, called, partner):
    later = plan(demanding, IN_DECEMBER.replace(day=16))
    assert propose(demanding, partner).pk == Proposal.objects.get(item__meeting=later).pk
