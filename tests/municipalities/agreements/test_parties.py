"""What the parties do beside adopting: delegate, give notice, leave; and what waits for them."""

from datetime import date, timedelta

import pytest

from municipalities.agreements import delegating, details, leaving, queries
from municipalities.agreements.models import Layer
from municipalities.cooperations.models import Participant
from tests.factories.agreements import (
    AT,
    IN_FORCE,
    adopted,
    agreement,
    agreement_in_force,
    draft_of,
    sent,
)

RECEIVED = date(2026, 3, 15)
DAY = timedelta(days=1)


@pytest.fixture
def in_force(cooperation, secretary):
    return agreement_in_force(cooperation, by=secretary)


@pytest.fixture
def notice(in_force, partner, secretary):
    """`notice(agreed_date=…)` is the partner's notice of 15 March 2026."""

    def given(**facts):
        told = {
            "agreement": in_force.agreement,
            "municipality": partner,
            "received_date": RECEIVED,
            "case_number": "KS 12/26",
            "reason": "Eiga legevakt.",
            "by": secretary,
        } | facts
        return leaving.give_notice(at=AT, **told)

    return given


def participant(partner):
    return Participant.objects.get(municipality=partner)


def test_the_notice_of_the_version_in_force_gives_the_day_and_ends_the_participation(
    notice, partner, in_force
):
    found = notice()
    assert (found.version, found.leaves_date) == (in_force, date(2027, 3, 15))
    left = participant(partner)
    assert (left.left_date, left.left_reason) == (date(2027, 3, 15), "Eiga legevakt.")


def test_an_earlier_day_holds_where_all_have_agreed(notice, partner):
    found = notice(agreed_date=date(2026, 7, 1))
    assert found.is_agreed_by_all
    assert participant(partner).left_date == date(2026, 7, 1)


def test_a_cancelled_notice_leaves_no_trace_in_the_participation(notice, partner):
    leaving.cancel(withdrawal=notice(), cancelled_date=RECEIVED + DAY)
    stays = participant(partner)
    assert (stays.left_date, stays.left_reason) == (None, "")
    assert notice().pk


def test_what_has_taken_effect_or_is_cancelled_is_not_cancelled(notice):
    found = notice()
    with pytest.raises(leaving.HasLeft):
        leaving.cancel(withdrawal=found, cancelled_date=found.leaves_date)
    leaving.cancel(withdrawal=found, cancelled_date=found.leaves_date - DAY)
    with pytest.raises(leaving.HasLeft):
        leaving.cancel(withdrawal=found, cancelled_date=RECEIVED)


def test_a_bilateral_agreement_is_left_without_leaving_the_cooperation(
    notice, cooperation, partner, secretary
):
    bilateral = agreement_in_force(cooperation, layer=Layer.BILATERAL, by=secretary)
    assert notice(agreement=bilateral.agreement).leaves_date == date(2027, 3, 15)
    assert participant(partner).left_date is None


def test_a_notice_that_cannot_be_is_refused(notice, host, partner_director, cooperation):
    for error, facts in (
        (leaving.NotInForce, {"received_date": IN_FORCE - DAY}),
        (
            leaving.NotInForce,
            {"agreement": agreement(cooperation=cooperation, layer=Layer.ADMINISTRATIVE)},
        ),
        (leaving.LeavesBeforeNotice, {"agreed_date": RECEIVED - DAY}),
        (leaving.HostStays, {"municipality": host}),
        (leaving.NotTheirsToAgree, {"agreed_date": RECEIVED + DAY, "by": partner_director}),
    ):
        with pytest.raises(error):
            notice(**facts)
    notice()
    with pytest.raises(leaving.AlreadyLeaving):
        notice(received_date=RECEIVED + DAY)


def test_a_delegation_is_the_instruction_first_and_then_the_letter(cooperation, partner):
    facts = {"instructed_date": date(2024, 11, 1), "case_number": "KS 80/24"}
    told = {"cooperation": cooperation, "municipality": partner} | facts
    first = delegating.record(letter_date=None, **told)
    again = delegating.record(letter_date=date(2024, 12, 1), **told)
    assert first == again
    with pytest.raises(delegating.LetterBeforeInstruction):
        delegating.record(letter_date=date(2024, 10, 31), **told)
    with pytest.raises(delegating.WithdrawnBeforeInstruction):
        delegating.withdraw(delegation=again, withdrawn_date=date(2024, 10, 31))
    delegating.withdraw(delegation=again, withdrawn_date=date(2025, 5, 1))
    (row,) = details.delegations_of(cooperation=cooperation, day=date(2025, 6, 1))
    assert (row.municipality, row.delegation) == (partner, None)


def waiting(cooperation, user):
    found = queries.waiting_for(cooperation=cooperation, user=user, today=date(2025, 11, 10))
    return [each.text for each in found]


def test_what_waits_is_told_to_the_one_who_can_do_it(
    cooperation, host, partner, secretary, host_director, partner_director, auditor
):
    version = sent(cooperation=cooperation)
    title = f"“{version.agreement.title}”, version 1"
    assert waiting(cooperation, partner_director) == [f"Record what Fedje decides about {title}"]
    assert waiting(cooperation, host_director) == [f"Record what Alver decides about {title}"]
    assert waiting(cooperation, secretary) == waiting(cooperation, auditor) == []

    adopted(version=version, municipalities=[partner], by=secretary)
    assert waiting(cooperation, partner_director) == []
    adopted(version=version, by=secretary)
    assert waiting(cooperation, secretary) == [f"{title} is adopted by all: put it in force"]
    assert waiting(cooperation, partner_director) == []
    adopted(version=version, municipalities=[host], by=secretary, is_adopted=False)
    assert waiting(cooperation, secretary) == [f"{title} is rejected: take it back and rewrite it"]


def test_what_waits_and_the_summary_take_two_queries_at_most(
    cooperation, secretary, partner_director, as_person, django_assert_max_num_queries
):
    as_person(secretary)  # warms guardian's content types
    sent(cooperation=cooperation)
    for user in (secretary, partner_director):
        for read in (queries.waiting_for, queries.summary_of):
            with django_assert_max_num_queries(2):
                read(cooperation=cooperation, user=user, today=date(2025, 11, 10))


def test_the_summary_tells_what_holds_and_how_far_the_next_has_come(
    cooperation, partner, secretary, partner_director, in_force
):
    version = sent(cooperation=cooperation, dated_date=date(2025, 9, 1))
    adopted(version=version, municipalities=[partner], by=secretary, decided_date=date(2025, 10, 1))
    found = queries.summary_of(
        cooperation=cooperation, user=partner_director, today=date(2025, 11, 10)
    )
    assert (found.version_in_force, found.in_force_since) == (1, IN_FORCE)
    assert (found.under_way, found.is_sent, found.adopted, found.parties) == (2, True, 1, 2)


def test_a_draft_is_in_nobody_s_summary_but_the_writers(cooperation, secretary, partner_director):
    draft_of(cooperation=cooperation)
    under_way = [
        queries.summary_of(cooperation=cooperation, user=user, today=AT.date()).under_way
        for user in (secretary, partner_director)
    ]
    assert under_way == [1, None]
